/** readAttributes and encodeDataSet: any bytes, any depth, only what was asked for. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WireError } from '../../../model/wire.js';
import { ByteWriter } from './byte-writer.js';
import { type Attribute, encodeDataSet, readAttributes, readInItems } from './data-set.js';
import { explicitVrLittleEndian, implicitVrLittleEndian } from './uids.js';

const syntax = fc.constantFrom(implicitVrLittleEndian, explicitVrLittleEndian);
const tag = fc.constantFrom(0x00080020, 0x00080052, 0x00100010, 0x0020000d, 0x00201208, 0xfffee000, 0xfffee00d, 0xfffee0dd);
const all = new Set([0x00080020, 0x00080052, 0x00100010, 0x0020000d, 0x00201208]);

/** One element with a length that is mostly right, sometimes undefined and sometimes a lie. */
const element = fc.tuple(
  tag,
  fc.constantFrom('DA', 'SQ', 'UN', '??', ''),
  fc.uint8Array({ maxLength: 12 }),
  fc.constantFrom('right', 'right', 'undefined', 'lie'),
);
const writtenElement = element.map(([number, vr, value, honesty]) => {
  const writer = new ByteWriter().uint16le(number >>> 16).uint16le(number & 0xffff);
  const length = honesty === 'undefined' ? 0xffffffff : honesty === 'lie' ? value.length + 1 : value.length;
  if (vr === 'SQ' || vr === 'UN') writer.ascii(vr).uint16le(0).uint32le(length);
  else if (vr === '') writer.uint32le(length);
  else writer.ascii(vr).uint16le(length & 0xffff);
  return writer.bytes(honesty === 'undefined' ? new Uint8Array(0) : value).finish();
});
const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.array(writtenElement, { maxLength: 12 }).map((parts) => Uint8Array.from(parts.flatMap((part) => [...part]))),
);

const attribute: fc.Arbitrary<Attribute> = fc.record({
  tag: fc.tuple(fc.integer({ min: 8, max: 0x7fff }), fc.nat(0xffff)).map(([group, number]) => group * 0x10000 + number),
  vr: fc.constantFrom('DA', 'CS', 'UI', 'LO', 'PN', 'IS', 'SH', 'UC'),
  value: fc.stringMatching(/^[A-Z0-9.]{0,20}$/),
});
const attributes = fc.uniqueArray(attribute, { selector: ({ tag: number }) => number, maxLength: 12 });

const text = (value: Uint8Array | undefined) => String.fromCharCode(...(value ?? [])).replace(/[ \0]$/, '');

