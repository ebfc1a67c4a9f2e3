/** ACCESS, FSINFO, LOOKUP and READ of NFSv3. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WireError } from '../../../model/wire.js';
import { takesAnything } from './any-bytes.js';
import { decodeAccess, decodeLookup, decodeRead, encodeAccess, encodeLookup, encodeRead } from './nfs3.js';
import { XdrWriter } from './xdr.js';

/** fattr3 of a folder, mode 0755 of user 1000, changed 1.5 seconds after the epoch. */
const folder = (writer: XdrWriter): XdrWriter =>
  writer.uint32(1, 2, 0o40755, 3, 1_000, 100, 0, 4_096, 0, 4_096, 0, 0, 0, 0xab, 0, 7, 0, 0, 1, 500_000_000, 0, 0);
const attributes = { kind: 'folder', mode: 0o755, owner: 1_000, group: 100, size: 4_096, fileSystem: 'ab', fileId: '7', modified: 1_500 };
const handle = Uint8Array.of(9, 8, 7);

describe('ACCESS', () => {
  const good = folder(new XdrWriter().uint32(0)).uint32(0x1f).finish();

  it('says what is granted, and of what', () => {
    expect(decodeAccess(good)).toEqual({ status: 0, granted: 0x1f, attributes });
    expect(decodeAccess(new XdrWriter().uint32(0, 0, 3).finish())).toEqual({ status: 0, granted: 3, attributes: null });
    expect(decodeAccess(new XdrWriter().uint32(70).finish())).toEqual({ status: 70 });
  });

  it('takes any bytes', () => takesAnything(decodeAccess, good));
});

describe('LOOKUP', () => {
  const good = folder(new XdrWriter().uint32(0).opaque(handle)).finish();

  it('gives a handle', () => {
    expect(decodeLookup(good)).toEqual({ status: 0, handle, attributes });
    expect(decodeLookup(new XdrWriter().uint32(2).finish())).toEqual({ status: 2 });
  });

  it('takes any bytes', () => takesAnything(decodeLookup, good));
});

describe('READ', () => {
  const answer = (data: Uint8Array): Uint8Array => new XdrWriter().uint32(0, 0, data.length, 1).opaque(data).finish();

  it('gives back at most what was asked for', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 132 }), (data) => {
        expect(decodeRead(answer(data), 132)).toEqual({ status: 0, data });
      }),
    );
    expect(() => decodeRead(answer(new Uint8Array(133)), 132)).toThrow(WireError);
    expect(decodeRead(new XdrWriter().uint32(13).finish(), 132)).toEqual({ status: 13 });
  });

  it('takes any bytes', () => takesAnything((bytes) => decodeRead(bytes, 132), answer(new Uint8Array(5))));
});

it('asks for bits, for a name, and for the first bytes of a file', () => {
  expect(encodeAccess(handle, 0x3f)).toEqual(new XdrWriter().opaque(handle).uint32(0x3f).finish());
  expect(encodeLookup(handle, 'a')).toEqual(new XdrWriter().opaque(handle).text('a').finish());
  expect(encodeRead(handle, 132)).toEqual(new XdrWriter().opaque(handle).uint32(0, 0, 132).finish());
});
