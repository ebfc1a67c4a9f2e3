/** How much is open: a count, a lower bound or an estimate with its interval. */

export interface Estimate {
  readonly value: number;
  readonly basis: 'exact' | 'at-least' | 'estimate';
  readonly low: number;
  /** `null`: no upper bound is known (basis `at-least`). */
  readonly high: number | null;
}

/** `real-looking`: reads like a person's own value. `pseudonymous`: a code or a placeholder. `empty`: offered without a value. */
export type ValueClass = 'real-looking' | 'pseudonymous' | 'empty';

export interface TimelineYear {
  /** Year of study; `null` gathers studies without a readable date. */
  readonly year: number | null;
  readonly studies: number;
  readonly images: number | null;
  /** Absent: exact. */
  readonly basis?: Exclude<Estimate['basis'], 'exact'>;
}

/** How the figures were come by, for the reader who doubts them, and what they cost the device. */
export interface Counting {
  /** `c-find`: a DICOM query. `qido-rs`: the same over the web (DICOMweb). `archive-counters`: numbers that the archive keeps itself. */
  readonly source: 'c-find' | 'qido-rs' | 'archive-counters';
  /** In a few words, for people: `all studies in one answer`. */
  readonly how: string;
  readonly requests: number;
  /** C-FIND responses, records that came by QIDO-RS, or answers of counters. */
  readonly responses: number;
  /** Of the responses. */
  readonly bytes: number;
}

/** What one endpoint leaves open. `null` where nothing could be learnt. */
export interface Exposure {
  readonly images: Estimate | null;
  readonly studies: Estimate | null;
  readonly patients: Estimate | null;
  readonly timeline: readonly TimelineYear[];
  /** DICOM keyword of each identifying attribute that an outsider gets → the class of the one value seen. */
  readonly identifiers: Readonly<Record<string, ValueClass>>;
  /** Absent where nothing was counted, or by a source that does not tell. */
  readonly counting?: Counting;
}

export const exactly = (value: number): Estimate => ({ value, basis: 'exact', low: value, high: value });
export const atLeast = (value: number): Estimate => ({ value, basis: 'at-least', low: value, high: null });

/** Sum of what is known. One part that is a lower bound makes the sum one, to which an estimate adds its lower end; nothing known gives `null`. */
export function addEstimates(parts: readonly (Estimate | null)[]): Estimate | null {
  const known = parts.filter((part) => part !== null);
  if (known.length === 0) return null;
  const sum = (pick: (part: Estimate) => number) => known.reduce((total, part) => total + pick(part), 0);
  const low = sum((part) => part.low);
  if (known.some((part) => part.high === null || part.basis === 'at-least')) return atLeast(low);
  const basis = known.some((part) => part.basis === 'estimate') ? 'estimate' : 'exact';
  return { value: sum((part) => part.value), basis, low, high: sum((part) => part.high ?? 0) };
}
