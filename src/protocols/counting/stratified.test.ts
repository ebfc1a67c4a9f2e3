import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chance } from './chance.js';
import { stratifiedTotal, studentQuantile } from './stratified.js';

describe('Student', () => {
  // NIST/SEMATECH e-Handbook, table 1.3.6.7.2.
  it.each([
    [1, 12.706],
    [2, 4.303],
    [3, 3.182],
    [5, 2.571],
    [10, 2.228],
    [30, 2.042],
    [100, 1.984],
  ])('with %i degrees of freedom', (freedom, quantile) => {
    expect(Math.abs(studentQuantile(freedom) - quantile)).toBeLessThan(0.02);
  });
});

describe('the total', () => {
  it('is exact where everything was asked', () => {
    expect(stratifiedTotal([])).toEqual({ value: 0, basis: 'exact', low: 0, high: 0 });
    expect(
      stratifiedTotal([
        { units: 2, values: [3, 4] },
        { units: 1, values: [5] },
      ]),
    ).toEqual({ value: 12, basis: 'exact', low: 12, high: 12 });
  });

  it('is worked out by hand for one stratum', () => {
    // mean 4, s² = 4, N²(1 - n/N)s²/n = 100 · 0.7 · 4/3, t₂ = 4.303
    const { value, low, high, basis } = stratifiedTotal([{ units: 10, values: [2, 4, 6] }]);
    expect({ value, basis }).toEqual({ value: 40, basis: 'estimate' });
    expect(high).toBe(Math.ceil(40 + 4.303 * Math.sqrt(100 * 0.7 * (4 / 3))));
    expect(low).toBe(12); // what was counted is there
  });

  it('lies within its interval, which never falls below what was counted', () => {
    const stratum = fc
      .record({ more: fc.nat(1_000), values: fc.array(fc.nat(10_000), { minLength: 2, maxLength: 20 }) })
      .map(({ more, values }) => ({ units: values.length + more, values }));
    fc.assert(
      fc.property(fc.array(stratum), (strata) => {
        const { value, low, high } = stratifiedTotal(strata);
        const counted = strata.flatMap(({ values }) => values).reduce((a, b) => a + b, 0);
        expect(low).toBeGreaterThanOrEqual(counted);
        expect(value).toBeGreaterThanOrEqual(low);
        expect(high).toBeGreaterThanOrEqual(value);
      }),
    );
  });
});

describe('chance', () => {
  it('draws each number once, and all of them where there are no more', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(50), fc.nat(50), (seed, count, limit) => {
        const drawn = chance(seed).distinct(count, limit);
        expect(new Set(drawn).size).toBe(Math.min(count, limit));
        expect(drawn.every((number) => number >= 0 && number < limit)).toBe(true);
      }),
    );
  });

  it('is the same for the same seed, and fair', () => {
    expect(chance(7).distinct(9, 1e6)).toEqual(chance(7).distinct(9, 1e6));
    expect(chance(7).distinct(9, 1e6)).not.toEqual(chance(8).distinct(9, 1e6));
    const first = chance(3);
    const firsts = [0, 0, 0, 0];
    for (let draw = 0; draw < 4_000; draw += 1) {
      const drawn = first.distinct(2, 4)[1] ?? 0;
      firsts[drawn] = (firsts[drawn] ?? 0) + 1;
    }
    for (const count of firsts) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });
});
