import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WireError } from '../../../model/wire.js';
import { decodeFrame, decodeSeed } from './frame.js';

const frame = (tag: number, payload: readonly number[]): Uint8Array => Uint8Array.of(payload.length & 0xff, payload.length >> 8, 0, tag, ...payload);

describe('a frame', () => {
  it.each([
    ['data', 7, 'data'],
    ['an error of a transfer', 8, 'error'],
    ['information', 9, 'other'],
    ['an error', 10, 'error'],
    ['the end of the session with an error', 7 + 86, 'other'],
  ])('of %s', (_, tag, kind) => {
    const bytes = frame(tag, [1, 2, 3]);
    expect(decodeFrame(bytes, 10)).toEqual({ message: { kind, payload: Uint8Array.of(1, 2, 3) }, consumed: 7 });
    for (let length = 0; length < bytes.length; length += 1) expect(decodeFrame(bytes.subarray(0, length), 10)).toBeUndefined();
  });

  it('has a limit before its bytes are waited for', () => {
    expect(() => decodeFrame(Uint8Array.of(0xff, 0xff, 0xff, 7), 1_000)).toThrow(/is more than 1000/);
    expect(() => decodeFrame(Uint8Array.of(0, 0, 0, 0), 1_000)).toThrow(WireError);
    expect(() => decodeFrame(Uint8Array.of(0, 0, 0, 255), 1_000)).toThrow(WireError);
  });

  it('is one of three things for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        try {
          const decoded = decodeFrame(bytes, 30);
          if (decoded) expect(decoded.consumed).toBe(4 + decoded.message.payload.length);
        } catch (error) {
          expect(error).toBeInstanceOf(WireError);
        }
      }),
    );
  });
});

it('the seed is four bytes', () => {
  expect(decodeSeed(Uint8Array.of(1, 2, 3))).toBeUndefined();
  expect(decodeSeed(Uint8Array.of(1, 2, 3, 4, 5))).toEqual({ message: true, consumed: 4 });
});
