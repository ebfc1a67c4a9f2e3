/** What a scan has come to so far, in a few numbers however many endpoints there were. Kept with the scan, so that its summary needs no counting. */
import type { ReportSummary } from './report.js';

export interface ScanTotals extends ReportSummary {
  /** Something lies open whose number was not to be learnt: the sums are lower bounds. */
  readonly uncounted: { readonly images: boolean; readonly studies: boolean; readonly patients: boolean };
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
