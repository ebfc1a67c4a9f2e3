/** One scan from jobs to a stored record and its report: in this thread or in several. */
import { randomBytes, randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { type ArchivesOnce, archivesOnce } from '../audit/archives-once.js';
import { reportEndpoint } from '../audit/record-endpoint.js';
import { reportDocument } from '../audit/report-document.js';
import { mergeTotals } from '../audit/totals.js';
import { checks } from '../checks/index.js';
import type { Endpoint } from '../model/endpoint.js';
import type { EndpointRecord } from '../model/endpoint-record.js';
import type { Report, ReportEndpoint } from '../model/report.js';
import { noTotals } from '../model/totals.js';
import { evidenceKinds } from '../protocols/index.js';
import type { ReportFormat } from '../report/index.js';
import type { Store } from '../store/store.js';
import { pageSize } from '../watch/compare-scans.js';
import { type Batch, batchOf } from './batch.js';
import { earlierSide } from './earlier-scan.js';
import { streamJson, writeReport } from './output.js';
import { type RunOptions, runJobs } from './run-jobs.js';
import { storedSide } from './scan-sides.js';
import type { ScopedJobs } from './scoped-jobs.js';
import { type Compared, pageWithChanges, withChanges } from './with-changes.js';

/** Hosts that are asked at the same time; each of them still has one conversation at a time. */
export const defaultConcurrency = 256;
export const defaultResponseBudget = 5_000;
export const defaultEntryBudget = 5_000;
/** Connections per second to one /24 or /64. */
export const defaultNetworkRate = 100;

/** Time first, so that names sort; letters and digits that are not mistaken for each other. */
export function newScanId(now: number): string {
  const time = new Date(now).toISOString().replace(/[-:]/g, '').slice(0, 15);
  return `${time}-${randomText(4).toLowerCase()}`;
}

export const newNonce = (): string => randomText(6);

/** See `ProbeSettings`. It stands with the scan, so that a later part of it compares with an earlier one. */
export const newArchiveKey = (): string => randomBytes(16).toString('hex');

/** Which of the orders through its addresses a scan takes. */
export const newOrder = (): number => randomInt(2 ** 31);

const unmistakable = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const randomText = (length: number): string => Array.from({ length }, () => unmistakable[randomInt(unmistakable.length)]).join('');

export interface ScanRun extends Omit<RunOptions, 'jobs' | 'permit' | 'record'> {
  readonly scoped: ScopedJobs;
  /** What an earlier run of the same scan has stored. */
  readonly done: AsyncIterable<Endpoint> | undefined;
  readonly order: number;
  /** Threads that examine; 1: this one. */
  readonly threads: number;
  readonly store: Store;
  readonly scanId: string;
  onBatch(batch: Batch): void;
}

/** Examines, judges and stores. A scan that is taken up again goes on from its stored totals. */
export async function runScan(run: ScanRun): Promise<void> {
  const { scoped, store, scanId, threads, signal, settings, concurrency, rate, networkRate, answerMs } = run;
  let totals = (await store.totals(scanId)) ?? noTotals;
  const deliver = async (batch: Batch): Promise<void> => {
    totals = mergeTotals(totals, batch.totals);
    await store.record(scanId, batch.rows, totals);
    run.onBatch(batch);
  };
  const jobs = scoped.jobs(run.order, run.done);
  if (threads > 1) {
    const { runInThreads } = await import('./thread-pool.js');
    await runInThreads({ threads, jobs, signal, deliver, task: { ...scoped.terms, settings, concurrency, rate, networkRate, answerMs } });
  } else await runJobs({ ...run, jobs, permit: scoped.permit, record: (job, endpoints) => deliver(batchOf(job, endpoints)) });
}

/** Below this many endpoints more threads take longer to start than they save. */
const threadsFrom = 3_000;

/** All cores for large scans, up to eight. */
export function threadsFor(scoped: ScopedJobs): number {
  return scoped.endpointCount < threadsFrom ? 1 : Math.min(8, availableParallelism());
}

/** So many endpoints a person may look through; formats for programs take all. */
export const mostShown = 2_000;

/**
 * Writes a stored scan: a person gets the worst endpoints, a program all of them, as a stream where they are many. `undefined`: no such scan.
 * `since`: what it is compared with, see `earlierSide`.
 */
export async function writeStoredReport(
  store: Store,
  scanId: string,
  format: ReportFormat,
  { output, since }: { readonly output?: string | undefined; readonly since?: string | undefined },
): Promise<Report | undefined> {
  const scan = await store.scan(scanId);
  const archives = await archivesOnce(store.archiveDoors(scanId), await store.sharedArchives(scanId));
  const plain = await storedReport(store, scanId, mostShown, archives);
  if (!scan || !plain) return undefined;
  const earlier = await earlierSide(store, scan, since, plain.summary.endpoints);
  const compared = earlier && { earlier, later: { ...storedSide(store, scan), isFurtherDoor: (name: string) => archives.furtherDoors.has(name) } };
  const report = await withChanges(plain, compared);
  if (format === 'json' && report.summary.endpoints > report.endpoints.length)
    await streamJson({ ...report, checks: everyCheck() }, allEndpoints(store, scanId, archives, compared), output);
  else await writeReport(report, format, output);
  return report;
}

async function* allEndpoints(store: Store, scanId: string, { furtherDoors }: ArchivesOnce, compared: Compared | undefined): AsyncGenerator<ReportEndpoint> {
  let page: ReportEndpoint[] = [];
  for await (const record of store.worstEndpoints(scanId, Number.MAX_SAFE_INTEGER)) {
    page.push(reportEndpoint(evidenceKinds, record, furtherDoors));
    if (page.length < pageSize) continue;
    yield* await pageWithChanges(page, compared);
    page = [];
  }
  yield* await pageWithChanges(page, compared);
}

/** Which of them judged something is known only at the end of a stream. */
const everyCheck = (): Report['checks'] => Object.fromEntries(checks.map(({ id, title, why, remedy, references }) => [id, { title, why, remedy, references }]));

/** The scan with its worst endpoints, at most `count` of them. */
export async function storedReport(store: Store, scanId: string, count = mostShown, known?: ArchivesOnce): Promise<Report | undefined> {
  const scan = await store.scan(scanId);
  const totals = await store.totals(scanId);
  if (!scan || !totals) return undefined;
  const { targets: _targets, settings: _settings, ...head } = scan;
  const records: EndpointRecord[] = [];
  for await (const record of store.worstEndpoints(scanId, count)) records.push(record);
  const archives = known ?? (await archivesOnce(store.archiveDoors(scanId), await store.sharedArchives(scanId)));
  return reportDocument({ scan: head, totals, records, kinds: evidenceKinds, checks, archives });
}
