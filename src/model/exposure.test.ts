import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addEstimates, atLeast, type Estimate, exactly } from './exposure.js';

const estimated: Estimate = { value: 50, basis: 'estimate', low: 40, high: 60 };

describe('addEstimates', () => {
  it.each([
    ['nothing known', [null, null], null],
    ['exact parts', [exactly(2), exactly(3)], exactly(5)],
    ['unknown parts are left out', [exactly(2), null], exactly(2)],
    ['one lower bound makes the sum one', [exactly(2), atLeast(3)], { value: 5, basis: 'at-least', low: 5, high: null }],
    ['one estimate makes the sum one', [exactly(2), estimated], { value: 52, basis: 'estimate', low: 42, high: 62 }],
    ['a lower bound outweighs an estimate', [atLeast(2), estimated], { value: 52, basis: 'at-least', low: 42, high: null }],
  ])('%s', (_title, parts, sum) => {
    expect(addEstimates(parts)).toEqual(sum);
  });

  it('does not depend on the order', () => {
    const part = fc.oneof(fc.constant(null), fc.nat(1000).map(exactly), fc.nat(1000).map(atLeast));
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        expect(addEstimates(parts)).toEqual(addEstimates(parts.toReversed()));
      }),
    );
  });
});
