/** How far a scan has come, and in words: one line for every glance, a status for who asks. Prints nothing and reads no clock. */
import { mergeTotals } from '../audit/totals.js';
import { severities } from '../model/check.js';
import { noTotals, type ScanTotals } from '../model/totals.js';
import { bytes, count, counted, duration, estimateInWords, listed } from '../report/words.js';
import type { Batch } from './batch.js';

export interface ProgressState {
  /** `undefined`: nobody knows how many there will be. */
  readonly totalHosts: number | undefined;
  readonly hosts: number;
  readonly silentHosts: number;
  /** Of this run alone, not of earlier ones of the same scan. */
  readonly totals: ScanTotals;
}

export const notBegun = (totalHosts: number | undefined): ProgressState => ({ totalHosts, hosts: 0, silentHosts: 0, totals: noTotals });

export function afterBatch(state: ProgressState, batch: Batch): ProgressState {
  return {
    ...state,
    hosts: state.hosts + batch.hosts,
    silentHosts: state.silentHosts + batch.silentHosts,
    totals: mergeTotals(state.totals, batch.totals),
  };
}

const troubleWords = {
  unreachable: 'unreachable',
  'timed-out': 'timed out',
  closed: 'hung up',
  'over-limit': 'over the limit',
  'out-of-scope': 'out of scope',
  crashed: 'crashed',
} as const;

/** Ports that neither answered nor simply refused, by kind. */
function troubles({ outcomes }: ScanTotals): readonly string[] {
  return Object.entries(troubleWords).flatMap(([outcome, words]) => {
    const number = outcomes[outcome as keyof typeof troubleWords] ?? 0;
    return number > 0 ? [`${count(number)} ${words}`] : [];
  });
}

const hostsDone = ({ hosts, totalHosts }: ProgressState): string =>
  totalHosts === undefined ? counted(hosts, 'host') : `${count(hosts)}/${count(totalHosts)} hosts`;

const perSecond = (number: number, elapsedMs: number): string =>
  elapsedMs < 1000 ? '' : `${(number / (elapsedMs / 1000)).toFixed(number < elapsedMs / 100 ? 1 : 0)}/s`;

/** Milliseconds; `undefined` where it cannot be told. */
function timeLeft({ hosts, totalHosts }: ProgressState, elapsedMs: number): number | undefined {
  return totalHosts === undefined || hosts === 0 ? undefined : ((totalHosts - hosts) * elapsedMs) / hosts;
}

/** What matters most comes first: a narrow terminal cuts the end off. */
export function progressLine(state: ProgressState, elapsedMs: number): string {
  const { totals, hosts } = state;
  const left = timeLeft(state, elapsedMs);
  const parts = [
    `Scanning: ${hostsDone(state)}`,
    perSecond(hosts, elapsedMs),
    `${count(totals.endpoints)} open`,
    `${count(totals.exposedEndpoints)} exposed`,
    left === undefined ? duration(Math.max(1000, elapsedMs)) : `about ${duration(Math.max(1000, left))} left`,
    ...troubles(totals),
  ];
  return parts.filter((part) => part !== '').join(', ');
}

export function statusLines(state: ProgressState, elapsedMs: number, memoryBytes: number): readonly string[] {
  const { totals, hosts, silentHosts } = state;
  const left = timeLeft(state, elapsedMs);
  const failed = severities.toReversed().flatMap((severity) => (totals.findings[severity] > 0 ? [`${count(totals.findings[severity])} ${severity}`] : []));
  const trouble = troubles(totals);
  return [
    `Status after ${duration(elapsedMs)}: ${hostsDone(state)} ${perSecond(hosts, elapsedMs)}${left === undefined ? '' : `, about ${duration(left)} left`}`.trimEnd(),
    `  Found: ${count(totals.endpoints)} open, ${count(totals.exposedEndpoints)} exposed, ${count(totals.readableEndpoints)} readable by anyone${failed.length > 0 ? ` (${failed.join(', ')})` : ''}`,
    ...(totals.images ? [`  Images that lie open so far: ${estimateInWords(totals.images)}`] : []),
    `  Not reached: ${[`${count(totals.outcomes.refused ?? 0)} refused`, ...trouble].join(', ')}; ${counted(silentHosts, 'silent host')}`,
    `  Cost: ${counted(totals.traffic.connections, 'connection')}, ${listed([`${bytes(totals.traffic.bytesSent)} sent`, `${bytes(totals.traffic.bytesReceived)} received`])}; memory ${bytes(memoryBytes)}`,
  ];
}

/** The same as one flat record, for a log that programs read. */
export function statusRecord({ totals, ...state }: ProgressState, elapsedMs: number, memoryBytes: number) {
  return {
    hosts: state.hosts,
    totalHosts: state.totalHosts ?? null,
    open: totals.endpoints,
    exposed: totals.exposedEndpoints,
    readable: totals.readableEndpoints,
    silentHosts: state.silentHosts,
    findings: totals.findings,
    outcomes: totals.outcomes,
    traffic: totals.traffic,
    elapsedMs: Math.round(elapsedMs),
    leftMs: Math.round(timeLeft({ totals, ...state }, elapsedMs) ?? -1),
    memoryBytes,
  };
}
