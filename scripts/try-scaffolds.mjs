// Runs new:check and new:protocol in a copy of the last commit and then `npm run check` there: what they write has to pass as it is.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'dosimeter-scaffolds-'));
const steps = [
  ['git', ['clone', '--quiet', '--no-hardlinks', root, copy]],
  [process.execPath, ['scripts/new-check.mjs', 'scaffolded-check']],
  [process.execPath, ['scripts/new-protocol.mjs', 'scaffolded']],
  [process.execPath, ['scripts/check.mjs']],
];

let failed = false;
for (const [index, [program, args]] of steps.entries()) {
  failed = spawnSync(program, args, { cwd: index === 0 ? root : copy, stdio: 'inherit' }).status !== 0;
  if (failed) break;
  if (index === 0) symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir');
}
rmSync(copy, { recursive: true, force: true });
process.exit(failed ? 1 : 0);
