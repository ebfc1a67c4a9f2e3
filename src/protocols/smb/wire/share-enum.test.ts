/** NetrShareEnum: shares without their comments, counts that lie, any bytes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { survivesAnything } from '../../../../test/fixtures/decoding.js';
import { shareEnumStub } from '../../../estate/smb-answers.js';
import { decodeShareEnum, encodeShareEnum } from './share-enum.js';

const some = [
  { name: 'imaging', type: 0, remark: 'Synthetic' },
  { name: 'backup$', type: 0x80000000, remark: '' },
  { name: 'IPC$', type: 0x80000003, remark: 'x' },
];
const word = (stub: Uint8Array, at: number, value: number) => {
  const copy = stub.slice();
  new DataView(copy.buffer).setUint32(at, value, true);
  return copy;
};

describe('decodeShareEnum', () => {
  it('gives shares or a WireError for any bytes', () => survivesAnything(decodeShareEnum, [shareEnumStub(some), shareEnumStub([])]));

  it('reads names and kinds, and no comment', () => {
    const name = fc.stringMatching(/^[ -~]{1,30}$/);
    fc.assert(
      fc.property(fc.array(fc.record({ name, type: fc.constantFrom(0, 1, 2, 3, 0x80000000, 0x80000003), remark: name }), { maxLength: 10 }), (shares) => {
        const decoded = decodeShareEnum(shareEnumStub(shares));
        expect(decoded).toMatchObject({ result: 0, isWhole: true });
        expect(decoded.shares.map((share) => share.name)).toEqual(shares.map((share) => share.name));
        expect(decoded.shares.map(({ isSpecial }) => isSpecial)).toEqual(shares.map(({ type }) => type >= 0x80000000));
      }),
    );
    expect(JSON.stringify(decodeShareEnum(shareEnumStub(some)))).not.toContain('Synthetic');
  });

  it.each([
    ['a count beyond what there is', word(shareEnumStub(some), 12, 0xffffffff), /EntriesRead/],
    ['a count beyond its own maximum', word(shareEnumStub(some), 12, 4), /EntriesRead/],
    ['a maximum that lies with it', word(word(shareEnumStub(some), 12, 1_000), 20, 1_000), /shi1_|string|count/],
    ['a text of four thousand million characters', word(shareEnumStub(some), 24 + 36 + 8, 0xffffffff), /actual count/],
    ['another level', word(shareEnumStub(some), 0, 502), /Level/],
  ])('refuses %s', (_, stub, problem) => {
    expect(() => decodeShareEnum(stub)).toThrow(problem);
  });

  it('says what was refused and what is only a part', () => {
    expect(decodeShareEnum(shareEnumStub([], 5))).toMatchObject({ result: 5, shares: [] });
    expect(decodeShareEnum(shareEnumStub(some, 234))).toMatchObject({ result: 0, isWhole: false });
  });
});

it('asks at level 1 for 64 KiB', () => {
  const request = encodeShareEnum('\\\\127.0.0.1');
  expect(request.length % 4).toBe(0);
  expect(new DataView(request.slice().buffer).getUint32(request.length - 12, true)).toBe(65_536);
});
