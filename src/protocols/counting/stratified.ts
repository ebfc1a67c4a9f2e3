/** The total of a population that was sampled stratum by stratum, with its interval (Cochran, Sampling Techniques, chapter 5). Asks nobody. */
import { type Estimate, exactly } from '../../model/exposure.js';

export interface Sampled {
  /** Units that the stratum has. */
  readonly units: number;
  /** What was counted in those that were asked: chosen at random, each once. */
  readonly values: readonly number[];
}

/**
 * Simple random sampling in each stratum, with the finite population correction; a 95 % interval by Student's t with
 * Satterthwaite's degrees of freedom. Exact where every unit was asked. A stratum needs at least two units, or all it has.
 */
export function stratifiedTotal(strata: readonly Sampled[]): Estimate {
  const parts = strata.map(spread);
  const value = sum(parts.map((part) => part.total));
  if (strata.every(({ units, values }) => values.length >= units)) return exactly(value);
  const variance = sum(parts.map((part) => part.variance));
  const freedom = variance === 0 ? 1 : variance ** 2 / sum(parts.map((part) => (part.freedom > 0 ? part.variance ** 2 / part.freedom : 0)));
  const half = studentQuantile(freedom) * Math.sqrt(variance);
  const counted = sum(strata.map(({ values }) => sum(values)));
  return interval(value, Math.max(counted, value - half), value + half);
}

/** Whole numbers around `value`, outwards. */
export function interval(value: number, low: number, high: number): Estimate {
  return { value: Math.round(value), basis: 'estimate', low: Math.min(Math.round(value), Math.floor(low)), high: Math.max(Math.round(value), Math.ceil(high)) };
}

function spread({ units, values }: Sampled): { readonly total: number; readonly variance: number; readonly freedom: number } {
  const asked = values.length;
  if (asked >= units) return { total: sum(values), variance: 0, freedom: 0 };
  const mean = asked === 0 ? 0 : sum(values) / asked;
  if (asked < 2) return { total: units * mean, variance: 0, freedom: 0 };
  const squares = sum(values.map((one) => (one - mean) ** 2)) / (asked - 1);
  return { total: units * mean, variance: units ** 2 * (1 - asked / units) * (squares / asked), freedom: asked - 1 };
}

const normal = 1.959964;
/** For one and two degrees of freedom the expansion is no good. */
const fewFreedoms = [12.706, 4.303];

/** The 97.5 % point of Student's t: Cornish-Fisher expansion (Abramowitz and Stegun 26.7.5), good to 0.02 from three degrees on. */
export function studentQuantile(freedom: number): number {
  if (freedom < 3) return fewFreedoms[Math.max(0, Math.floor(freedom) - 1)] ?? 12.706;
  const z = normal;
  const terms = [
    z,
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92_160,
  ];
  return sum(terms.map((term, power) => term / freedom ** power));
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
