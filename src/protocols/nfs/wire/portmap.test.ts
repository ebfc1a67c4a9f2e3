/** The portmapper's list. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { WireError } from '../../../model/wire.js';
import { takesAnything } from './any-bytes.js';
import { decodeMappings } from './portmap.js';
import { XdrWriter } from './xdr.js';

const listOf = (mappings: readonly (readonly number[])[]): Uint8Array => {
  const writer = new XdrWriter();
  for (const mapping of mappings) writer.uint32(1, ...mapping);
  return writer.uint32(0).finish();
};
const good = listOf([
  [100_003, 3, 6, 2_049],
  [100_005, 3, 17, 20_048],
]);

it('reads programs, versions, protocols and ports', () => {
  expect(decodeMappings(good)).toEqual([
    { program: 100_003, version: 3, protocol: 'tcp', port: 2_049 },
    { program: 100_005, version: 3, protocol: 'udp', port: 20_048 },
  ]);
});

it('gives back as many as there are, and stops at a list that is too long', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(9), fc.nat(9), fc.nat(20), fc.nat(9)), { maxLength: 30 }), (list) => {
      expect(decodeMappings(listOf(list))).toHaveLength(list.length);
    }),
  );
  expect(() => decodeMappings(listOf(new Array(1_025).fill([1, 1, 6, 1])))).toThrow(new WireError('pmaplist', 20_484, 'more than 1024 mappings'));
});

it('takes any bytes', () => takesAnything(decodeMappings, good));
