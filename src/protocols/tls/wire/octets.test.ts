import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WireError } from '../../../model/wire.js';
import { counted, OctetReader, uint8, uint16, uint24 } from './octets.js';

describe('numbers', () => {
  it.each([
    [1, uint8, 0xff],
    [2, uint16, 0xffff],
    [3, uint24, 0xff_ffff],
  ] as const)('of %i bytes are read as they were written', (width, write, maximum) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: maximum }), (value) => {
        expect(new OctetReader(Uint8Array.from(write(value))).uint('value', width)).toBe(value);
      }),
    );
  });

  it('are big-endian', () => {
    expect(uint24(0x01_02_03)).toEqual([1, 2, 3]);
  });
});

describe('counted parts', () => {
  it('are read back, and what follows is left', () => {
    const reader = new OctetReader(Uint8Array.from([...counted(2, [7, 8], [9]), 5]));
    expect([...reader.counted('part', 2).bytes('all', 3)]).toEqual([7, 8, 9]);
    expect(reader.uint('rest', 1)).toBe(5);
    expect(reader.left).toBe(0);
  });

  it('that do not fit their length are refused', () => {
    expect(() =>
      counted(
        1,
        Array.from({ length: 256 }, () => 0),
      ),
    ).toThrow(RangeError);
    expect(
      counted(
        1,
        Array.from({ length: 255 }, () => 0),
      ),
    ).toHaveLength(256);
  });

  it('name the field and the offset where they are cut short', () => {
    const reader = new OctetReader(Uint8Array.from([0, 5, 1]), 100);
    expect(() => reader.counted('extension', 2)).toThrow(new WireError('extension', 102, 'needs 5 bytes, 1 are left'));
  });
});
