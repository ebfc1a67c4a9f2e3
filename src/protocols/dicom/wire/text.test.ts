import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asciiBytes, asciiText } from './text.js';

describe('asciiText', () => {
  it('gives printable ASCII within the limit, without padding, for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(30), (bytes, limit) => {
        const text = asciiText(bytes, limit);
        expect(text).toMatch(/^[\x20-\x7e]*$/);
        expect(text).toBe(text.trim());
        expect(text.length).toBeLessThanOrEqual(limit);
      }),
    );
  });

  it('reads back printable text', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[!-~]{0,40}$/), (text) => {
        expect(asciiText(asciiBytes(text), 40)).toBe(text);
      }),
    );
  });
});
