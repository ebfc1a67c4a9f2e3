/** Record marking on any bytes and any cut into fragments. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WireError } from '../../../model/wire.js';
import { decodeRecord, encodeRecord } from './record.js';

const limit = 1_000;
const mark = (length: number, isLast: boolean): readonly number[] => [
  (isLast ? 0x80 : 0) | (length >>> 24),
  (length >>> 16) & 255,
  (length >>> 8) & 255,
  length & 255,
];

/** A record cut into fragments, with noise behind it. */
const fragmented = fc
  .tuple(fc.array(fc.uint8Array({ maxLength: 60 }), { minLength: 1, maxLength: 8 }), fc.uint8Array({ maxLength: 10 }))
  .map(([parts, noise]) => ({
    record: parts.flatMap((part) => [...part]),
    bytes: Uint8Array.from([...parts.flatMap((part, index) => [...mark(part.length, index === parts.length - 1), ...part]), ...noise]),
    noise: noise.length,
  }));

describe('record marking', () => {
  it('joins the fragments, and one byte at a time gives the same as all at once', () => {
    fc.assert(
      fc.property(fragmented, ({ record, bytes, noise }) => {
        const whole = decodeRecord(bytes, limit);
        expect(whole).toEqual({ message: Uint8Array.from(record), consumed: bytes.length - noise });
        for (let end = 0; end < bytes.length - noise; end += 1) expect(decodeRecord(bytes.subarray(0, end), limit)).toBeUndefined();
      }),
    );
  });

  it('any bytes are a record, a piece of one or malformed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          const decoded = decodeRecord(bytes, limit);
          if (decoded) expect(decoded.consumed).toBeLessThanOrEqual(bytes.length);
        } catch (error) {
          expect(error).toBeInstanceOf(WireError);
        }
      }),
    );
  });

  it('gives back what was encoded', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (record) => {
        expect(decodeRecord(encodeRecord(record), limit)?.message).toEqual(record);
      }),
    );
  });

  it.each([
    ['a fragment of 2 GiB', Uint8Array.from([0xff, 0xff, 0xff, 0xff])],
    ['fragments that add up to more than the limit', Uint8Array.from([...mark(600, false), ...new Array(600).fill(0), ...mark(401, true)])],
    ['empty fragments without end', Uint8Array.from(new Array(300).fill([0, 0, 0, 0]).flat())],
  ])('%s is malformed as soon as it is announced', (_, bytes) => {
    expect(() => decodeRecord(bytes, limit)).toThrow(WireError);
  });
});
