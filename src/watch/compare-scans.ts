/**
 * Two scans → what has changed between them, a page at a time: of neither more is held than a few hundred endpoints. Where
 * the scans lie (a store, a file) is the sides' business.
 */
import type { EndpointChange, ScanChange, SilentEndpoint } from '../model/change.js';
import type { Touch } from '../model/touch.js';
import { addAbsence, addChange, type ChangeTally, noChanges } from './change-tally.js';
import { endpointChange } from './endpoint-change.js';
import { daysBetween } from './growth.js';
import type { Snapshot } from './snapshot.js';

export interface SideHead {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly touch: Touch;
  readonly version: string;
  readonly complete: boolean;
  /** AE titles and what else decides whose view of an archive was counted; `null` where it is not told. */
  readonly caller: string | null;
}

/** One of the two scans. Names are those of `endpointName`. */
export interface ScanSide {
  readonly head: SideHead;
  /** Names of the endpoints that were open, each once. */
  openNames(): AsyncIterable<string>;
  /** What it says of these, at most `pageSize`; an endpoint that it does not mention is left out. */
  named(names: readonly string[]): Promise<ReadonlyMap<string, Snapshot>>;
  /** Which of these were open. */
  openAmong(names: readonly string[]): Promise<ReadonlySet<string>>;
  /** It leads to an archive that another endpoint leads to as well, where that is known: what grows there is added up once. */
  isFurtherDoor?(name: string): boolean;
}

export const pageSize = 500;
const mostSilent = 200;

export async function compareScans(then: ScanSide, now: ScanSide): Promise<ScanChange> {
  let tally = noChanges;
  for await (const names of paged(now.openNames())) {
    const changes = await endpointChanges(then, now, names);
    for (const [name, change] of changes) tally = addChange(tally, change, !now.isFurtherDoor?.(name));
  }
  const absent = await absences(then, now, tally);
  const { id, startedAt, finishedAt, touch, version, complete } = then.head;
  return {
    scan: { id, startedAt: isoTime(startedAt), finishedAt: finishedAt === null ? null : isoTime(finishedAt), touch, version, complete },
    days: daysBetween(startedAt, now.head.startedAt),
    remarks: remarksOn(then.head, now.head),
    ...absent.tally,
    silent: absent.silent,
  };
}

/** What changed at these endpoints, by name; only those that are open now. */
export async function endpointChanges(then: ScanSide, now: ScanSide, names: readonly string[]): Promise<ReadonlyMap<string, EndpointChange>> {
  const [was, is] = await Promise.all([then.named(names), now.named(names)]);
  const incomparable = incomparability(then.head, now.head);
  const changes = names.flatMap((name) => {
    const snapshot = is.get(name);
    return snapshot?.isOpen ? [[name, endpointChange(was.get(name), snapshot, incomparable)] as const] : [];
  });
  return new Map(changes);
}

/** Those that answered then: which of them do not now, and which were not asked. */
async function absences(then: ScanSide, now: ScanSide, before: ChangeTally): Promise<{ tally: ChangeTally; silent: readonly SilentEndpoint[] }> {
  let tally = before;
  const silent: SilentEndpoint[] = [];
  for await (const names of paged(then.openNames())) {
    const open = await now.openAmong(names);
    const absent = names.filter((name) => !open.has(name));
    if (absent.length === 0) continue;
    const [was, is] = await Promise.all([then.named(absent), now.named(absent)]);
    for (const snapshot of was.values()) {
      const present = is.get(snapshot.name);
      const failed = snapshot.findings.filter(({ verdict }) => verdict === 'fail').length;
      tally = addAbsence(tally, present ? 'silent' : 'notAsked', failed);
      if (present && silent.length < mostSilent) silent.push(silentEndpoint(snapshot, present, failed));
    }
  }
  return { tally, silent: silent.sort((a, b) => (a.host < b.host ? -1 : a.host > b.host ? 1 : a.port - b.port)) };
}

function silentEndpoint({ host, address, port, service }: Snapshot, { outcome }: Snapshot, failed: number): SilentEndpoint {
  return { host, address, port, service, failed, outcome: outcome === 'observed' ? null : outcome };
}

async function* paged(names: AsyncIterable<string>): AsyncGenerator<readonly string[]> {
  let page: string[] = [];
  for await (const name of names) {
    page.push(name);
    if (page.length < pageSize) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

const asAnotherCaller = 'it was asked under other AE titles than then, and an archive may show each caller another part';

/** Why no two figures of these scans compare; `null`: they do. */
function incomparability(then: SideHead, now: SideHead): string | null {
  return then.caller !== null && now.caller !== null && then.caller !== now.caller ? asAnotherCaller : null;
}

function remarksOn(then: SideHead, now: SideHead): readonly string[] {
  return [
    ...(now.startedAt < then.startedAt ? ['by the clock, the scan that this one is compared with began later'] : []),
    ...(then.complete ? [] : ['the earlier scan ended before every target was asked']),
    ...(then.touch === now.touch
      ? []
      : [`the earlier scan leaned differently (touch ${then.touch}, now ${now.touch}): what only one of them asked does not compare`]),
    ...(then.version === now.version ? [] : [`the earlier scan was made with version ${then.version}: checks may have changed since`]),
    ...(incomparability(then, now) === null ? [] : ['the two scans called under different AE titles, so their figures do not compare']),
  ];
}

const isoTime = (ms: number): string => new Date(ms).toISOString();
