/** What a scan has come to so far, in a few numbers however many endpoints there were. Kept with the scan, so that its summary needs no counting. */
import type { ReportSummary } from './report.js';

/** Sums of what lies open. */
export interface Amounts extends Pick<ReportSummary, 'images' | 'studies' | 'patients'> {
  /** Something lies open whose number was not to be learnt: the sums are lower bounds. */
  readonly uncounted: { readonly images: boolean; readonly studies: boolean; readonly patients: boolean };
}

/** The figures are those of all doors together, of which several may lead to one archive. */
export interface ScanTotals extends Omit<ReportSummary, 'shared'>, Amounts {
  /** Elsewhere than in archives that are counted once (`audit/archives-once`), for example on shares. Absent in scans of before there was this: everything. */
  readonly elsewhere?: Amounts;
}

export const noAmounts: Amounts = { images: null, studies: null, patients: null, uncounted: { images: false, studies: false, patients: false } };

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
  ...noAmounts,
  elsewhere: noAmounts,
  traffic: { connections: 0, messagesSent: 0, bytesSent: 0, bytesReceived: 0 },
};
