/** One scan from jobs to a finished record: wires net, probes, checks, schedule and store together. */
import { randomInt } from 'node:crypto';
import { type Recorded, reportEndpoint } from '../audit/record-endpoint.js';
import { reportDocument } from '../audit/report-document.js';
import { addRecords } from '../audit/totals.js';
import { checks } from '../checks/index.js';
import type { EndpointRecord } from '../model/endpoint-record.js';
import type { ProbeSettings } from '../model/probe.js';
import type { Report, ReportEndpoint } from '../model/report.js';
import { noTotals } from '../model/totals.js';
import { createDial, type Permit, StopSwitch } from '../net/dial.js';
import { type DialLimits, defaultLimits } from '../net/limits.js';
import { evidenceKinds, portProbe, probes, tlsProbe } from '../protocols/index.js';
import type { ReportFormat } from '../report/index.js';
import { createConnectTiming } from '../schedule/connect-timing.js';
import { createPace } from '../schedule/pace.js';
import { type Job, memoryQueue } from '../schedule/queue.js';
import { type WorkContext, work } from '../schedule/worker.js';
import type { Store } from '../store/store.js';
import { streamJson, writeReport } from './output.js';

/** Hosts that are asked at the same time; each of them still has one conversation at a time. */
export const defaultConcurrency = 256;
export const defaultResponseBudget = 5_000;
export const defaultEntryBudget = 5_000;
/** Connections per second to one /24 or /64. */
export const defaultNetworkRate = 100;

export interface RunOptions {
  readonly jobs: Iterable<Job> | AsyncIterable<Job>;
  readonly settings: ProbeSettings;
  readonly permit: Permit;
  readonly concurrency: number;
  /** Connections per second for the whole scan; `null`: as fast as the hosts answer. */
  readonly rate: number | null;
  /** Connections per second to one network (/24, /64). */
  readonly networkRate: number | null;
  /** Milliseconds that one answer may take. */
  readonly answerMs: number | null;
  readonly signal: AbortSignal;
  record(job: Job, endpoints: readonly Recorded[]): Promise<void>;
}

/** Resolves when every job is done or the signal stopped it. */
export async function runJobs(options: RunOptions): Promise<void> {
  await work(memoryQueue(options.jobs), workContext(options), options.concurrency);
}

function workContext(options: RunOptions): WorkContext {
  const limits = limitsFor(options.answerMs);
  const pace = createPace({ perSecond: options.rate, perNetworkAndSecond: options.networkRate });
  const timing = createConnectTiming();
  const { settings, permit, signal } = options;
  const stop = new StopSwitch(signal);
  return {
    settings,
    instruments: { services: probes, port: portProbe, tls: tlsProbe },
    checks,
    kinds: evidenceKinds,
    signal,
    observing: {
      now: () => Date.now(),
      dial: (target, traffic, patience) => createDial(target.endpoint, { permit, limits: impatient(limits, patience), stop, pace, timing }, traffic),
    },
    record: options.record,
  };
}

function limitsFor(answerMs: number | null): DialLimits {
  return answerMs === null ? defaultLimits : { ...defaultLimits, answerMs, connectMs: Math.max(answerMs, defaultLimits.connectMs) };
}

const impatient = (limits: DialLimits, patience: number): DialLimits => ({
  ...limits,
  answerMs: limits.answerMs * patience,
  connectMs: limits.connectMs * Math.max(patience, 0.25),
});

/** Time first, so that names sort; letters and digits that are not mistaken for each other. */
export function newScanId(now: number): string {
  const time = new Date(now).toISOString().replace(/[-:]/g, '').slice(0, 15);
  return `${time}-${randomText(4).toLowerCase()}`;
}

export const newNonce = (): string => randomText(6);

/** Which of the orders through its addresses a scan takes. */
export const newOrder = (): number => randomInt(2 ** 31);

const unmistakable = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const randomText = (length: number): string => Array.from({ length }, () => unmistakable[randomInt(unmistakable.length)]).join('');

/** Keeps what comes in, and what the scan has come to with it. A scan that is taken up again goes on from its stored totals. */
export async function recorder(store: Store, scanId: string): Promise<RunOptions['record']> {
  let totals = (await store.totals(scanId)) ?? noTotals;
  return (job, endpoints) => {
    totals = addRecords(totals, endpoints, job.again ? 0 : 1);
    return store.record(
      scanId,
      endpoints.map(({ record }) => record),
      totals,
    );
  };
}

/** So many endpoints a person may look through; formats for programs take all. */
export const mostShown = 2_000;

/** Writes a stored scan: a person gets the worst endpoints, a program all of them, as a stream where they are many. `undefined`: no such scan. */
export async function writeStoredReport(store: Store, scanId: string, format: ReportFormat, output: string | undefined): Promise<Report | undefined> {
  const report = await storedReport(store, scanId);
  if (!report) return undefined;
  if (format === 'json' && report.summary.endpoints > report.endpoints.length)
    await streamJson({ ...report, checks: everyCheck() }, allEndpoints(store, scanId), output);
  else await writeReport(report, format, output);
  return report;
}

async function* allEndpoints(store: Store, scanId: string): AsyncGenerator<ReportEndpoint> {
  for await (const record of store.worstEndpoints(scanId, Number.MAX_SAFE_INTEGER)) yield reportEndpoint(evidenceKinds, record);
}

/** Which of them judged something is known only at the end of a stream. */
const everyCheck = (): Report['checks'] => Object.fromEntries(checks.map(({ id, title, why, remedy, references }) => [id, { title, why, remedy, references }]));

/** The scan with its worst endpoints, at most `count` of them. */
export async function storedReport(store: Store, scanId: string, count = mostShown): Promise<Report | undefined> {
  const scan = await store.scan(scanId);
  const totals = await store.totals(scanId);
  if (!scan || !totals) return undefined;
  const { targets: _targets, settings: _settings, ...head } = scan;
  const records: EndpointRecord[] = [];
  for await (const record of store.worstEndpoints(scanId, count)) records.push(record);
  return reportDocument({ scan: head, totals, records, kinds: evidenceKinds, checks });
}
