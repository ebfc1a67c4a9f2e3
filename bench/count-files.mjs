// How fast a local folder is listed: node bench/count-files.mjs [PAIRS], after npm run build. Makes 200,000 small files in a temporary folder, then takes
// turns with find(1), which looks at the size and the bits of each (-printf '%s %m'): both are system calls for the most part. Nothing here is a test.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const pairs = Number(process.argv[2] ?? 5);
const cli = fileURLToPath(new URL('../bin/dosimeter.js', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'dosimeter-bench-'));
const image = Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), Buffer.alloc(20)]);
for (let folder = 0; folder < 400; folder += 1) {
  mkdirSync(join(root, `ST${folder}`));
  for (let file = 0; file < 500; file += 1) writeFileSync(join(root, `ST${folder}`, `IM${file}.dcm`), image);
}

/** Processor seconds of the child, user and system: what other processes on the machine do hardly changes them. */
function cost(command, args) {
  const script = 'times; "$@" >/dev/null; times';
  const { stdout } = spawnSync('bash', ['-c', script, 'bash', command, ...args], { encoding: 'utf8' });
  const of = (line) => [...line.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
  const lines = stdout.trim().split('\n');
  return of(lines.at(-1)) - of(lines[1]);
}

const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
const measured = Array.from({ length: pairs }, () => ({
  ours: cost(process.execPath, [cli, 'files', root, '--store', 'memory:', '--quiet', '--fail-on', 'none']),
  find: cost('find', [root, '-printf', '%s %m\n']),
}));
rmSync(root, { recursive: true, force: true });
console.table([
  {
    name: '200,000 files in 400 folders',
    'ours, processor': `${median(measured.map(({ ours }) => ours)).toFixed(2)} s`,
    'find, processor': `${median(measured.map(({ find }) => find)).toFixed(2)} s`,
    'ours ÷ find': median(measured.map(({ ours, find }) => ours / find)).toFixed(1),
    'files a second': Math.round(200_000 / median(measured.map(({ ours }) => ours))).toLocaleString('en-US'),
  },
]);
