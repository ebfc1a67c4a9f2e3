import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';

describe('ByteWriter', () => {
  it('keeps what was written when it grows', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 900 }), { maxLength: 12 }), (parts) => {
        const writer = new ByteWriter();
        for (const part of parts) writer.counted32be(() => writer.bytes(part).zeros(3));
        const reader = new ByteReader(writer.finish());
        for (const part of parts) {
          const length = reader.uint32be('length');
          expect(reader.bytes('part', length)).toEqual(Uint8Array.of(...part, 0, 0, 0));
        }
        expect(reader.left).toBe(0);
      }),
    );
  });

  it('refuses a part that its 16-bit length cannot count', () => {
    const writer = new ByteWriter();
    expect(() => writer.counted16be(() => writer.zeros(0x10000))).toThrow(RangeError);
    expect(new ByteWriter().zeros(0).finish().length).toBe(0);
  });
});

describe('ByteReader', () => {
  it('says where in the whole message it ran out', () => {
    const outer = new ByteReader(new Uint8Array(10), 6);
    outer.skip('head', 4);
    const part = outer.part('item', 4);
    part.skip('reserved', 3);
    expect(() => part.uint16be('length')).toThrow('length at byte 13: needs 2 bytes, 1 are left');
    expect(() => outer.part('item', 3)).toThrow('item at byte 14: needs 3 bytes, 2 are left');
  });

  it('reads both byte orders', () => {
    const reader = () => new ByteReader(Uint8Array.of(0xfe, 0xdc, 0xba, 0x98));
    expect([reader().uint16be('x'), reader().uint32be('x'), reader().uint16le('x'), reader().uint32le('x')]).toEqual([0xfedc, 0xfedcba98, 0xdcfe, 0x98badcfe]);
  });
});
