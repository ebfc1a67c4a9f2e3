/** The other process of processes.test.ts: `node other-process.mjs MODULES ROLE STORE SCAN`, where MODULES is a folder of plain modules. Says on stdout what it has done, waits on stdin. */
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';

const [, , modules, role, path, scanId] = process.argv;
const load = (name) => import(pathToFileURL(`${modules}/src/store/${name}.js`).href);
const { openStore } = await load('store');
const { prepare } = await load('open-sqlite-store');
const { loadSqlite } = await load('sqlite-library');
const { createPrivately } = await load('private-file');
const { sqliteStore } = await load('sqlite-store');
const { endpointRow } = await load('rows');

const scan = { id: scanId, startedAt: 1, finishedAt: null, authorisedBy: null, touch: 'anonymous', version: '0', complete: false, targets: [], settings: null };
const traffic = { connections: 1, bytesSent: 1, bytesReceived: 1 };
const endpoint = (host, port) => ({ host: `10.0.0.${host}`, address: '10.0.0.1', port });
const observed = { kind: 'dicom', version: 1, transport: 'plain', at: 1, durationMs: 1, traffic, outcome: 'observed', evidence: {} };
const observation = (host, port) => ({ ...observed, endpoint: endpoint(host, port) });
const finding = {
  check: 'open-query',
  subject: '',
  severity: 'high',
  verdict: 'fail',
  reason: '',
  because: {},
};
const totals = {};

/** Three observations and one finding a host. */
const recordHost = (store, host) =>
  store.record(
    scanId,
    [1, 2, 3].map((port) =>
      endpointRow({
        endpoint: endpoint(host, port),
        observations: [observation(host, port)],
        findings: port === 1 ? [{ ...finding, endpoint: endpoint(host, port) }] : [],
        isOpen: true,
        gravest: port === 1 ? 2 : -1,
        images: 0,
        door: null,
      }),
    ),
    totals,
  );
const say = (text) => new Promise((done) => process.stdout.write(`${text}\n`, done));

/** SQLite itself, that kills this process when the transaction is half done. */
async function deadlyStore() {
  createPrivately(path);
  const handle = (await loadSqlite()).open(path);
  const db = await prepare(handle, path);
  const prepareStatement = handle.prepare.bind(handle);
  let inserted = 0;
  const insert = (statement) => ({
    reader: false,
    run(parameters) {
      inserted += armed ? 1 : 0;
      if (inserted === 2) process.kill(process.pid, 'SIGKILL');
      return statement.run(parameters);
    },
  });
  handle.prepare = (sql) => (sql.startsWith('insert into "endpoint"') ? insert(prepareStatement(sql)) : prepareStatement(sql));
  return sqliteStore(db, path);
}

let armed = false;

const roles = {
  /** Opens, starts its scan, closes. */
  async open() {
    process.stdin.resume();
    await say('ready');
    await once(process.stdin, 'data');
    const store = await openStore(path);
    await store.startScan(scan);
    await store.close();
    process.stdin.pause();
  },
  /** Records 20 hosts, waits, records 20 more. */
  async write() {
    const store = await openStore(path);
    await store.startScan(scan);
    for (let host = 0; host < 20; host += 1) await recordHost(store, host);
    await say('half');
    await once(process.stdin, 'data');
    for (let host = 20; host < 40; host += 1) await recordHost(store, host);
    await store.close();
    process.stdin.pause();
  },
  /** Records until it is killed. */
  async forever() {
    const store = await openStore(path);
    await store.startScan(scan);
    for (let host = 0; ; host += 1) {
      await recordHost(store, host);
      await say(`recorded ${host}`);
    }
  },
  /** Records two hosts and dies inside the third transaction. */
  async die() {
    const store = await deadlyStore();
    await store.startScan(scan);
    await recordHost(store, 0);
    await recordHost(store, 1);
    armed = true;
    await recordHost(store, 2);
  },
};

await roles[role]();
