import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
for (const made of ['lib', 'tsconfig.tsbuildinfo', '../nbdebug/labextension', '../nbdebug/static']) {
  rmSync(join(root, made), { recursive: true, force: true });
}
