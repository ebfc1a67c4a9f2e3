/**
 * Choosing some of many, each with a chance in proportion to its size and none twice: systematic sampling with unequal
 * probabilities (Madow 1949). Whoever divides by the chance has an unbiased total (Horvitz and Thompson 1952).
 */
import type { Chance } from './chance.js';

export interface Choice<T> {
  readonly item: T;
  /** Above 0, at most 1: how likely it was to be among the chosen. */
  readonly probability: number;
}

export interface Sample<T> {
  /** So large that they are chosen whatever the draw. */
  readonly certain: readonly T[];
  /** In the order of the list, so that a list sorted by kind gives each kind its share. */
  readonly drawn: readonly Choice<T>[];
}

/** About `wanted` of `items`; `drawn` holds a multiple of `multiple`. All of them are certain where they are hardly more than that. */
export function systematicSample<T>(items: readonly T[], sizeOf: (item: T) => number, wanted: number, multiple: number, chance: Chance): Sample<T> {
  if (items.length <= Math.max(wanted, multiple)) return { certain: items, drawn: [] };
  const certain: T[] = [];
  let rest = items;
  for (;;) {
    const draws = Math.max(multiple, Math.round((wanted - certain.length) / multiple) * multiple);
    if (rest.length <= draws) return { certain: items, drawn: [] };
    const total = rest.reduce((sum, item) => sum + sizeOf(item), 0);
    const step = total / draws;
    const large = rest.filter((item) => sizeOf(item) >= step * 0.999_999);
    if (large.length === 0) return { certain, drawn: draw(rest, sizeOf, step, draws, chance) };
    certain.push(...large);
    const taken = new Set(large);
    rest = rest.filter((item) => !taken.has(item));
    if (rest.length === 0) return { certain, drawn: [] };
  }
}

/** No size reaches `step`: nothing is met twice. */
function draw<T>(items: readonly T[], sizeOf: (item: T) => number, step: number, draws: number, chance: Chance): readonly Choice<T>[] {
  const chosen: Choice<T>[] = [];
  let mark = chance.next() * step;
  let passed = 0;
  for (const item of items) {
    const size = sizeOf(item);
    passed += size;
    if (passed > mark && chosen.length < draws) {
      chosen.push({ item, probability: size / step });
      mark += step;
    }
  }
  return chosen;
}
