import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { endpointName } from '../model/endpoint.js';
import type { Finding } from '../model/finding.js';
import type { Observation } from '../model/observation.js';
import { noTotals } from '../model/totals.js';
import { betterSqlite } from './better-sqlite.js';
import { nodeSqlite } from './node-sqlite.js';
import { openSqliteStore, prepare } from './open-sqlite-store.js';
import { createPrivately } from './private-file.js';
import type { SqliteHandle } from './sqlite-handle.js';
import { sqliteStore } from './sqlite-store.js';
import type { ScanRecord, Store } from './store.js';
import { findingsIn, keep, observationsIn, recordsOf } from './test-support/records.js';

const folder = mkdtempSync(join(tmpdir(), 'dosimeter-file-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
const newPath = () => join(folder, `${files++}.sqlite`);
const says = (words: string) => ({ name: 'StoreError', message: expect.stringContaining(words) as string });
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
const libraries = [nodeSqlite(), await betterSqlite()].filter((library) => library !== undefined);
const isRoot = process.getuid?.() === 0;

const scan: ScanRecord = {
  id: 'given-scan-id',
  startedAt: 1,
  finishedAt: 2,
  authorisedBy: 'given-authority',
  touch: 'anonymous',
  version: 'given-version',
  complete: false,
  targets: ['given-target'],
  settings: { given: 'setting' },
};
const endpoint = (port: number) => ({ host: 'given-host', address: 'given-address', port });
const observation = (port: number, evidence: unknown = { given: 'evidence' }): Observation => ({
  kind: 'given-kind',
  version: 3,
  endpoint: endpoint(port),
  transport: 'tls',
  at: 4,
  durationMs: 5,
  traffic: { connections: 6, messagesSent: 12, bytesSent: 7, bytesReceived: 8 },
  outcome: 'observed',
  evidence,
});
const finding = (port: number): Finding => ({
  check: 'given-check',
  endpoint: endpoint(port),
  subject: 'given-subject',
  severity: 'high',
  verdict: 'fail',
  reason: 'given-reason',
  because: { given: 'because' },
});

async function countOf(items: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _item of items) count += 1;
  return count;
}

const rowsOf = (handle: SqliteHandle, sql: string) => handle.prepare(sql).all([]) as Record<string, string | number | null>[];

describe.each(libraries)('a store file, through $name', (library) => {
  const open = (path: string) => openSqliteStore(path, library);

  /** A store whose SQLite connection the test can get at. */
  async function openWithHandle(path: string): Promise<{ store: Store; handle: SqliteHandle }> {
    createPrivately(path);
    const handle = library.open(path);
    return { store: sqliteStore(await prepare(handle, path), path), handle };
  }

  /** Changes a file behind the store's back. */
  function alter(path: string, ...statements: readonly string[]): void {
    if (!existsSync(path)) writeFileSync(path, '', { mode: 0o644 });
    const handle = library.open(path);
    for (const statement of statements) handle.exec(statement);
    handle.close();
  }

  async function writtenStore(path = newPath()): Promise<string> {
    const store = await open(path);
    await store.startScan(scan);
    await keep(store, scan.id, [observation(1)], [finding(1)]);
    await store.close();
    return path;
  }

  describe.skipIf(process.platform === 'win32')('is private', () => {
    it('is created for its owner only, with -wal, -shm and folders, whatever the umask', async () => {
      const umask = process.umask(0);
      const path = join(folder, `private-${library.name.replace(':', '-')}`, 'state', 'x.sqlite');
      try {
        const store = await open(path);
        await store.startScan(scan);
        expect([path, `${path}-wal`, `${path}-shm`].map(modeOf)).toEqual(['600', '600', '600']);
        expect([join(path, '..'), join(path, '..', '..')].map(modeOf)).toEqual(['700', '700']);
        await store.close();
      } finally {
        process.umask(umask);
      }
    });

    it('is private before SQLite sees it', () => {
      const umask = process.umask(0);
      const path = newPath();
      createPrivately(path);
      process.umask(umask);
      expect(modeOf(path)).toBe('600');
    });

    it('is taken away from group and others when it was not', async () => {
      const path = await writtenStore();
      chmodSync(path, 0o664);
      const store = await open(path);
      await store.startScan({ ...scan, id: 'second' });
      expect([path, `${path}-wal`, `${path}-shm`].map(modeOf)).toEqual(['600', '600', '600']);
      await store.close();
    });

    it('follows a link and does not loosen or tighten what it does not own', async () => {
      const shared = join(folder, `shared-${library.name.replace(':', '-')}`);
      mkdirSync(shared);
      chmodSync(shared, 0o755);
      const path = await writtenStore(join(shared, 'x.sqlite'));
      const link = newPath();
      symlinkSync(path, link);
      const store = await open(link);
      expect(await store.scan(scan.id)).toEqual(scan);
      await store.close();
      expect(modeOf(shared)).toBe('755');
    });
  });

  it('from a newer Dosimeter is left alone', async () => {
    const path = await writtenStore();
    alter(path, `insert into dosimeter_migration values ('0004-from-tomorrow', '2030-01-01T00:00:00.000Z')`, 'pragma journal_mode = delete');
    const before = readFileSync(path);
    await expect(open(path)).rejects.toMatchObject({
      name: 'StoreError',
      message: `${path} was written by a newer Dosimeter (schema 4; this one knows 3): update Dosimeter or give another --store`,
    });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it("is not made out of another program's database", async () => {
    const path = newPath();
    alter(path, 'create table moz_places (url text)', `insert into moz_places values ('x')`);
    chmodSync(path, 0o644);
    const before = readFileSync(path);
    await expect(open(path)).rejects.toMatchObject({ name: 'StoreError', message: `${path} is another program's database: give another --store` });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(existsSync(`${path}-wal`)).toBe(false);
    if (process.platform !== 'win32') expect(modeOf(path)).toBe('644');
  });

  it('is not made out of a file that is no database', async () => {
    const path = newPath();
    writeFileSync(path, 'hello, this is a letter and not a database. '.repeat(50));
    const before = readFileSync(path);
    await expect(open(path)).rejects.toMatchObject({ name: 'StoreError', message: `${path} is not a Dosimeter store: give another --store` });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('may begin as an empty file', async () => {
    const path = newPath();
    writeFileSync(path, '');
    expect(await writtenStore(path)).toBe(path);
  });

  it('that is damaged is named so', async () => {
    const path = await writtenStore();
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0xff, 4096));
    await expect(open(path)).rejects.toMatchObject({ name: 'StoreError', message: `${path} is damaged: put a copy in its place, or give another --store` });
  });

  it('that was cut off is named so', async () => {
    const path = await writtenStore();
    truncateSync(path, 8192);
    await expect(open(path)).rejects.toMatchObject({ name: 'StoreError' });
  });

  it('is not a folder, nor below a file', async () => {
    const file = newPath();
    writeFileSync(file, '');
    await expect(open(folder)).rejects.toMatchObject({ name: 'StoreError', message: `${folder} is not a file: give another --store` });
    await expect(open(join(file, 'x.sqlite'))).rejects.toMatchObject({ name: 'StoreError' });
  });

  it.skipIf(process.platform === 'win32')('is not a pipe: it is refused and not waited for', async () => {
    const path = newPath();
    execFileSync('mkfifo', [path]);
    await expect(open(path)).rejects.toMatchObject({ name: 'StoreError', message: `${path} is not a file: give another --store` });
  });

  it.skipIf(isRoot)('that may not be written, or lies where nothing may be written, says so', async () => {
    const path = await writtenStore();
    chmodSync(path, 0o400);
    await expect(open(path)).rejects.toMatchObject(says('may not be opened: allow yourself'));
    const closed = join(folder, `closed-${library.name.replace(':', '-')}`);
    mkdirSync(closed, { mode: 0o500 });
    await expect(open(join(closed, 'x.sqlite'))).rejects.toMatchObject(says('may not be opened'));
    mkdirSync(join(closed, '..', `unreadable-${library.name.replace(':', '-')}`), { mode: 0o000 });
    await expect(open(join(closed, '..', `unreadable-${library.name.replace(':', '-')}`, 'x.sqlite'))).rejects.toMatchObject({ name: 'StoreError' });
  });

  it.skipIf(isRoot)('whose folder turned read-only says so', async () => {
    const own = join(folder, `turned-${library.name.replace(':', '-')}`);
    const path = await writtenStore(join(own, 'x.sqlite'));
    chmodSync(own, 0o500); // the file may be written, but -wal cannot be made
    await expect(open(path)).rejects.toMatchObject({ name: 'StoreError' });
    chmodSync(own, 0o700);
  });

  it('on a full disk keeps what was recorded, records nothing by halves, and goes on when there is room', async () => {
    const { store, handle } = await openWithHandle(newPath());
    await store.startScan(scan);
    await keep(store, scan.id, [observation(1)], [finding(1)]);
    const pages = Object.values(rowsOf(handle, 'pragma page_count')[0] ?? {})[0] as number;
    handle.exec(`pragma max_page_count = ${pages + 8}`);
    const many = Array.from({ length: 600 }, (_, index) => observation(index, 'x'.repeat(1_000)));
    await expect(keep(store, scan.id, many, [finding(2)])).rejects.toMatchObject(says('the disk is full: make room'));
    expect(await countOf(observationsIn(store, scan.id))).toBe(1);
    expect(await countOf(findingsIn(store, scan.id))).toBe(1);
    handle.exec('pragma max_page_count = 1000000');
    await keep(store, scan.id, many, [finding(2)]);
    expect(await countOf(observationsIn(store, scan.id))).toBe(601);
    await store.close();
  });

  it('says that the disk is full where SQLite has rolled back by itself, and goes on afterwards', async () => {
    const { store, handle } = await openWithHandle(newPath());
    await store.startScan(scan);
    const prepareStatement = handle.prepare.bind(handle);
    handle.prepare = (sql) => {
      if (!sql.startsWith('insert into "endpoint"')) return prepareStatement(sql);
      handle.exec('rollback'); // what SQLite does when a file system has no block left
      throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    };
    await expect(keep(store, scan.id, [observation(1)], [finding(1)])).rejects.toMatchObject(says('the disk is full'));
    handle.prepare = prepareStatement;
    expect(await countOf(observationsIn(store, scan.id))).toBe(0);
    await keep(store, scan.id, [observation(1)], [finding(1)]);
    expect(await countOf(findingsIn(store, scan.id))).toBe(1);
    await store.close();
  });

  it('waits where another program is creating it', async () => {
    const path = newPath();
    createPrivately(path);
    const handle = library.open(path);
    const exec = handle.exec.bind(handle);
    let refusals = 0;
    handle.exec = (sql) => {
      if (sql === 'pragma journal_mode = wal' && refusals++ < 2) throw Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' });
      exec(sql);
    };
    const store = sqliteStore(await prepare(handle, path), path);
    expect(refusals).toBe(3);
    expect(Object.values(rowsOf(handle, 'pragma journal_mode')[0] ?? {})).toEqual(['wal']);
    await store.close();
  });

  it('that fills up while it is closed leaves no lock', async () => {
    const path = newPath();
    const { store, handle } = await openWithHandle(path);
    await store.startScan(scan);
    handle.exec('pragma max_page_count = 12');
    await expect(
      keep(
        store,
        scan.id,
        Array.from({ length: 600 }, () => observation(1, 'x'.repeat(1_000))),
        [],
      ),
    ).rejects.toMatchObject({ name: 'StoreError' });
    await store.close();
    alter(path, 'pragma busy_timeout = 0', 'begin exclusive', 'commit');
  });

  it('that another program is writing to says so, and works again afterwards', async () => {
    const path = newPath();
    const { store, handle } = await openWithHandle(path);
    await store.startScan(scan);
    handle.exec('pragma busy_timeout = 0');
    const other = library.open(path);
    other.exec('begin immediate');
    await expect(keep(store, scan.id, [observation(1)], [])).rejects.toMatchObject(says('is locked by another program'));
    expect(await store.scan(scan.id)).toEqual(scan); // reading goes on
    other.exec('commit');
    other.close();
    await keep(store, scan.id, [observation(1)], []);
    expect(await countOf(observationsIn(store, scan.id))).toBe(1);
    await store.close();
  });

  it('is not locked after close, even with a reader half way', async () => {
    const path = newPath();
    const store = await open(path);
    await store.startScan(scan);
    await keep(store, scan.id, [observation(1), observation(2)], []);
    const reader = observationsIn(store, scan.id)[Symbol.asyncIterator]();
    await reader.next();
    await store.close();
    expect([existsSync(`${path}-wal`), existsSync(`${path}-shm`)]).toEqual([false, false]);
    alter(path, 'pragma busy_timeout = 0', 'begin exclusive', 'commit');
  });

  it('is not locked after an opening that failed', async () => {
    const path = await writtenStore();
    alter(path, `insert into dosimeter_migration values ('0004-from-tomorrow', '2030-01-01T00:00:00.000Z')`);
    await expect(open(path)).rejects.toThrow();
    alter(path, 'pragma busy_timeout = 0', 'begin exclusive', `delete from dosimeter_migration where name = '0004-from-tomorrow'`, 'commit');
    const store = await open(path);
    expect(await store.scan(scan.id)).toEqual(scan);
    await store.close();
  });

  it('lets two stores of one process write to it', async () => {
    const path = await writtenStore();
    const [one, two] = [await open(path), await open(path)];
    for (let port = 10; port < 20; port += 1) {
      await keep(one, scan.id, [observation(port)], []);
      await keep(two, scan.id, [observation(port)], [finding(port)]);
    }
    expect(await countOf(observationsIn(one, scan.id))).toBe(21);
    expect(await countOf(findingsIn(two, scan.id))).toBe(11);
    await one.close();
    await two.close();
  });

  it('takes a thousand rows in one transaction, with one insert that is prepared once', async () => {
    const { store, handle } = await openWithHandle(newPath());
    await store.startScan(scan);
    const statements: string[] = [];
    const prepareStatement = handle.prepare.bind(handle);
    handle.prepare = (sql) => {
      statements.push(sql.split(' ').slice(0, 3).join(' '));
      return prepareStatement(sql);
    };
    const ports = Array.from({ length: 1_000 }, (_, index) => index);
    await keep(
      store,
      scan.id,
      ports.map((port) => observation(port)),
      ports.map(finding),
    );
    expect(statements).toEqual(['begin', 'update "scan" set', 'insert into "endpoint"', 'commit']);
    await store.close();
  });

  it('holds nothing but what was given, and the schema', async () => {
    const path = await writtenStore();
    const handle = library.open(path);
    const tables = rowsOf(handle, `select name from sqlite_master where type = 'table'`).map(({ name }) => String(name));
    const rows = tables.filter((name) => !name.startsWith('dosimeter_')).flatMap((name) => rowsOf(handle, `select * from "${name}"`));
    const steps = rowsOf(handle, 'select name from dosimeter_migration');
    handle.close();
    expect(tables.toSorted()).toEqual(['dosimeter_migration', 'dosimeter_migration_lock', 'endpoint', 'scan']);
    expect(steps).toEqual([{ name: '0001-scans-and-endpoints' }, { name: '0002-endpoints-by-name' }, { name: '0003-doors-to-archives' }]);
    const given = new Set([scan, noTotals, endpointName(observation(1).endpoint), ...recordsOf([observation(1)], [finding(1)])].flatMap(leaves));
    const positions = [0, 1, 2]; // also a false that became 0
    const stored = rows.flatMap((row) => Object.values(row)).flatMap(decoded);
    expect(stored.length).toBeGreaterThan(40);
    expect(stored.filter((value) => !given.has(value) && !positions.includes(value as number))).toEqual([]);
  });

  it('has columns that Postgres has too, and no booleans or dates', async () => {
    const path = await writtenStore();
    const handle = library.open(path);
    const types = ['scan', 'endpoint'].flatMap((table) => rowsOf(handle, `select lower(type) as type from pragma_table_info('${table}')`));
    handle.close();
    expect([...new Set(types.map(({ type }) => type))].toSorted()).toEqual(['bigint', 'integer', 'text']);
  });

  it('is set up for a scan beside a reader', async () => {
    const { store, handle } = await openWithHandle(newPath());
    const setting = (name: string) => Object.values(rowsOf(handle, `pragma ${name}`)[0] ?? {})[0];
    expect(['journal_mode', 'foreign_keys', 'busy_timeout', 'synchronous'].map(setting)).toEqual(['wal', 1, 5000, 1]);
    await store.close();
  });

  it('lets defects of ours through as they are', async () => {
    const { store, handle } = await openWithHandle(newPath());
    handle.exec('drop table endpoint');
    await expect(countOf(findingsIn(store, scan.id))).rejects.toThrow(/no such table/);
    await expect(countOf(findingsIn(store, scan.id))).rejects.not.toMatchObject({ name: 'StoreError' });
    await store.close();
  });
});

/** Every value inside a JSON value. */
function leaves(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value];
}

/** The values inside a cell: of its JSON where it holds an object or a list. */
const decoded = (cell: string | number | null): unknown[] => (typeof cell === 'string' && /^[[{]/.test(cell) ? leaves(JSON.parse(cell)) : [cell]);
