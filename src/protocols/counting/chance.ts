/** Numbers that look random and are the same for the same seed (mulberry32). Not for secrets. */

export interface Chance {
  /** A whole number from 0 to `below` - 1. */
  below(below: number): number;
  /** `count` different whole numbers from 0 to `below` - 1, in random order; all of them where there are no more. */
  distinct(count: number, below: number): readonly number[];
}

export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return { below, distinct: (count, limit) => distinct(below, Math.min(count, limit), limit) };
}

/** The first `count` steps of a Fisher-Yates shuffle, of which only the places that were touched are kept. */
function distinct(below: (limit: number) => number, count: number, limit: number): readonly number[] {
  const moved = new Map<number, number>();
  return Array.from({ length: count }, (_, place) => {
    const other = place + below(limit - place);
    const taken = moved.get(other) ?? other;
    moved.set(other, moved.get(place) ?? place);
    return taken;
  });
}
