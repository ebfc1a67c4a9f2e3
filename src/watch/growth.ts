/**
 * Two figures and the times they are of → how fast the figure grows. Pure arithmetic: reads no clock.
 * Says nothing where it would have to guess: a lower bound that rises shows how long was counted, not what came.
 */
import type { Growth } from '../model/change.js';
import type { Estimate } from '../model/exposure.js';

/** One figure of one endpoint in one scan. */
export interface Figure {
  readonly estimate: Estimate | null;
  /** Milliseconds since the epoch. */
  readonly at: number | null;
  /** What was asked for it; `null` where that is not told. */
  readonly source: string | null;
}

const msPerDay = 86_400_000;
/** A figure a day from less than this would be a few minutes' noise times hundreds. */
const leastMs = 3_600_000;

/** `null` where neither scan knows a figure. */
export function growthOf(then: Figure, now: Figure): Growth | null {
  if (then.estimate === null && now.estimate === null) return null;
  const between = elapsed(then.at, now.at);
  if (then.estimate === null) return unsaid('it was not counted then');
  if (now.estimate === null) return unsaid('it could not be counted now');
  if (then.source !== null && now.source !== null && then.source !== now.source) return unsaid('it was counted by other means than then');
  if (isBound(then.estimate) || isBound(now.estimate)) return unsaid('one of the two figures is a lower bound, and that a bound moves says nothing');
  if (between === null) return unsaid('the two times do not tell which figure is the earlier one');
  const change = difference(now.estimate, then.estimate);
  if (change === null) return unsaid('the intervals of the two figures overlap: what came or went is less than they can tell');
  if (between < leastMs) return { change, perDay: null, unsaid: 'less than an hour lies between the two, too little for a figure a day' };
  return { change, perDay: perDay(change, between), unsaid: null };
}

const unsaid = (why: string): Growth => ({ change: null, perDay: null, unsaid: why });

/** `null` where a time is missing or they run backwards, as when a clock was put right between. */
function elapsed(then: number | null, now: number | null): number | null {
  return then === null || now === null || now < then ? null : now - then;
}

const isBound = ({ basis, high }: Estimate): boolean => basis === 'at-least' || high === null;

/**
 * Of two exact figures exactly. Of estimates the widest interval that theirs allow, which holds the truth at least as often as both do;
 * `null` where they overlap, since then not even the sign is known.
 */
function difference(now: Estimate, then: Estimate): Estimate | null {
  const value = now.value - then.value;
  if (now.basis === 'exact' && then.basis === 'exact') return { value, basis: 'exact', low: value, high: value };
  const [nowHigh, thenHigh] = [now.high ?? now.value, then.high ?? then.value];
  if (now.low <= thenHigh && then.low <= nowHigh) return null;
  return { value, basis: 'estimate', low: now.low - thenHigh, high: nowHigh - then.low };
}

function perDay({ value, basis, low, high }: Estimate, ms: number): Estimate {
  const rate = (amount: number): number => hundredths((amount * msPerDay) / ms);
  return { value: rate(value), basis, low: rate(low), high: high === null ? null : rate(high) };
}

/** Without a minus sign before nothing. */
const hundredths = (value: number): number => Math.round(value * 100) / 100 + 0;

/** Days between two times, to a hundredth; `null` where they run backwards. */
export function daysBetween(then: number, now: number): number | null {
  return Number.isFinite(then) && Number.isFinite(now) && now >= then ? hundredths((now - then) / msPerDay) : null;
}
