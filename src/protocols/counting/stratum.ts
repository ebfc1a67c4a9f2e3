/** A stratum of study time and the units it is cut into, from ten seconds to eight weeks. Asks nobody. */
import { dayOf, daySeconds, days, type Period } from './period.js';

/** Lengths of a unit in seconds. Parts of a day divide it without rest. */
const lengths = [10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 28_800, 43_200, ...[1, 2, 4, 7, 14, 28, 56].map((count) => count * daySeconds)];

/** The longest unit that is expected to hold at most `rows` studies, `perDay` being their density; `least`: no shorter than that. */
export function unitLength(perDay: number, rows: number, least: number): number {
  const longest = perDay <= 0 ? Number.POSITIVE_INFINITY : (rows / perDay) * daySeconds;
  return Math.max(least, lengths.findLast((length) => length <= longest) ?? 10);
}

/** The last unit of a stratum may be shorter than the others. */
export const unitCount = ({ from, to }: Period, length: number): number => Math.ceil((to - from) / length);

export function unitPeriod({ from, to }: Period, length: number, index: number): Period {
  const start = from + index * length;
  return { from: start, to: Math.min(to, start + length) };
}

/** Two halves at a day, or at a second within one; `undefined` where there is nothing to divide. */
export function halves(period: Period): readonly [Period, Period] | undefined {
  const { from, to } = period;
  if (to - from <= 1 || !Number.isFinite(to - from)) return undefined;
  const count = (to - from) / daySeconds;
  const middle = count > 1 ? days(dayOf(from), Math.floor(count / 2)).to : from + Math.floor((to - from) / 2);
  return [
    { from, to: middle },
    { from: middle, to },
  ];
}
