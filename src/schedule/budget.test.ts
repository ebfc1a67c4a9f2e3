import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextPatience, nextStart } from './budget.js';

describe('nextStart', () => {
  it('spaces starts evenly, whenever they are asked for', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 2 }), fc.integer({ min: 1, max: 500 }), (waits, perSecond) => {
        let now = 0;
        let previous = Number.NEGATIVE_INFINITY;
        for (const wait of waits) {
          now += wait;
          const start = nextStart(previous, now, perSecond);
          expect(start).toBeGreaterThanOrEqual(now);
          expect(start - previous).toBeGreaterThanOrEqual(1000 / perSecond - 1e-6);
          previous = start;
        }
      }),
    );
  });
});

describe('nextPatience', () => {
  it('halves with every silent port, down to an eighth, and stays where a port answers', () => {
    let patience = 1;
    const after = [true, true, false, true, true].map((silent) => {
      patience = nextPatience(patience, silent);
      return patience;
    });
    expect(after).toEqual([0.5, 0.25, 0.25, 0.125, 0.125]);
  });
});
