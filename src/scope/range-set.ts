/** A set of addresses, built once from intervals that may overlap. Knows nothing of scope. */
import type { Interval } from './address.js';

/** Sorted, and joined where intervals overlap or touch. */
function merge(intervals: readonly Interval[]): Interval[] {
  const merged: { first: bigint; last: bigint }[] = [];
  for (const { first, last } of intervals.toSorted((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))) {
    const previous = merged.at(-1);
    if (!previous || first > previous.last + 1n) merged.push({ first, last });
    else if (last > previous.last) previous.last = last;
  }
  return merged;
}

/** Index of the last entry that starts at or below `address`, or -1. Entries are sorted by `first`. */
export function lastStartingBefore(entries: readonly { readonly first: bigint }[], address: bigint): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle] as Interval).first <= address) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export class RangeSet {
  /** Disjoint and ascending. */
  readonly intervals: readonly Interval[];

  constructor(intervals: readonly Interval[]) {
    this.intervals = merge(intervals);
  }

  /** In time logarithmic to the number of intervals. */
  has(address: bigint): boolean {
    const candidate = this.intervals[lastStartingBefore(this.intervals, address)];
    return candidate !== undefined && address <= candidate.last;
  }

  /** Every address of `interval` is in the set. */
  covers(interval: Interval): boolean {
    const candidate = this.intervals[lastStartingBefore(this.intervals, interval.first)];
    return candidate !== undefined && interval.last <= candidate.last;
  }

  /** The parts of `interval` that are not in the set, ascending. */
  without({ first, last }: Interval): readonly Interval[] {
    const parts: Interval[] = [];
    let from = first;
    for (let index = Math.max(0, lastStartingBefore(this.intervals, first)); from <= last; index += 1) {
      const taken = this.intervals[index];
      if (!taken || taken.first > last) {
        parts.push({ first: from, last });
        break;
      }
      if (taken.last < from) continue;
      if (taken.first > from) parts.push({ first: from, last: taken.first - 1n });
      from = taken.last + 1n;
    }
    return parts;
  }

  /** At least one address of `interval` is in the set. */
  touches(interval: Interval): boolean {
    const candidate = this.intervals[lastStartingBefore(this.intervals, interval.last)];
    return candidate !== undefined && interval.first <= candidate.last;
  }
}
