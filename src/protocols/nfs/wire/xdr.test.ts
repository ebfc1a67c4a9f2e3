/** XDR on numbers, bytes and text; running over the end or over a limit is an error that names the field. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WireError } from '../../../model/wire.js';
import { XdrReader, XdrWriter } from './xdr.js';

describe('XDR', () => {
  it('gives back what was written', () => {
    const bytes = fc.uint8Array({ maxLength: 20 });
    const text = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)), maxLength: 20 });
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.bigInt({ min: 0n, max: 0xffffffffffffffffn }), bytes, text, (number, long, content, name) => {
        const reader = new XdrReader(new XdrWriter().uint32(number).uint64(long).opaque(content).text(name).fixed(content).finish());
        expect([reader.uint32('a'), reader.uint64('b'), reader.opaque('c', 20), reader.text('d', 20), reader.fixed('e', content.length)]).toEqual([
          number,
          long,
          content,
          name,
          content,
        ]);
        expect(reader.left).toBe(0);
      }),
    );
  });

  it('pads to four bytes', () => {
    expect([...new XdrWriter().text('abcde').finish()]).toEqual([0, 0, 0, 5, 97, 98, 99, 100, 101, 0, 0, 0]);
  });

  it('a length of 4 GiB is compared with its limit before anything is made of it', () => {
    const reader = new XdrReader(new XdrWriter().uint32(0xffffffff).finish());
    expect(() => reader.opaque('filehandle', 64)).toThrow(new WireError('filehandle', 0, 'a length of 4294967295, where at most 64 are taken'));
  });

  it('running over the end names the field', () => {
    expect(() => new XdrReader(new Uint8Array(7)).uint64('size')).toThrow(new WireError('size', 0, 'needs 8 bytes, 7 are left'));
    expect(() => new XdrReader(new XdrWriter().uint32(5).finish()).text('name', 10)).toThrow(new WireError('name', 4, 'needs 8 bytes, 0 are left'));
  });
});
