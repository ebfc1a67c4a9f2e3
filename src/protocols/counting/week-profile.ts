/**
 * When in a week studies are made, as the first look showed it: how a sample is laid out, never what is estimated. A profile that is
 * wrong costs precision and no truth.
 */
import type { StudyRow } from './inquiry.js';
import { daySeconds } from './period.js';

export interface WeekProfile {
  /** Studies in so many seconds from `from` on, within one day or in whole days, compared with an even flow: 1 is average. */
  intensity(from: number, length: number): number;
}

/** Rows and days that make a pattern; fewer show chance. */
const enoughRows = 100;
const enoughDays = 30;
const quietest = 0.05;

export const weekday = (seconds: number): number => (((Math.floor(seconds / daySeconds) + 3) % 7) + 7) % 7; // Monday is 0

export function weekProfile(rows: readonly StudyRow[]): WeekProfile {
  const days = rows.flatMap(({ day }) => day ?? []);
  const hoursSeen = rows.flatMap(({ second }) => (second === null ? [] : [Math.floor(second / 3600)]));
  const isSpread = new Set(days).size >= enoughDays;
  const hours = isSpread && hoursSeen.length >= enoughRows ? shares(hoursSeen, 24) : new Array<number>(24).fill(1);
  const weekdays = isSpread
    ? shares(
        days.map((day) => weekday(day * daySeconds)),
        7,
      )
    : [1.2, 1.2, 1.2, 1.2, 1.2, 0.5, 0.5];
  return { intensity: (from, length) => Math.max(quietest, dayPart(weekdays, from, length) * (length >= daySeconds ? 1 : hourPart(hours, from, length))) };
}

/** 1 on average. */
function shares(places: readonly number[], count: number): readonly number[] {
  const counts = new Array<number>(count).fill(0);
  for (const place of places) counts[place] = (counts[place] ?? 0) + 1;
  return counts.map((value) => (value * count) / places.length);
}

function dayPart(weekdays: readonly number[], from: number, length: number): number {
  const count = Math.max(1, Math.round(length / daySeconds));
  return count >= 7 ? 1 : mean(weekdays, weekday(from), count);
}

function hourPart(hours: readonly number[], from: number, length: number): number {
  return mean(hours, Math.floor((from - Math.floor(from / daySeconds) * daySeconds) / 3600), Math.max(1, Math.ceil(length / 3600)));
}

/** Of `count` values from `first` on, the first again after the last. */
function mean(values: readonly number[], first: number, count: number): number {
  let sum = 0;
  for (let index = first; index < first + count; index += 1) sum += values[index % values.length] ?? 0;
  return sum / count;
}
