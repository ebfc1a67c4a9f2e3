/** The report document: one versioned JSON shape that every reader relies on. */
import type { EndpointChange, ScanChange } from './change.js';
import type { Because, References, Remedy, Severity, Verdict } from './check.js';
import type { FailureOutcome, Traffic, Transport } from './connection.js';
import type { Estimate, Exposure } from './exposure.js';
import type { Product } from './product.js';
import type { Rights, RightsFrom } from './rights.js';
import type { Touch } from './touch.js';

export const reportSchema = 'dosimeter.report/1';

export interface ReportScan {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly authorisedBy: string | null;
  readonly touch: Touch;
  /** Version of Dosimeter. */
  readonly version: string;
  /** False when the scan ended before every target was observed. */
  readonly complete: boolean;
}

export interface ReportSummary {
  /** Addresses that were asked. */
  readonly targets: number;
  /** Endpoints that were open. */
  readonly endpoints: number;
  /** Open endpoints with at least one failed check. */
  readonly exposedEndpoints: number;
  /** Endpoints that let anyone read (`rights.read` is `yes`). */
  readonly readableEndpoints: number;
  /** Endpoints that let anyone create, edit or delete. */
  readonly writableEndpoints: number;
  /** Those that offer it, without that it was seen to be granted. */
  readonly offeringEndpoints: number;
  readonly findings: Readonly<Record<Severity, number>>;
  /** Verdicts of every kind, so that "no findings" is not mistaken for "nothing learnt". */
  readonly verdicts: Readonly<Record<Verdict['verdict'], number>>;
  /** How the asked ports ended, endpoints that were not open included. */
  readonly outcomes: Readonly<Partial<Record<FailureOutcome | 'observed', number>>>;
  readonly images: Estimate | null;
  readonly studies: Estimate | null;
  readonly patients: Estimate | null;
  /** Archives that have several doors among the endpoints, and those doors; each archive is counted once. Absent where each has one door. */
  readonly shared?: { readonly archives: number; readonly doors: number };
  /** What the whole scan sent and received. */
  readonly traffic: Traffic;
}

export interface ReportObservation {
  readonly kind: string;
  readonly transport: Transport;
  readonly at: string;
  readonly durationMs: number;
  readonly outcome: FailureOutcome | 'observed';
  readonly detail: string | null;
  readonly traffic: Traffic;
  readonly evidence: unknown;
}

export interface ReportFinding {
  /** Key of `Report.checks`. */
  readonly check: string;
  readonly subject: string;
  readonly severity: Severity;
  readonly verdict: Verdict['verdict'];
  readonly reason: string;
  readonly because: Because;
}

/** What a check says wherever it fails. Stands once, however many endpoints there are. */
export interface ReportCheck {
  readonly title: string;
  readonly why: string;
  /** `{host}` and `{port}` in `prove` stand for the endpoint. */
  readonly remedy: Remedy;
  readonly references: References;
}

export interface ReportEndpoint {
  readonly host: string;
  readonly address: string;
  readonly port: number;
  readonly service: string;
  readonly product: Product | null;
  readonly exposure: Exposure | null;
  /** The endpoint (`host:port`) that stands for the same archive in the summary: this one is a further door to it. */
  readonly furtherDoorTo?: string;
  readonly rights: Rights;
  /** What each of them rests on. Absent in reports from before it was told. */
  readonly rightsFrom?: RightsFrom;
  readonly observations: readonly ReportObservation[];
  readonly findings: readonly ReportFinding[];
  /** Where the scan was compared with an earlier one. */
  readonly since?: EndpointChange;
}

export interface Report {
  readonly schema: typeof reportSchema;
  readonly scan: ReportScan;
  readonly summary: ReportSummary;
  /** Against an earlier scan, where there was one to compare with. */
  readonly since?: ScanChange;
  readonly endpoints: readonly ReportEndpoint[];
  /** Id → what the check says, for every check that judged anything here. */
  readonly checks: Readonly<Record<string, ReportCheck>>;
}
