// node bench/scale.mjs [COUNT...]: whole scans of so many endpoints of the simulated estate, each observed, judged and stored, against a bare loop that
// only connects, associates and releases, with as many processes as there are cores. Default: 1000 10000 100000. Writes a plot with --plot FILE.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { growthPlot } from './growth-plot.mjs';
import { dosimeter, here, started } from './whole-process.mjs';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { plot: { type: 'string' }, port: { type: 'string', default: '11115' } } });
const counts = (positionals.length > 0 ? positionals : ['1000', '10000', '100000']).map(Number);
const port = values.port;
const cores = availableParallelism();
/** Its time grows with the number, which a hundred thousand have shown. */
const mostBare = 100_000;
const folder = mkdtempSync(join(tmpdir(), 'dosimeter-bench-'));

/** The first so many addresses of 127.64.0.0/10 and what follows. */
const first = 127 * 2 ** 24 + 64 * 2 ** 16;
const address = (index) => [24, 16, 8, 0].map((shift) => ((first + index) >>> shift) & 255).join('.');

async function bare(count) {
  const share = Math.ceil(count / cores);
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: cores }, (_, index) =>
      promisify(execFile)(process.execPath, [here('bare-associate.mjs'), address(index * share), String(Math.min(share, count - index * share)), port, '128']),
    ),
  );
  return (performance.now() - startedAt) / 1000;
}

function scan(count) {
  const store = join(folder, `${count}.sqlite`);
  const targets = `${address(0)}-${address(count - 1)}`;
  const { seconds, megabytes } = dosimeter(['scan', targets, '--ports', port, '--store', store, '--network-rate', '1000000', '--quiet', '--fail-on', 'none']);
  const stored = statSync(store).size;
  rmSync(store);
  return { seconds, megabytes, stored };
}

const population = await started('population.mjs', [port]);
const rows = [];
try {
  for (const count of counts) {
    const peer = count <= mostBare ? await bare(count) : null;
    const { seconds, megabytes, stored } = scan(count);
    rows.push({ endpoints: count, seconds, megabytes, peer, stored });
    console.error(`${count} endpoints: ${seconds.toFixed(1)} s, bare loop ${peer?.toFixed(1) ?? 'not run'} s, ${megabytes.toFixed(0)} MiB`);
  }
} finally {
  population.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
}
console.table(
  rows.map(({ endpoints, seconds, megabytes, peer, stored }) => ({
    endpoints,
    'scan, s': seconds.toFixed(1),
    'bare loop, s': peer?.toFixed(1) ?? 'not run',
    'endpoints/s': Math.round(endpoints / seconds),
    'bare ÷ scan': peer === null ? '' : (peer / seconds).toFixed(2),
    'peak memory, MiB': megabytes.toFixed(0),
    'store, bytes an endpoint': Math.round(stored / endpoints),
  })),
);
if (values.plot) writeFileSync(values.plot, growthPlot(rows));
