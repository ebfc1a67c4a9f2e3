/** Finds the narrowest of nested intervals, as a routing table finds the longest prefix. */
import type { Interval } from './address.js';
import { lastStartingBefore } from './range-set.js';

interface Segment<Entry> {
  readonly first: bigint;
  /** `undefined`: no interval reaches here. */
  readonly entry: Entry | undefined;
}

export interface RangeMap<Entry extends Interval> {
  /** The narrowest entry that holds the address. */
  at(address: bigint): Entry | undefined;
  /** Two entries that overlap without one holding the other, or that are equal: neither is the narrower. */
  readonly conflict: readonly [Entry, Entry] | undefined;
}

const byStartThenWidest = (a: Interval, b: Interval): number => {
  if (a.first !== b.first) return a.first < b.first ? -1 : 1;
  return a.last === b.last ? 0 : a.last > b.last ? -1 : 1;
};

/** Cuts nested intervals into segments without overlap, so that a look-up is one binary search. */
export function rangeMap<Entry extends Interval>(entries: readonly Entry[]): RangeMap<Entry> {
  const segments: Segment<Entry>[] = [];
  const open: Entry[] = [];
  let conflict: readonly [Entry, Entry] | undefined;
  const closeBelow = (limit: bigint | undefined) => {
    for (let inner = open.at(-1); inner && (limit === undefined || inner.last < limit); inner = open.at(-1)) {
      open.pop();
      segments.push({ first: inner.last + 1n, entry: open.at(-1) });
    }
  };
  for (const entry of entries.toSorted(byStartThenWidest)) {
    closeBelow(entry.first);
    const outer = open.at(-1);
    if (outer && (entry.last > outer.last || (entry.first === outer.first && entry.last === outer.last))) conflict ??= [outer, entry];
    open.push(entry);
    segments.push({ first: entry.first, entry });
  }
  closeBelow(undefined);
  return { conflict, at: (address) => segments[lastStartingBefore(segments, address)]?.entry };
}
