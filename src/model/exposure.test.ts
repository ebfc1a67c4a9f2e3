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
    ['with a lower bound, of an estimate only its lower end is sure', [atLeast(2), estimated], atLeast(42)],
    ['an open archive that says no number', [estimated, atLeast(0)], atLeast(40)],
  ])('%s', (_title, parts, sum) => {
    expect(addEstimates(parts)).toEqual(sum);
  });

  it('does not depend on the order', () => {
    const part = fc.oneof(fc.constant(null), fc.nat(1000).map(exactly), fc.nat(1000).map(atLeast), fc.constant(estimated));
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        expect(addEstimates(parts)).toEqual(addEstimates(parts.toReversed()));
        expect(addEstimates(parts)).toEqual(parts.reduce<Estimate | null>((sum, each) => addEstimates([sum, each]), null));
      }),
    );
  });
});
