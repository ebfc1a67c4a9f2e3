import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { permutation } from './permutation.js';

const walk = (size: number, seed: number): number[] => Array.from({ length: size }, (_, index) => permutation(size, seed)(index));

describe('the order of a scan', () => {
  it('visits every place once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 600 }), fc.integer(), (size, seed) => {
        expect(walk(size, seed).sort((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, index) => index));
      }),
      { numRuns: 60 },
    );
  });

  it('is the same for the same seed and another for another', () => {
    expect(walk(256, 7)).toEqual(walk(256, 7));
    expect(walk(256, 7)).not.toEqual(walk(256, 8));
  });

  it('stays inside large spaces', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2 ** 20, max: 2 ** 48 }), fc.double({ min: 0, max: 0.999, noNaN: true }), fc.integer(), (size, part, seed) => {
        const place = permutation(size, seed)(Math.floor(size * part));
        expect(Number.isSafeInteger(place) && place >= 0 && place < size).toBe(true);
      }),
    );
  });

  it('spreads a network: a hundred visits in a row meet many /24s of a /16', () => {
    const order = permutation(65_536, 1);
    const networks = new Set(Array.from({ length: 100 }, (_, index) => order(index) >>> 8));
    expect(networks.size).toBeGreaterThan(70);
  });
});
