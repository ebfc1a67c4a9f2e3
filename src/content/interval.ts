/** One figure with its 95 % interval from independent estimates of the same amount. */
import { atLeast, type Estimate } from '../model/exposure.js';

/** Student's t, two-sided 95 %, for 1 to 30 degrees of freedom. */
const studentT = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069,
  2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

/** `seen`: the least that is there, whatever the estimates say. */
export function intervalOf(estimates: readonly number[], seen: number): Estimate {
  if (estimates.length < 3) return atLeast(seen);
  const { mean, low, high } = skewedInterval(estimates);
  const value = Math.max(seen, Math.round(mean));
  return { value, basis: 'estimate', low: Math.max(seen, Math.floor(low)), high: Math.max(value, Math.ceil(high)) };
}

/** The estimates miss something: what they have in common is a lower bound, no more. */
export function leastOf(estimates: readonly number[], seen: number): Estimate {
  return estimates.length < 3 ? atLeast(seen) : atLeast(Math.max(seen, Math.floor(skewedInterval(estimates).low)));
}

/**
 * Trees are skewed: a few folders hold much, and whoever missed them estimates too little with too narrow an interval. Of two remedies the wider counts:
 * Hall's transformation of t (Annals of Statistics 20, 1992), which takes the skewness seen into account, and an interval of the logarithm.
 */
function skewedInterval(estimates: readonly number[]): { readonly mean: number; readonly low: number; readonly high: number } {
  const count = estimates.length;
  const mean = estimates.reduce((sum, value) => sum + value, 0) / count;
  const deviation = Math.sqrt(estimates.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1));
  // counts that differ by less than this do not differ
  if (deviation <= 1e-9 * Math.max(1, Math.abs(mean))) return { mean, low: mean, high: mean };
  const t = studentT[Math.min(count - 1, studentT.length) - 1] ?? 2.042;
  const moment = estimates.reduce((sum, value) => sum + (value - mean) ** 3, 0) * (count / ((count - 1) * (count - 2)));
  const quantile = hall(moment / deviation ** 3, count);
  // estimates of what is hardly there may come out below nothing: no logarithm then
  const relative = mean > 0 ? (t * deviation) / (Math.sqrt(count) * mean) : 0;
  return {
    mean,
    low: Math.min(mean - deviation * quantile(t), mean * Math.exp(-relative)),
    high: Math.max(mean - deviation * quantile(-t), mean * Math.exp(relative)),
  };
}

/** Inverse of Hall's cubic transformation. */
function hall(skewness: number, count: number): (t: number) => number {
  const root = Math.sqrt(count);
  if (Math.abs(skewness) < 1e-6) return (t) => t / root;
  return (t) => ((Math.cbrt(1 + skewness * (t / root - skewness / (6 * count))) - 1) * 3) / skewness;
}
