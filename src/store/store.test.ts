import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { failureOutcomes } from '../model/connection.js';
import { endpointName } from '../model/endpoint.js';
import type { EndpointRecord } from '../model/endpoint-record.js';
import { exactly } from '../model/exposure.js';
import type { Finding } from '../model/finding.js';
import type { Observation } from '../model/observation.js';
import { noTotals } from '../model/totals.js';
import { betterSqlite } from './better-sqlite.js';
import { nodeSqlite } from './node-sqlite.js';
import { openSqliteStore } from './open-sqlite-store.js';
import { endpointRow } from './rows.js';
import { memoryStore, openStore, type ScanRecord, type Store } from './store.js';
import { findingsIn, keep, observationsIn, recordsOf } from './test-support/records.js';

const folder = mkdtempSync(join(tmpdir(), 'dosimeter-store-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
const newPath = () => join(folder, `${files++}.sqlite`);

const libraries = [nodeSqlite(), await betterSqlite()].filter((library) => library !== undefined);
const kinds: readonly { name: string; open: () => Promise<Store> }[] = [
  { name: 'memory', open: async () => memoryStore() },
  ...libraries.map((library) => ({ name: library.name, open: () => openSqliteStore(newPath(), library) })),
];

/** Each once, sorted. */
async function endpointsOf(store: Store, scanId: string): Promise<readonly string[]> {
  const names = new Set<string>();
  for await (const endpoint of store.observedEndpoints(scanId)) names.add(endpointName(endpoint));
  return [...names].sort();
}

const scan = (id: string, startedAt = 1_000): ScanRecord => ({
  id,
  startedAt,
  finishedAt: null,
  authorisedBy: 'J. Weber, ticket 4711',
  touch: 'anonymous',
  version: '0.1.0',
  complete: false,
  targets: ['10.0.0.0/24', 'pacs.example.org:11112'],
  settings: { probe: { sample: true, nonce: null }, ports: '104' },
});

const observed = (host: string, port: number, evidence: unknown = { open: true }): Observation => ({
  kind: 'port',
  version: 1,
  endpoint: { host, address: '10.0.0.7', port },
  transport: 'plain',
  at: 1_785_000_000_123,
  durationMs: 12.5,
  traffic: { connections: 1, messagesSent: 2, bytesSent: 0, bytesReceived: 7 },
  outcome: 'observed',
  evidence,
});

const failed = (host: string, port: number): Observation => {
  const { evidence: _evidence, ...base } = observed(host, port) as Extract<Observation, { outcome: 'observed' }>;
  return { ...base, outcome: 'timed-out', detail: 'nothing came', portOpen: true, spoke: false, heard: 'unknown' };
};

const finding = (host: string, port: number, subject = ''): Finding => ({
  check: 'open-query',
  endpoint: { host, address: '10.0.0.7', port },
  subject,
  severity: 'critical',
  verdict: 'fail',
  reason: 'A C-FIND was granted.',
  because: { status: 0, names: ['a', 'b'], none: null },
});

async function all<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

const contract: Readonly<Record<string, (store: Store) => Promise<void>>> = {
  'gives a scan back as it was given': async (store) => {
    await store.startScan(scan('a'));
    expect(await store.scan('a')).toEqual(scan('a'));
  },
  'knows no scan that was not started': async (store) => {
    expect(await store.scan('a')).toBeUndefined();
    expect(await store.latestScan()).toBeUndefined();
    expect(await store.scans()).toEqual([]);
    expect(await all(observationsIn(store, 'a'))).toEqual([]);
    expect(await all(findingsIn(store, 'a'))).toEqual([]);
    expect(await endpointsOf(store, 'a')).toEqual([]);
  },
  'keeps settings that say nothing as null': async (store) => {
    await store.startScan({ ...scan('a'), settings: undefined, authorisedBy: null });
    expect(await store.scan('a')).toEqual({ ...scan('a'), settings: null, authorisedBy: null });
  },
  'lists scans newest first, whatever the order they came in': async (store) => {
    for (const [id, at] of [
      ['b', 200],
      ['c', 300],
      ['a', 100],
      ['B', 200],
    ] as const)
      await store.startScan(scan(id, at));
    expect((await store.scans()).map(({ id }) => id)).toEqual(['c', 'b', 'B', 'a']);
    expect((await store.latestScan())?.id).toBe('c');
  },
  'refuses an id that is taken, and leaves the first scan alone': async (store) => {
    await store.startScan(scan('a'));
    await expect(store.startScan({ ...scan('a'), version: '9' })).rejects.toThrow();
    expect((await store.scan('a'))?.version).toBe('0.1.0');
  },
  'finishes a scan, and a resumed one again': async (store) => {
    await store.startScan(scan('a'));
    await store.finishScan('a', 2_000, false);
    expect(await store.scan('a')).toEqual({ ...scan('a'), finishedAt: 2_000, complete: false });
    await store.finishScan('a', 3_000, true);
    expect(await store.scan('a')).toEqual({ ...scan('a'), finishedAt: 3_000, complete: true });
  },
  'records nothing for, and finishes nothing of, a scan that was not started': async (store) => {
    await expect(keep(store, 'a', [observed('h', 1)], [])).rejects.toThrow('no scan a was started');
    await expect(keep(store, 'a', [], [])).rejects.toThrow('no scan a was started');
    await expect(store.finishScan('a', 1, true)).rejects.toThrow('no scan a was started');
    await store.startScan(scan('a'));
    expect(await all(observationsIn(store, 'a'))).toEqual([]);
  },
  'gives observations and findings back as they were recorded, in order': async (store) => {
    await store.startScan(scan('a'));
    const observations = [observed('z', 104), failed('z', 11112), observed('a', 104, null)];
    await keep(store, 'a', observations.slice(0, 2), [finding('z', 104, 'second'), finding('z', 104, 'first')]);
    await keep(store, 'a', [], []);
    await keep(store, 'a', observations.slice(2), [finding('a', 104)]);
    expect(await all(observationsIn(store, 'a'))).toEqual(observations);
    expect(await all(findingsIn(store, 'a'))).toEqual([finding('z', 104, 'second'), finding('z', 104, 'first'), finding('a', 104)]);
  },
  'keeps scans apart': async (store) => {
    await store.startScan(scan('a'));
    await store.startScan(scan('b'));
    await keep(store, 'a', [observed('in-a', 1)], [finding('in-a', 1)]);
    await keep(store, 'b', [observed('in-b', 1)], []);
    expect((await all(observationsIn(store, 'b'))).map(({ endpoint }) => endpoint.host)).toEqual(['in-b']);
    expect(await all(findingsIn(store, 'b'))).toEqual([]);
    expect(await endpointsOf(store, 'a')).toEqual(['in-a:1']);
  },
  'stores nothing of a record that cannot be written as JSON': async (store) => {
    await store.startScan(scan('a'));
    await expect(keep(store, 'a', [observed('h', 1), observed('h', 2, 1n)], [finding('h', 1)])).rejects.toThrow(TypeError);
    expect(await all(observationsIn(store, 'a'))).toEqual([]);
    expect(await all(findingsIn(store, 'a'))).toEqual([]);
  },
  'keeps copies: what the caller changes later stays as it was': async (store) => {
    await store.startScan(scan('a'));
    const evidence = { offered: ['x'] };
    await keep(store, 'a', [observed('h', 1, evidence)], []);
    evidence.offered.push('y');
    const [first] = await all(observationsIn(store, 'a'));
    expect(first).toEqual(observed('h', 1, { offered: ['x'] }));
  },
  'names each observed endpoint': async (store) => {
    await store.startScan(scan('a'));
    await keep(store, 'a', [observed('fe80::1', 104), observed('fe80::1', 104), failed('host', 104), observed('host', 105)], []);
    expect(await endpointsOf(store, 'a')).toEqual(['[fe80::1]:104', 'host:104', 'host:105']);
  },
  'gives back more than a page, each once, in order': async (store) => {
    await store.startScan(scan('a'));
    const hosts = Array.from({ length: 1_234 }, (_, index) => `host-${index}`);
    await keep(
      store,
      'a',
      hosts.map((host) => observed(host, 104)),
      hosts.map((host) => finding(host, 104)),
    );
    expect((await all(observationsIn(store, 'a'))).map(({ endpoint }) => endpoint.host)).toEqual(hosts);
    expect((await all(findingsIn(store, 'a'))).map(({ endpoint }) => endpoint.host)).toEqual(hosts);
  },
  'gives back exactly one page and exactly two': async (store) => {
    for (const count of [500, 1_000]) {
      await store.startScan(scan(`${count}`));
      await keep(
        store,
        `${count}`,
        Array.from({ length: count }, (_, index) => observed('h', index)),
        [],
      );
      expect((await all(observationsIn(store, `${count}`))).length).toBe(count);
    }
  },
  'records from many hosts at a time, each whole': async (store) => {
    await store.startScan(scan('a'));
    const hosts = Array.from({ length: 50 }, (_, index) => `host-${index}`);
    await Promise.all(hosts.map((host) => keep(store, 'a', [observed(host, 1), observed(host, 2)], [finding(host, 1)])));
    const seen = (await all(observationsIn(store, 'a'))).map(({ endpoint }) => endpointName(endpoint));
    expect(seen.length).toBe(100);
    expect(new Set(seen).size).toBe(100);
    expect(seen.filter((_, index) => index % 2 === 0).map((name) => name.replace(/1$/, '2'))).toEqual(seen.filter((_, index) => index % 2 === 1));
  },
  'lets a reader go on while more is recorded, and lets it stop half way': async (store) => {
    await store.startScan(scan('a'));
    await keep(store, 'a', [observed('h', 1), observed('h', 2)], []);
    for await (const observation of observationsIn(store, 'a')) {
      await keep(store, 'a', [observed('later', observation.endpoint.port)], []);
      break;
    }
    expect((await all(observationsIn(store, 'a'))).length).toBe(3);
  },
  'keeps what the scan has come to, as of the last record': async (store) => {
    await store.startScan(scan('a'));
    expect(await store.totals('a')).toEqual(noTotals);
    await Promise.all([1, 2, 3].map((targets) => keep(store, 'a', [observed(`h${targets}`, 104)], [], { ...noTotals, targets })));
    expect(await store.totals('a')).toEqual({ ...noTotals, targets: 3 });
    expect(await store.totals('b')).toBeUndefined();
  },
  'lists the worst endpoints first, only open ones, and no more than asked for': async (store) => {
    await store.startScan(scan('a'));
    const place = (host: string, gravest: number, images: number, isOpen = true) => ({
      ...(recordsOf([observed(host, 104)], [])[0] as EndpointRecord),
      gravest,
      images,
      isOpen,
    });
    await store.record(
      'a',
      [place('b', 1, 5), place('shut', -1, 0, false), place('c', 3, 1), place('a', 1, 5), place('d', 3, 900), place('e', -1, 7)].map(endpointRow),
      noTotals,
    );
    const worst = async (count: number) => (await all(store.worstEndpoints('a', count))).map(({ endpoint }) => endpoint.host);
    expect(await worst(10)).toEqual(['d', 'c', 'a', 'b', 'e']);
    expect(await worst(2)).toEqual(['d', 'c']);
    expect(await worst(0)).toEqual([]);
  },
  'finds endpoints by name, each as it was recorded last, and which of them were open': async (store) => {
    await store.startScan(scan('a'));
    await store.startScan(scan('b'));
    const place = (host: string, isOpen = true, images = 0) => ({ ...(recordsOf([observed(host, 104)], [])[0] as EndpointRecord), images, isOpen });
    await store.record('a', [place('open'), place('shut', false), place('twice', false)].map(endpointRow), noTotals);
    await store.record('a', [place('twice', true, 7)].map(endpointRow), noTotals);
    await store.record('b', [place('elsewhere')].map(endpointRow), noTotals);
    const names = ['open', 'shut', 'twice', 'elsewhere', 'nowhere'].map((host) => endpointName({ host, port: 104 }));
    const found = await store.endpointsNamed('a', names);
    expect(found.map(({ endpoint, images }) => [endpoint.host, images]).sort()).toEqual([
      ['open', 0],
      ['shut', 0],
      ['twice', 7],
    ]);
    expect(await store.openAmong('a', names)).toEqual(new Set(['open:104', 'twice:104']));
    expect(await all(store.openNames('a'))).toEqual(['open:104', 'twice:104']);
    expect(await store.endpointsNamed('a', [])).toEqual([]);
    expect(await store.openAmong('a', [])).toEqual(new Set());
    expect(await all(store.openNames('none'))).toEqual([]);
  },
  'lists the doors to archives address by address, and the keys that stand at more than one': async (store) => {
    await store.startScan(scan('a'));
    await store.startScan(scan('b'));
    const door = { key: 'k', images: null, studies: exactly(3), patients: null, product: 'orthanc' };
    const place = (address: string, port: number, key: string | null | undefined) => {
      const record = recordsOf([observed(address, port)], [])[0] as EndpointRecord;
      return endpointRow({ ...record, endpoint: { ...record.endpoint, address }, door: key === undefined ? null : { ...door, key } });
    };
    const many = Array.from({ length: 1_200 }, (_, index) => place(`m${String(index).padStart(4, '0')}`, 104, null));
    await store.record('a', [place('z', 104, 'k'), place('b', 104, 'k'), place('a', 104, 'own'), place('a', 80, undefined), ...many], noTotals);
    await store.record('a', [place('b', 11112, 'k'), place('a', 11112, 'own')], noTotals);
    await store.record('b', [place('c', 104, 'own'), place('d', 104, 'own')], noTotals);
    const doors = await all(store.archiveDoors('a'));
    expect(doors.map(({ name }) => name)).toEqual(['a:104', 'a:11112', 'b:104', 'b:11112', ...many.map(({ name }) => name), 'z:104']);
    expect(doors[2]).toEqual({ name: 'b:104', address: 'b', ...door });
    expect(await store.sharedArchives('a')).toEqual(new Set(['k']));
    expect(await all(store.archiveDoors('none'))).toEqual([]);
    expect(await store.sharedArchives('none')).toEqual(new Set());
    const back = await all(store.endpoints('b'));
    expect(back.map(({ door: own }) => own?.key)).toEqual(['own', 'own']);
  },
  'lists the complete scans before one, newest first': async (store) => {
    for (const [id, startedAt] of [
      ['first', 1_000],
      ['second', 2_000],
      ['unfinished', 3_000],
      ['itself', 4_000],
      ['after', 5_000],
    ] as const) {
      await store.startScan(scan(id, startedAt));
      if (id !== 'unfinished') await store.finishScan(id, startedAt + 500, true);
    }
    expect((await all(store.earlierScans('itself'))).map(({ id }) => id)).toEqual(['second', 'first']);
    expect(await all(store.earlierScans('none'))).toEqual([]);
  },
  'closes twice': async (store) => {
    await store.close();
    await store.close();
  },
};

describe.each(kinds)('the store in $name', ({ open }) => {
  it.each(Object.entries(contract))('%s', async (_name, behaviour) => {
    const store = await open();
    try {
      await behaviour(store);
    } finally {
      await store.close();
    }
  });

  it('gives back any observation', async () => {
    const store = await open();
    let scans = 0;
    const property = fc.asyncProperty(fc.array(observationArbitrary, { maxLength: 5 }), async (observations) => {
      const id = `${scans++}`;
      await store.startScan(scan(id));
      await keep(store, id, observations, []);
      expect(await all(observationsIn(store, id))).toEqual(observations);
      expect(await endpointsOf(store, id)).toEqual([...new Set(observations.map(({ endpoint }) => endpointName(endpoint)))].sort());
    });
    await fc.assert(property, { numRuns: 100 });
    await store.close();
  });
});

const count = fc.nat();
const jsonText = fc.json(); // as text, because JSON has no -0
const base = {
  kind: fc.string(),
  version: count,
  endpoint: fc.record({ host: fc.string({ unit: 'grapheme' }), address: fc.string({ unit: 'grapheme' }), port: fc.nat(65_535) }),
  transport: fc.constantFrom('plain' as const, 'tls' as const),
  at: fc.integer({ min: 0, max: 8_640_000_000_000_000 }),
  durationMs: fc.double({ min: 0, max: 1e6, noNaN: true }).map((value) => value + 0),
  traffic: fc.record({ connections: count, messagesSent: count, bytesSent: count, bytesReceived: count }),
};
const observationArbitrary: fc.Arbitrary<Observation> = fc.oneof(
  fc.record({ ...base, outcome: fc.constant('observed' as const), evidence: jsonText.map((text) => JSON.parse(text) as unknown) }),
  fc.record({ ...base, outcome: fc.constantFrom(...failureOutcomes), detail: fc.string({ unit: 'binary' }), portOpen: fc.boolean(), spoke: fc.boolean() }),
);

describe('openStore', () => {
  it('keeps nothing in memory:', async () => {
    const first = await openStore('memory:');
    await first.startScan(scan('a'));
    expect(await (await openStore('memory:')).scans()).toEqual([]);
  });

  it('finds in a file what an earlier store left there', async () => {
    const path = join(folder, 'new', 'folders', 'are made.sqlite');
    const first = await openStore(path);
    await first.startScan(scan('a'));
    await keep(first, 'a', [observed('h', 1)], [finding('h', 1)]);
    await first.close();
    const second = await openStore(path);
    expect(await second.scans()).toEqual([scan('a')]);
    await keep(second, 'a', [observed('h', 2)], []);
    expect(await all(observationsIn(second, 'a'))).toEqual([observed('h', 1), observed('h', 2)]);
    expect(await all(findingsIn(second, 'a'))).toEqual([finding('h', 1)]);
    await second.close();
  });

  it.each(['postgres://db/dosimeter', 'https://example.org/x', 'file:///tmp/x', ''])('does not take "%s" for a path', async (location) => {
    await expect(openStore(location)).rejects.toMatchObject({ name: 'StoreError' });
  });
});
