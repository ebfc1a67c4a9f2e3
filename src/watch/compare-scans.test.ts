import { describe, expect, it } from 'vitest';
import { sideInMemory } from '../cli/scan-sides.js';
import { atLeast, exactly } from '../model/exposure.js';
import { compareScans, endpointChanges, pageSize, type SideHead } from './compare-scans.js';
import type { Snapshot } from './snapshot.js';

const day = 86_400_000;
const start = Date.UTC(2026, 10, 21, 1, 15);

const head = (startedAt: number, more: Partial<SideHead> = {}): SideHead => ({
  id: `scan-${startedAt}`,
  startedAt,
  finishedAt: startedAt + 1_000,
  touch: 'anonymous',
  version: '0.1.0',
  complete: true,
  caller: '[null,null]',
  ...more,
});

function snapshot(host: string, at: number, images: number | null, more: Partial<Snapshot> = {}): Snapshot {
  const exposure = images === null ? null : { images: exactly(images), studies: null, patients: null, timeline: [], identifiers: {} };
  const place = { name: `${host}:104`, host, address: host, port: 104 };
  return {
    ...place,
    isOpen: true,
    service: 'dicom',
    exposure,
    findings: [{ check: 'open-query', subject: '', verdict: 'fail' }],
    at,
    outcome: 'observed',
    ...more,
  };
}

const closed = (host: string, outcome: 'refused' | 'timed-out', at = start): Snapshot =>
  snapshot(host, at, null, { isOpen: false, outcome, findings: [], service: 'closed' });

const then = (snapshots: readonly Snapshot[], more?: Partial<SideHead>) => sideInMemory(head(start, more), snapshots);
const now = (snapshots: readonly Snapshot[], more?: Partial<SideHead>) => sideInMemory(head(start + 2 * day, more), snapshots);
const later = start + 2 * day;

