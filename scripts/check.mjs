// npm run check: everything that can be said about the sources in under a minute. Runs the parts side by side and prints
// only what went wrong. Needs `npm ci` (or one `npm test`) before it.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const node = process.execPath;
const bin = (path) => `node_modules/${path}`;

// Left to `npm test`: real servers, a packed program, hostile peers, processes that are killed, and what counts whole archives and disks over and over.
const notHere = [
  'test/{live,package,demo,resume,hostile,files}/**',
  'src/estate/{counting,counting-web,estate}.test.ts',
  'src/protocols/{counting/count-studies,counting/selected-studies,http/count-pages}.test.ts',
  'src/content/tree-size.test.ts',
  'src/{store/processes,files/audit-folder}.test.ts',
];
const unitTests = ['unit tests', [bin('vitest/vitest.mjs'), 'run', ...notHere.flatMap((paths) => ['--exclude', paths])]];
const types = ['types', [bin('typescript/bin/tsc'), '-b']];
const others = [
  ['format and lint', [bin('@biomejs/biome/bin/biome'), 'check']],
  ['imports', [bin('dependency-cruiser/bin/dependency-cruise.mjs'), 'src', '--output-type', 'err']],
  ['unused code', [bin('knip/bin/knip.js'), '--no-progress']],
  ['house rules', ['scripts/house-rules.mjs']],
  ['generated documents', ['scripts/generate-docs.mjs', '--check']], // from what was built
];

// The tests run from the sources and take the longest: everything else goes on beside them.
const failures = (await Promise.all([oneByOne([unitTests]), oneByOne([types, ...others])])).flat();
process.exit(failures.some(Boolean) ? 1 : 0);

async function oneByOne(parts) {
  const failed = [];
  for (const each of parts) failed.push(await part(each));
  return failed;
}

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
