/** Cuts intervals where a decision of scope may change, so that a network is decided in a few steps and not address by address. Pure. */
import { type Interval, networksOf } from './address.js';
import type { Scope } from './scope-shape.js';

const classEdges: readonly Interval[] = [...networksOf('loopback'), ...networksOf('private'), ...networksOf('never')];

/**
 * Within one part every address has the same class, range and exclusion. One case escapes: an IPv6 address that a gateway turns into an
 * excluded IPv4 address (NAT64, 6to4); `decide` sees it when its turn comes.
 */
export function uniformParts(scope: Scope | null): (interval: Interval) => Generator<Interval> {
  const intervals = [...classEdges, ...(scope?.ranges ?? []), ...(scope?.excluded.intervals ?? [])];
  const cuts = [...new Set(intervals.flatMap(({ first, last }) => [first, last + 1n]))].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return function* ({ first, last }) {
    let from = first;
    for (let index = firstAbove(cuts, first); from <= last; index += 1) {
      const cut = cuts[index];
      const to = cut === undefined || cut > last ? last : cut - 1n;
      yield { first: from, last: to };
      from = to + 1n;
    }
  };
}

/** Index of the first cut above `address`. */
function firstAbove(cuts: readonly bigint[], address: bigint): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((cuts[middle] as bigint) <= address) low = middle + 1;
    else high = middle;
  }
  return low;
}
