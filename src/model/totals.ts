/** What a scan has come to so far, in a few numbers however many endpoints there were. Kept with the scan, so that its summary needs no counting. */
import type { Severity, Verdict } from './check.js';
import type { FailureOutcome, Traffic } from './connection.js';
import type { Estimate } from './exposure.js';

export interface ScanTotals {
  /** Addresses that were asked. */
  readonly targets: number;
  /** Endpoints that were open, and those of them with a failed check. */
  readonly endpoints: number;
  readonly exposedEndpoints: number;
  /** Those that let anyone read. */
  readonly readableEndpoints: number;
  /** Those that let anyone create, edit or delete; those that only offer to. */
  readonly writableEndpoints: number;
  readonly offeringEndpoints: number;
  readonly findings: Readonly<Record<Severity, number>>;
  readonly verdicts: Readonly<Record<Verdict['verdict'], number>>;
  /** How the asked ports ended: `observed` where anything was, else how its last attempt ended. */
  readonly outcomes: Readonly<Partial<Record<FailureOutcome | 'observed', number>>>;
  readonly images: Estimate | null;
  readonly studies: Estimate | null;
  readonly patients: Estimate | null;
  /** Something lies open whose number was not to be learnt: the sums are lower bounds. */
  readonly uncounted: { readonly images: boolean; readonly studies: boolean; readonly patients: boolean };
  readonly traffic: Traffic;
}

export const noTotals: ScanTotals = {
  targets: 0,
  endpoints: 0,
  exposedEndpoints: 0,
  readableEndpoints: 0,
  writableEndpoints: 0,
  offeringEndpoints: 0,
  findings: { critical: 0, high: 0, medium: 0, low: 0 },
  verdicts: { fail: 0, pass: 0, 'not-applicable': 0, unknown: 0 },
  outcomes: {},
  images: null,
  studies: null,
  patients: null,
  uncounted: { images: false, studies: false, patients: false },
  traffic: { connections: 0, messagesSent: 0, bytesSent: 0, bytesReceived: 0 },
};
