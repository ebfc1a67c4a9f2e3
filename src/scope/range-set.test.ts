import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rangeMap } from './range-map.js';
import { RangeSet } from './range-set.js';

const small = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20 }))
  .map(([first, length]) => ({ first: BigInt(first), last: BigInt(first + length) }));
const inside = (interval: { first: bigint; last: bigint }, address: bigint) => interval.first <= address && address <= interval.last;
const everyAddress = Array.from({ length: 90 }, (_, index) => BigInt(index));

describe('a set of ranges', () => {
  it('holds an address when one of its intervals does', () => {
    fc.assert(
      fc.property(fc.array(small), (intervals) => {
        const set = new RangeSet(intervals);
        for (const address of everyAddress) expect(set.has(address)).toBe(intervals.some((interval) => inside(interval, address)));
      }),
    );
  });

  it('covers and touches an interval as its addresses say', () => {
    fc.assert(
      fc.property(fc.array(small), small, (intervals, wanted) => {
        const set = new RangeSet(intervals);
        const held = everyAddress.filter((address) => inside(wanted, address)).map((address) => intervals.some((interval) => inside(interval, address)));
        expect([set.covers(wanted), set.touches(wanted)]).toEqual([held.every(Boolean), held.some(Boolean)]);
      }),
    );
  });

  it('keeps disjoint, ascending intervals', () => {
    expect(
      new RangeSet([
        { first: 5n, last: 9n },
        { first: 1n, last: 2n },
        { first: 3n, last: 5n },
        { first: 20n, last: 20n },
      ]).intervals,
    ).toEqual([
      { first: 1n, last: 9n },
      { first: 20n, last: 20n },
    ]);
  });
});

describe('a map of ranges', () => {
  it('finds the narrowest of nested ranges, and reports any other overlap', () => {
    fc.assert(
      fc.property(fc.array(small, { maxLength: 6 }), (intervals) => {
        const map = rangeMap(intervals);
        const clash = intervals.some((a, i) => intervals.some((b, j) => i < j && overlapsWithoutNesting(a, b)));
        expect(map.conflict !== undefined).toBe(clash);
        if (clash) return;
        for (const address of everyAddress) {
          const holding = intervals.filter((interval) => inside(interval, address)).sort((a, b) => Number(a.last - a.first - (b.last - b.first)));
          expect(map.at(address)).toBe(holding[0]);
        }
      }),
      { numRuns: 400 },
    );
  });
});

function overlapsWithoutNesting(a: { first: bigint; last: bigint }, b: { first: bigint; last: bigint }): boolean {
  if (a.last < b.first || b.last < a.first) return false;
  const aHoldsB = a.first <= b.first && b.last <= a.last;
  const bHoldsA = b.first <= a.first && a.last <= b.last;
  return aHoldsB === bHoldsA;
}
