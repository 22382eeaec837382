// Runs every *.test.ts of src and tests with Node's own test runner. Arguments narrow it down to matching paths.
// Each test file is bundled first, styles excepted; packages stay imports, so that node_modules serves them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const wanted = process.argv.slice(2);
const tests = ['src', 'tests']
  .flatMap(folder => readdirSync(join(root, folder), { recursive: true }).map(name => join(folder, name)))
  .filter(name => name.endsWith('.test.ts') && wanted.every(word => name.includes(word)));

if (tests.length === 0) {
  console.error('No TypeScript test found.');
  process.exit(1);
}
const made = mkdtempSync(join(root, '.tests-'));
try {
  const result = await build({
    entryPoints: tests.map(name => join(root, name)),
    outdir: made,
    outbase: root,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'es2022',
    sourcemap: 'inline',
    loader: { '.css': 'empty', '.svg': 'text' },
    metafile: true,
    logLevel: 'warning'
  });
  const outputs = Object.keys(result.metafile.outputs).filter(name => name.endsWith('.mjs'));
  const run = spawnSync(process.execPath, ['--enable-source-maps', '--test', '--test-reporter=spec', ...outputs], {
    cwd: process.cwd(),
    stdio: 'inherit'
  });
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(made, { recursive: true, force: true });
}