describe('readAttributes', () => {
  it('gives values or a WireError for any bytes', () => {
    fc.assert(
      fc.property(anyBytes, syntax, (bytes, transferSyntax) => {
        try {
          for (const value of readAttributes(bytes, transferSyntax, all).values()) expect(value.length).toBeLessThanOrEqual(bytes.length);
        } catch (error) {
          if (!(error instanceof WireError)) throw error;
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('reads back what encodeDataSet writes, in either transfer syntax', () => {
    fc.assert(
      fc.property(attributes, syntax, (list, transferSyntax) => {
        const found = readAttributes(encodeDataSet(list, transferSyntax), transferSyntax, new Set(list.map((entry) => entry.tag)));
        expect(new Map([...found].map(([number, value]) => [number, text(value)]))).toEqual(new Map(list.map((entry) => [entry.tag, entry.value])));
      }),
    );
  });

  it('hands out nothing that was not asked for', () => {
    fc.assert(
      fc.property(attributes, syntax, (list, transferSyntax) => {
        const wanted = new Set(list.slice(0, 2).map((entry) => entry.tag));
        const found = readAttributes(encodeDataSet(list, transferSyntax), transferSyntax, wanted);
        expect(new Set(found.keys())).toEqual(wanted);
      }),
    );
  });

  it('does not take a value out of a nested sequence for one of the top level', () => {
    const inner = encodeDataSet([{ tag: 0x00080020, vr: 'DA', value: '19990101' }], implicitVrLittleEndian);
    const writer = new ByteWriter().uint16le(0x0008).uint16le(0x1115).uint32le(0xffffffff); // SQ without a length
    writer.uint16le(0xfffe).uint16le(0xe000).uint32le(0xffffffff).bytes(inner); // item without a length
    writer.uint16le(0xfffe).uint16le(0xe00d).uint32le(0).uint16le(0xfffe).uint16le(0xe0dd).uint32le(0);
    expect(readAttributes(writer.finish(), implicitVrLittleEndian, all).size).toBe(0);
    writer.bytes(encodeDataSet([{ tag: 0x0020000d, vr: 'UI', value: '1.2' }], implicitVrLittleEndian));
    expect([...readAttributes(writer.finish(), implicitVrLittleEndian, all).keys()]).toEqual([0x0020000d]);
  });
});

describe('depth', () => {
  function nested(depth: number, closed: number): Uint8Array {
    const writer = new ByteWriter();
    for (let level = 0; level < depth; level += 1)
      writer.uint16le(0x0008).uint16le(0x1115).uint32le(0xffffffff).uint16le(0xfffe).uint16le(0xe000).uint32le(0xffffffff);
    for (let level = 0; level < closed; level += 1) writer.uint16le(0xfffe).uint16le(0xe00d).uint32le(0).uint16le(0xfffe).uint16le(0xe0dd).uint32le(0);
    return writer.bytes(encodeDataSet([{ tag: 0x0020000d, vr: 'UI', value: '1.2' }], implicitVrLittleEndian)).finish();
  }

  it('of 20,000 sequences costs no stack', () => {
    expect(text(readAttributes(nested(20_000, 20_000), implicitVrLittleEndian, all).get(0x0020000d))).toBe('1.2');
  });

  it('must be left again, and not more often than it was entered', () => {
    expect(() => readAttributes(nested(20_000, 19_999), implicitVrLittleEndian, all)).toThrow(/sequence .* has no end/);
    expect(() => readAttributes(nested(1, 2), implicitVrLittleEndian, all)).toThrow(/delimitation item .* ends what did not begin/);
  });
});

describe('work', () => {
  /** Counts how often the decoder asks whether a tag is wanted: once an element at most. */
  class CountingSet extends Set<number> {
    asked = 0;

    override has(value: number): boolean {
      this.asked += 1;
      return super.has(value);
    }
  }

  it('is one step for each element of eight bytes or more', () => {
    const counting = new CountingSet(all);
    readAttributes(new Uint8Array(80_000), implicitVrLittleEndian, counting);
    expect(counting.asked).toBe(10_000);
  });

  it('is bounded by the bytes, whatever they say', () => {
    fc.assert(
      fc.property(anyBytes, syntax, (bytes, transferSyntax) => {
        const counting = new CountingSet(all);
        try {
          readAttributes(bytes, transferSyntax, counting);
        } catch {
          // only the count matters here
        }
        expect(counting.asked).toBeLessThanOrEqual(Math.ceil(bytes.length / 8));
      }),
    );
  });
});

describe('encodeDataSet', () => {
  it('puts elements in ascending order and pads UIDs with NUL, the rest with a space', () => {
    const list = [
      { tag: 0x0020000d, vr: 'UI', value: '1.2' },
      { tag: 0x00080052, vr: 'CS', value: 'STUDY' },
    ];
    expect([...encodeDataSet(list, explicitVrLittleEndian)]).toEqual(
      [...'\x08\0\x52\0CS\x06\0STUDY \x20\0\x0d\0UI\x04\x001.2\0'].map((character) => character.charCodeAt(0)),
    );
  });
});

describe('sequences', () => {
  const otherIds = 0x00101002;
  const patientId = 0x00100020;
  const element = (number: number, vr: string, value: Uint8Array, length = value.length, explicit = true) => {
    const writer = new ByteWriter().uint16le(number >>> 16).uint16le(number & 0xffff);
    const isItem = number >>> 16 === 0xfffe;
    if (!explicit || isItem) writer.uint32le(length);
    else if (vr === 'SQ') writer.ascii(vr).uint16le(0).uint32le(length);
    else writer.ascii(vr).uint16le(length);
    return [...writer.bytes(value).finish()];
  };
  const nothing = new Uint8Array(0);
  const bytesOf = (...parts: readonly number[][]) => Uint8Array.from(parts.flat());
  const id = (value: string, explicit: boolean) => element(patientId, 'LO', new TextEncoder().encode(value), value.length, explicit);

  it.each([
    [true, explicitVrLittleEndian],
    [false, implicitVrLittleEndian],
  ] as const)('explicit %s: items of either length are found, and what follows is read', (explicit, transferSyntax) => {
    const whole = bytesOf(id('A1', explicit), element(0x00100022, 'CS', new TextEncoder().encode('TEXT'), 4, explicit));
    const items = bytesOf(element(0xfffee000, '', whole), element(0xfffee000, '', nothing, 0xffffffff), id('B2', explicit), element(0xfffee00d, '', nothing));
    const after = element(0x00104000, 'LT', new TextEncoder().encode('end '), 4, explicit);
    const ofKnownLength = bytesOf(element(otherIds, 'SQ', items, items.length, explicit), after);
    const ofUnknownLength = bytesOf(element(otherIds, 'SQ', items, 0xffffffff, explicit), element(0xfffee0dd, '', nothing), after);
    for (const bytes of [ofKnownLength, ofUnknownLength]) {
      const found = readAttributes(bytes, transferSyntax, new Set([otherIds, 0x00104000]));
      expect(text(found.get(0x00104000))).toBe('end');
      expect(readInItems(found.get(otherIds) ?? nothing, transferSyntax, patientId, 8).map(text)).toEqual(['A1', 'B2']);
      expect(readInItems(found.get(otherIds) ?? nothing, transferSyntax, patientId, 1).map(text)).toEqual(['A1']);
    }
  });

  it('gives values of the bytes or a WireError for any bytes', () => {
    fc.assert(
      fc.property(anyBytes, syntax, (bytes, transferSyntax) => {
        try {
          for (const value of readInItems(bytes, transferSyntax, 0x00100010, 4)) expect(value.length).toBeLessThanOrEqual(bytes.length);
        } catch (error) {
          if (!(error instanceof WireError)) throw error;
        }
      }),
      { numRuns: 2000 },
    );
  });
});
