import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atLeast, type Estimate, exactly } from '../model/exposure.js';
import { noTotals, type ScanTotals } from '../model/totals.js';
import { mergeTotals, summaryOf } from './totals.js';

const figure: fc.Arbitrary<Estimate | null> = fc.oneof(fc.constant(null), fc.nat(1000).map(exactly), fc.nat(1000).map(atLeast));
const totals: fc.Arbitrary<ScanTotals> = fc
  .record({ count: fc.nat(9), images: figure, isUncounted: fc.boolean(), outcome: fc.constantFrom('observed' as const, 'refused' as const) })
  .map(({ count, images, isUncounted, outcome }) => ({
    ...noTotals,
    targets: count,
    endpoints: count,
    findings: { ...noTotals.findings, high: count },
    outcomes: { [outcome]: count },
    images,
    uncounted: { ...noTotals.uncounted, images: isUncounted },
    traffic: { ...noTotals.traffic, bytesSent: count },
  }));

describe('totals', () => {
  it('do not depend on the order, nor on what was added first: threads hand in what they have', () => {
    fc.assert(
      fc.property(totals, totals, totals, (a, b, c) => {
        expect(mergeTotals(a, b)).toEqual(mergeTotals(b, a));
        expect(mergeTotals(mergeTotals(a, b), c)).toEqual(mergeTotals(a, mergeTotals(b, c)));
        expect(mergeTotals(a, noTotals)).toEqual(a);
      }),
    );
  });

  it('are lower bounds where something open could not be counted', () => {
    const summary = summaryOf({ ...noTotals, images: exactly(5), uncounted: { images: true, studies: false, patients: false } });
    expect(summary.images).toEqual({ value: 5, basis: 'at-least', low: 5, high: null });
    expect(summaryOf({ ...noTotals, images: exactly(5) }).images).toEqual(exactly(5));
  });
});