describe('compareScans', () => {
  it('adds up what grew, and sets nothing off that shrank', async () => {
    const grown = ['a', 'b', 'c', 'd'];
    const earlier = then([snapshot('a', start, 100), snapshot('b', start, 200), snapshot('c', start, 900), snapshot('d', start, null)]);
    const images = new Map([
      ['a', 300],
      ['b', 200],
      ['c', 100],
      ['d', 50],
    ]);
    const change = await compareScans(earlier, now(grown.map((host) => snapshot(host, later, images.get(host) ?? 0))));
    expect(change.days).toBe(2);
    expect(change.images).toEqual({ perDay: exactly(100), grew: 1, stood: 1, shrank: 1, unsaid: 1 });
    expect(change.endpoints).toEqual({ inBoth: 4, appeared: 0, unmentioned: 0, silent: 0, notAsked: 0 });
    expect(change.remarks).toEqual([]);
  });

  it('adds up an archive with two doors once, and shows both', async () => {
    const present = { ...now([snapshot('a', later, 300), snapshot('b', later, 300)]), isFurtherDoor: (name: string) => name === 'b:104' };
    const earlier = then([snapshot('a', start, 100), snapshot('b', start, 100)]);
    const change = await compareScans(earlier, present);
    expect(change.images).toEqual({ perDay: exactly(100), grew: 1, stood: 0, shrank: 0, unsaid: 0 });
    expect(change.endpoints.inBoth).toBe(2);
    expect((await endpointChanges(earlier, present, ['b:104'])).get('b:104')?.images?.perDay).toEqual(exactly(100));
  });

  it('does not call silence closed', async () => {
    const earlier = then([snapshot('gone', start, 100), snapshot('quiet', start, 100), snapshot('not-asked', start, 100), snapshot('stays', start, 100)]);
    const change = await compareScans(earlier, now([snapshot('stays', later, 100), closed('gone', 'refused', later), closed('quiet', 'timed-out', later)]));
    expect(change.endpoints).toEqual({ inBoth: 1, appeared: 0, unmentioned: 0, silent: 2, notAsked: 1 });
    expect(change.findings).toEqual({ opened: 0, firstSeen: 0, closed: 0, unclear: 2 });
    expect(change.silent).toEqual([
      { host: 'gone', address: 'gone', port: 104, service: 'dicom', failed: 1, outcome: 'refused' },
      { host: 'quiet', address: 'quiet', port: 104, service: 'dicom', failed: 1, outcome: 'timed-out' },
    ]);
  });

  it('tells what was closed from what kept silent and what was never asked', async () => {
    const earlier = then([closed('was-refused', 'refused'), closed('was-silent', 'timed-out')]);
    const change = await compareScans(earlier, now(['was-refused', 'was-silent', 'other'].map((host) => snapshot(host, later, 5))));
    expect(change.endpoints).toEqual({ inBoth: 0, appeared: 2, unmentioned: 1, silent: 0, notAsked: 0 });
    expect(change.findings).toEqual({ opened: 1, firstSeen: 1, closed: 0, unclear: 0 });
    expect(change.images.perDay).toBeNull();
  });

  it.each<[what: string, earlier: Partial<SideHead>, remark: RegExp, perDay: unknown]>([
    ['the clock was put back', { startedAt: start + 9 * day }, /clock/, exactly(50)],
    ['the earlier scan ended early', { complete: false }, /ended before/, exactly(50)],
    ['another touch', { touch: 'handshake' }, /touch handshake, now anonymous/, exactly(50)],
    ['another version', { version: '0.0.9' }, /version 0\.0\.9/, exactly(50)],
    ['another caller', { caller: '["PACS",null]' }, /AE titles/, null],
    ['a caller that is not told', { caller: null }, /^$/, exactly(50)],
  ])('%s', async (_what, earlier, remark, perDay) => {
    const change = await compareScans(then([snapshot('a', start, 100)], earlier), now([snapshot('a', later, 200)]));
    expect(change.remarks.join()).toMatch(remark);
    expect(change.images.perDay).toEqual(perDay);
  });

  it('asks each side for a page at a time, however many endpoints there are', async () => {
    const hosts = Array.from({ length: 3 * pageSize + 7 }, (_, index) => `h${index}`);
    const asked: number[] = [];
    const [earlier, present] = [then(hosts.map((host) => snapshot(host, start, 1))), now(hosts.map((host) => snapshot(host, later, 3)))].map((side) => ({
      ...side,
      named(names: readonly string[]) {
        asked.push(names.length);
        return side.named(names);
      },
    }));
    if (!earlier || !present) throw new Error('two sides');
    const change = await compareScans(earlier, present);
    expect(change.images).toMatchObject({ perDay: exactly(hosts.length), grew: hosts.length });
    expect(Math.max(...asked)).toBe(pageSize);
  });

  it('lists no more silent endpoints than a person reads, and counts all', async () => {
    const hosts = Array.from({ length: 1_000 }, (_, index) => `h${index}`);
    const change = await compareScans(then(hosts.map((host) => snapshot(host, start, 1))), now(hosts.map((host) => closed(host, 'timed-out', later))));
    expect(change.endpoints.silent).toBe(1_000);
    expect(change.silent).toHaveLength(200);
  });
});

describe('endpointChanges', () => {
  it('tells each open endpoint what it was', async () => {
    const earlier = then([snapshot('a', start, 100), closed('b', 'refused'), { ...snapshot('d', start, 1), exposure: null }]);
    const bounded = { ...snapshot('d', later, 1), exposure: { images: atLeast(5), studies: null, patients: null, timeline: [], identifiers: {} } };
    const present = now([snapshot('a', later, 130), snapshot('b', later, 5), snapshot('c', later, 5), bounded, closed('e', 'refused')]);
    const changes = await endpointChanges(earlier, present, ['a:104', 'b:104', 'c:104', 'd:104', 'e:104', 'f:104']);
    expect([...changes.keys()]).toEqual(['a:104', 'b:104', 'c:104', 'd:104']);
    expect(changes.get('a:104')).toMatchObject({
      before: 'answered',
      at: '2026-11-21T01:15:00.000Z',
      images: { change: exactly(30), perDay: exactly(15), unsaid: null },
    });
    expect(changes.get('b:104')).toMatchObject({ before: 'did-not-answer', images: null, opened: [{ check: 'open-query', subject: '' }] });
    expect(changes.get('c:104')).toMatchObject({ before: 'unmentioned', at: null, images: null, opened: [] });
    expect(changes.get('d:104')?.images).toEqual({ change: null, perDay: null, unsaid: 'it was not counted then' });
  });
});
