// Bundles each module of src/widgets into one ESM file of nbdebug/static, which is what anywidget loads.
// A file is a module of its own unless its name starts with "_" or ends in ".test.ts".
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, 'src', 'widgets');
const target = join(root, '..', 'nbdebug', 'static');

const files = existsSync(source) ? readdirSync(source) : [];
const entries = files.filter(name => name.endsWith('.ts') && !/^_|\.d\.ts$|\.test\.ts$/.test(name));
const styles = files.filter(name => name.endsWith('.css') && !name.startsWith('_'));

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
await build({
  entryPoints: [...entries, ...styles].map(name => join(source, name)),
  outdir: target,
  bundle: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning'
});
console.log(`nbdebug/static: ${[...entries, ...styles].map(name => basename(name)).join(', ') || 'nothing to build'}`);
