/** Counts in words. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exactly } from '../model/exposure.js';
import { amount, grouped } from './amount-words.js';

it('groups figures by three, as English does', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (value) => {
      expect(grouped(value)).toBe(value.toLocaleString('en-US'));
    }),
  );
  expect(amount(exactly(1_234_567), 'image', 'images')).toBe('exactly 1,234,567 images');
});
