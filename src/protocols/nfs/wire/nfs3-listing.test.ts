/** READDIR and READDIRPLUS. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { WireError } from '../../../model/wire.js';
import { takesAnything } from './any-bytes.js';
import { decodeReaddir, decodeReaddirplus, encodeReaddir, encodeReaddirplus } from './nfs3-listing.js';
import { XdrWriter } from './xdr.js';

const verifier = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
const handle = Uint8Array.of(4, 3);
const start = (): XdrWriter => new XdrWriter().uint32(0, 0).fixed(verifier);

function plus(names: readonly string[]): Uint8Array {
  const writer = start();
  for (const [index, name] of names.entries()) writer.uint32(1, 0, index).text(name).uint64(BigInt(index)).uint32(0, 1).opaque(handle);
  return writer.uint32(0, 1).finish();
}

function plain(names: readonly string[]): Uint8Array {
  const writer = start();
  for (const [index, name] of names.entries()) writer.uint32(1, 0, index).text(name).uint64(BigInt(index));
  return writer.uint32(0, 1).finish();
}

it('gives back the names, with or without handles', () => {
  const name = fc.string({ unit: 'grapheme-ascii', maxLength: 20 });
  fc.assert(
    fc.property(fc.array(name, { maxLength: 10 }), (names) => {
      const entries = names.map((each, index) => ({ name: each, cookie: BigInt(index), attributes: null, handle }));
      expect(decodeReaddirplus(plus(names), 10)).toEqual({ status: 0, verifier, entries, isEnd: true });
      expect(decodeReaddir(plain(names), 10)).toEqual({ status: 0, verifier, entries: entries.map((entry) => ({ ...entry, handle: null })), isEnd: true });
    }),
  );
});

it('a refusal is a status', () => {
  expect(decodeReaddirplus(new XdrWriter().uint32(10_004).finish(), 10)).toEqual({ status: 10_004 });
});

it('more entries than fit into an answer are malformed', () => {
  expect(() => decodeReaddirplus(plus(['a', 'b', 'c']), 2)).toThrow('more than 2 entries in one answer');
  expect(() => decodeReaddir(plain(['a', 'b', 'c']), 2)).toThrow(WireError);
});

it('takes any bytes', () => {
  takesAnything((bytes) => decodeReaddirplus(bytes, 50), plus(['a', 'bc']));
  takesAnything((bytes) => decodeReaddir(bytes, 50), plain(['a', 'bc']));
});

it('asks where the last page ended', () => {
  const place = { cookie: 5n, verifier };
  expect(encodeReaddirplus(handle, place, 32_768)).toEqual(new XdrWriter().opaque(handle).uint64(5n).fixed(verifier).uint32(8_192, 32_768).finish());
  expect(encodeReaddir(handle, place, 32_768)).toEqual(new XdrWriter().opaque(handle).uint64(5n).fixed(verifier).uint32(32_768).finish());
});
