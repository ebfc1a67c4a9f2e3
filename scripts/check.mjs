// npm run check: everything that can be said about the sources in under a minute. Runs the parts side by side and prints
// only what went wrong. Needs `npm ci` (or one `npm test`) before it.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const node = process.execPath;
const bin = (path) => `node_modules/${path}`;

const build = ['types', [bin('typescript/bin/tsc'), '-b']];
const parts = [
  ['unit tests', [bin('vitest/vitest.mjs'), 'run', ...['live', 'package', 'demo'].flatMap((folder) => ['--exclude', `test/${folder}/**`])]],
  ['format and lint', [bin('@biomejs/biome/bin/biome'), 'check']],
  ['imports', [bin('dependency-cruiser/bin/dependency-cruise.mjs'), 'src', '--output-type', 'err']],
  ['unused code', [bin('knip/bin/knip.js'), '--no-progress']],
  ['house rules', ['scripts/house-rules.mjs']],
  ['generated documents', ['scripts/generate-docs.mjs', '--check']],
];

const failures = [await part(build)];
if (failures[0]) finish();
const waiting = [...parts];
const lanes = Array.from({ length: Math.min(2, availableParallelism()) }, async () => {
  for (let next = waiting.shift(); next; next = waiting.shift()) failures.push(await part(next));
});
await Promise.all(lanes);
finish();

/** Resolves to whether it failed. */
function part([name, args]) {
  const started = Date.now();
  return new Promise((resolve) => {
    const child = spawn(node, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, FORCE_COLOR: '0' } });
    let output = '';
    child.stdout.on('data', (text) => (output += text));
    child.stderr.on('data', (text) => (output += text));
    child.on('close', (code) => {
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'}  ${name} (${seconds} s)\n`);
      if (code !== 0) process.stdout.write(`${output.trimEnd()}\n\n`);
      resolve(code !== 0);
    });
  });
}

function finish() {
  process.exit(failures.some(Boolean) ? 1 : 0);
}
