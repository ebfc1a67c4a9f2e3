/** What may be contacted, on whose authority, how hard, when, and what never. Decides nothing: `decide` does. */
import type { Touch } from '../model/touch.js';
import type { Interval } from './address.js';
import { type RangeMap, rangeMap } from './range-map.js';
import { RangeSet } from './range-set.js';
import type { TimeWindow } from './time-window.js';

/** A scope that cannot be used; one line, with file and line where it came from a file. */
export class ScopeError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ScopeError';
  }
}

export interface ScopeRange extends Interval {
  /** As written. */
  readonly text: string;
  /** Ceiling: what is wanted beyond it is lowered to it. */
  readonly touch: Touch;
  /** `null`: any port. */
  readonly ports: readonly number[] | null;
}

export interface Exclusion extends Interval {
  readonly text: string;
  readonly why: string | null;
}

/** Dates as `2026-11-24`, both included; `null`: no limit on that side. */
export interface Validity {
  readonly from: string | null;
  readonly until: string | null;
}

export interface ScopeTerms {
  /** The file's name, for reasons. */
  readonly name: string;
  /** Who authorised, and where that is written. The report repeats it. */
  readonly authority: string;
  /** Whom the people at the devices can ask; `null` only where the authority came with `--authorised-by`. */
  readonly contact: string | null;
  readonly ranges: readonly ScopeRange[];
  readonly exclude: readonly Exclusion[];
  /** IANA name; present wherever dates or windows are. */
  readonly timeZone: string | null;
  readonly valid: Validity;
  /** Empty: at any hour. */
  readonly windows: readonly TimeWindow[];
}

export interface Scope extends ScopeTerms {
  readonly excluded: RangeSet;
  /** The narrowest range that holds an address is the one that counts. */
  readonly rangeMap: RangeMap<ScopeRange>;
}

export function scopeOf(terms: ScopeTerms): Scope {
  return { ...terms, excluded: new RangeSet(terms.exclude), rangeMap: rangeMap(terms.ranges) };
}

const longestAuthority = 300;

/** What is wrong with the text of `--authorised-by`, in one line; `undefined` where nothing is. */
export function authorityProblem(text: string): string | undefined {
  const say = (problem: string) =>
    `--authorised-by ${problem}: say who authorised the scan and where that is written, as in "J. Weber, IT security, ticket 4711"`;
  if (text.trim() === '') return say('is empty');
  if (/[\p{Cc}\u2028\u2029]/u.test(text)) return say('is not one line of plain text');
  return text.length > longestAuthority ? say(`is longer than ${longestAuthority} characters`) : undefined;
}
