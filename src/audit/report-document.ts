/** Records of endpoints → the report document. Every format only reads what stands here. */
import type { AnyCheck } from '../model/check.js';
import type { EndpointRecord } from '../model/endpoint-record.js';
import type { AnyEvidenceKind } from '../model/evidence.js';
import { type Report, type ReportCheck, type ReportEndpoint, type ReportScan, reportSchema } from '../model/report.js';
import type { ScanTotals } from '../model/totals.js';
import type { ArchivesOnce } from './archives-once.js';
import { reportEndpoint } from './record-endpoint.js';
import { summaryOf } from './totals.js';

export interface ReportSource {
  /** Where several endpoints may be doors to one archive. */
  readonly archives?: ArchivesOnce | undefined;
  readonly scan: Omit<ReportScan, 'startedAt' | 'finishedAt'> & { readonly startedAt: number; readonly finishedAt: number | null };
  readonly totals: ScanTotals;
  /** Those that were open, worst first; all of them, or as many as a reader can take in. */
  readonly records: readonly EndpointRecord[];
  readonly kinds: readonly AnyEvidenceKind[];
  readonly checks: readonly AnyCheck[];
}

export function reportDocument({ scan, totals, records, kinds, checks, archives }: ReportSource): Report {
  const { startedAt, finishedAt } = scan;
  const endpoints = records.map((record) => reportEndpoint(kinds, record, archives?.furtherDoors));
  return {
    schema: reportSchema,
    scan: { ...scan, startedAt: isoTime(startedAt), finishedAt: finishedAt === null ? null : isoTime(finishedAt) },
    summary: summaryOf(totals, archives),
    endpoints,
    checks: checksOf(endpoints, checks),
  };
}

/** A check that was taken out since then has findings without a remedy. */
function checksOf(endpoints: readonly ReportEndpoint[], checks: readonly AnyCheck[]): Readonly<Record<string, ReportCheck>> {
  const used = new Set(endpoints.flatMap(({ findings }) => findings.map(({ check }) => check)));
  const own = checks.filter(({ id }) => used.has(id));
  return Object.fromEntries(own.map(({ id, title, why, remedy, references }) => [id, { title, why, remedy, references }]));
}

const isoTime = (ms: number): string => new Date(ms).toISOString();
