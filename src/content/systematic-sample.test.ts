import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededChance } from './chance.js';
import { systematicSample } from './systematic-sample.js';

const sizes = fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 40 });

describe('choosing in proportion to size', () => {
  it('takes none twice, and a multiple of what was asked', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 4 }), fc.nat(), (list, wanted, multiple, seed) => {
        const items = list.map((size, at) => ({ size, at }));
        const { certain, drawn } = systematicSample(items, ({ size }) => size, wanted, multiple, seededChance(seed));
        const chosen = [...certain, ...drawn.map(({ item }) => item)];
        expect(new Set(chosen).size).toBe(chosen.length);
        expect(drawn.length % multiple).toBe(0);
        for (const { probability } of drawn) expect(probability > 0 && probability <= 1).toBe(true);
        if (drawn.length === 0) expect(chosen).toHaveLength(items.length);
      }),
    );
  });

  it('has a mean over all its draws that is the true total, to the last digit', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 6 }), fc.infiniteStream(fc.integer({ min: 0, max: 500 })), (list, wanted, values) => {
        const items = list.map((size) => ({ size, value: values.next().value ?? 0 }));
        const steps = 2_000;
        let sum = 0;
        for (let step = 0; step < steps; step += 1) {
          const chance = { ...seededChance(1), next: () => (step + 0.5) / steps };
          const { certain, drawn } = systematicSample(items, ({ size }) => size, wanted, 1, chance);
          sum += certain.reduce((total, { value }) => total + value, 0);
          sum += drawn.reduce((total, { item, probability }) => total + item.value / probability, 0);
        }
        const truth = items.reduce((total, { value }) => total + value, 0);
        const largest = Math.max(...items.map(({ value }) => value));
        // a starting point on a grid stands for those beside it: each border costs at most one step of the grid
        const step = items.reduce((total, { size }) => total + size, 0) / wanted;
        expect(Math.abs(sum / steps - truth)).toBeLessThanOrEqual((2 * items.length * largest * step) / steps + 1e-6);
      }),
      { numRuns: 40 },
    );
  });

  it('is the same for the same seed', () => {
    const items = Array.from({ length: 50 }, (_, at) => at + 1);
    const choose = (seed: number) => systematicSample(items, (item) => item, 5, 5, seededChance(seed));
    expect(choose(3)).toEqual(choose(3));
    expect(choose(3)).not.toEqual(choose(4));
  });
});
