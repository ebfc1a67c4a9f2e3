// node bench/store.mjs [COUNT]: so many observations (default 1,000,000) written, judged again, and the summary read; against the same rows through bare SQLite,
// and against reading and parsing them. The rows are those of one scan of the simulated estate's devices, over and over under other addresses.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noTotals } from '../dist/model/totals.js';
import { loadSqlite } from '../dist/store/sqlite-library.js';
import { openStore } from '../dist/store/store.js';
import { median } from './paired.mjs';
import { dosimeter, started } from './whole-process.mjs';

const count = Number(process.argv[2] ?? 1_000_000);
const together = 200;
const folder = mkdtempSync(join(tmpdir(), 'dosimeter-bench-'));
const scan = {
  id: 'bench',
  startedAt: 1,
  finishedAt: null,
  authorisedBy: null,
  touch: 'anonymous',
  version: 'bench',
  complete: false,
  targets: [],
  settings: null,
};
const seconds = async (work) => {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
};

const library = await loadSqlite();
const templates = await scannedRows();
const rowAt = (index) => {
  const address = [24, 16, 8, 0].map((shift) => ((127 * 2 ** 24 + index) >>> shift) & 255).join('.');
  return { ...templates[index % templates.length], name: `${address}:11112`, host: address, address };
};
try {
  const bareWrite = await seconds(writeBare);
  const path = join(folder, 'store.sqlite');
  const write = await seconds(() => writeStore(path));
  const bareRead = await seconds(() => readBare(path));
  const judged = dosimeter(['judge', '--scan', 'bench', '--store', path, '--fail-on', 'none']);
  const summary = await summaryMs(path);
  console.table([
    row('written', write, 'bare SQLite, prepared insert', bareWrite),
    row('judged again, whole process', judged.seconds, 'read and parsed', bareRead),
    {
      [`${count} observations`]: 'summary read',
      ours: `${summary.toFixed(1)} ms`,
      peer: 'limit',
      'peer took': '200 ms',
      'peer ÷ ours': (200 / summary).toFixed(1),
    },
    { [`${count} observations`]: 'peak memory of judging', ours: `${judged.megabytes.toFixed(0)} MiB` },
    { [`${count} observations`]: 'size of the store', ours: `${(statSync(path).size / 2 ** 20).toFixed(0)} MiB` },
  ]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function row(what, ours, peer, took) {
  return { [`${count} observations`]: what, ours: `${ours.toFixed(1)} s`, peer, 'peer took': `${took.toFixed(1)} s`, 'peer ÷ ours': (took / ours).toFixed(2) };
}

async function scannedRows() {
  const population = await started('population.mjs', ['11116']);
  const path = join(folder, 'template.sqlite');
  dosimeter(['scan', '127.64.0.0/25', '--ports', '11116', '--store', path, '--quiet', '--fail-on', 'none']);
  population.kill('SIGTERM');
  const handle = library.open(path);
  const rows = handle.prepare('select name, host, address, port, is_open, gravest, images, observations, findings from endpoint').all([]);
  handle.close();
  return rows;
}

async function writeStore(path) {
  const store = await openStore(path);
  await store.startScan(scan);
  for (let index = 0; index < count; index += together) {
    const rows = Array.from({ length: Math.min(together, count - index) }, (_, each) => rowAt(index + each));
    await store.record(scan.id, rows, { ...noTotals, endpoints: index + rows.length });
  }
  await store.finishScan(scan.id, 2, true);
  await store.close();
}

/** The same table, index, rows and transactions, without anything of ours around them. */
async function writeBare() {
  const path = join(folder, 'bare.sqlite');
  await (await openStore(path)).close();
  const handle = library.open(path);
  handle.exec('pragma journal_mode = wal; pragma synchronous = normal');
  const columns = ['scan_id', 'position', ...Object.keys(rowAt(0))];
  handle.exec(`insert into scan values ('bench', 1, null, null, 'anonymous', 'bench', 0, '[]', 'null', 0, '{}')`);
  const insert = handle.prepare(`insert into endpoint (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`);
  for (let index = 0; index < count; index += together) {
    handle.exec('begin');
    for (let each = index; each < Math.min(count, index + together); each += 1) insert.run([scan.id, each, ...Object.values(rowAt(each))]);
    handle.exec('commit');
  }
  handle.close();
  rmSync(path);
}

async function readBare(path) {
  const handle = library.open(path);
  const page = handle.prepare('select position, observations from endpoint where scan_id = ? and position > ? order by position limit 500');
  for (let after = 0; ; ) {
    const rows = page.all([scan.id, after]);
    for (const { observations } of rows) JSON.parse(observations);
    if (rows.length < 500) break;
    after = rows.at(-1).position;
  }
  handle.close();
}

async function summaryMs(path) {
  const store = await openStore(path);
  const times = [];
  for (let round = 0; round < 7; round += 1) times.push((await seconds(() => store.totals(scan.id))) * 1000);
  await store.close();
  return median(times);
}
