/** For the tests of decoders: bytes at random, and good bytes with a few of them changed. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { WireError } from '../../../model/wire.js';

/** Words as XDR has them: small numbers are lengths, flags and union arms that lead somewhere; large ones are lengths that lie. */
const word = fc.oneof(fc.nat(4), fc.nat(64), fc.nat(0xffffffff));
const words = fc.array(word, { maxLength: 60 }).map((values) => {
  const bytes = new Uint8Array(values.length * 4);
  for (const [index, value] of values.entries()) new DataView(bytes.buffer).setUint32(index * 4, value);
  return bytes;
});

export function nearly(good: Uint8Array): fc.Arbitrary<Uint8Array> {
  const changes = fc.array(fc.tuple(fc.nat(Math.max(0, good.length - 1)), fc.nat(255)), { minLength: 1, maxLength: 4 });
  return fc.tuple(changes, fc.nat(good.length)).map(([places, cut]) => {
    const bytes = good.slice(0, cut === 0 ? good.length : cut);
    for (const [at, value] of places) if (at < bytes.length) bytes[at] = value;
    return bytes;
  });
}

/** Whatever the bytes, `decode` returns or throws a `WireError` whose offset lies within them; one byte less than a good message is never one. */
export function takesAnything(decode: (bytes: Uint8Array) => unknown, good: Uint8Array): void {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), words, nearly(good)), (bytes) => {
      try {
        decode(bytes);
      } catch (error) {
        if (!(error instanceof WireError)) throw error;
        expect(error.offset).toBeLessThanOrEqual(bytes.length);
      }
    }),
  );
}
