import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atLeast } from '../model/exposure.js';
import { intervalOf, leastOf } from './interval.js';

describe('a figure from independent estimates', () => {
  it.each([
    ['all the same', [50, 50, 50, 50], 10, { value: 50, low: 50, high: 50 }],
    ['never below what was seen', [50, 50, 50], 60, { value: 60, low: 60, high: 60 }],
    ['none of anything', [0, 0, 0], 0, { value: 0, low: 0, high: 0 }],
  ])('%s', (_, estimates, seen, expected) => {
    expect(intervalOf(estimates, seen)).toEqual({ basis: 'estimate', ...expected });
  });

  it('two estimates are too few for an interval', () => {
    expect(intervalOf([40, 60], 7)).toEqual(atLeast(7));
    expect(leastOf([40, 60], 7)).toEqual(atLeast(7));
  });

  it('is at least as wide as that of Student', () => {
    const { low, high } = intervalOf([90, 100, 110, 95, 105], 0);
    expect(low).toBeLessThanOrEqual(100 - 9.8);
    expect(high).toBeGreaterThanOrEqual(100 + 9.8);
  });

  it('reaches further up where the estimates are skewed', () => {
    const { value, low, high } = intervalOf([10, 12, 11, 10, 13, 90], 0);
    expect((high ?? 0) - value).toBeGreaterThan(value - low);
  });

  it('holds together for any estimates', () => {
    const estimate = fc.oneof(fc.double({ min: -100, max: 1e12, noNaN: true }), fc.constant(0));
    fc.assert(
      fc.property(fc.array(estimate, { maxLength: 25 }), fc.nat(1_000), (estimates, seen) => {
        const { value, low, high } = intervalOf(estimates, seen);
        expect([low >= seen, low <= value, high === null || high >= value, Number.isFinite(low)]).toEqual([true, true, true, true]);
        expect(leastOf(estimates, seen).low).toBeGreaterThanOrEqual(seen);
      }),
    );
  });
});
