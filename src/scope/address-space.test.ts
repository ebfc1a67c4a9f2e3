import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAddress, type Interval, parseAddress, parseInterval } from './address.js';
import { AddressSpace } from './address-space.js';

function spaceOf(...intervals: readonly Interval[]): AddressSpace {
  const space = new AddressSpace();
  for (const [target, interval] of intervals.entries()) space.add(target, interval);
  return space;
}

describe('the address space of a scan', () => {
  it('numbers every address of every target, IPv4 and IPv6', () => {
    const space = spaceOf(parseInterval('10.0.0.254-10.0.1.1', 'refused'), parseInterval('2001:db8::/126', 'refused'), parseInterval('10.0.0.1', 'refused'));
    const places = Array.from({ length: space.size }, (_, index) => space.at(index)).map(({ target, address }) => `${target} ${formatAddress(address)}`);
    expect(places).toEqual([
      '0 10.0.0.254',
      '0 10.0.0.255',
      '0 10.0.1.0',
      '0 10.0.1.1',
      '1 2001:db8::',
      '1 2001:db8::1',
      '1 2001:db8::2',
      '1 2001:db8::3',
      '2 10.0.0.1',
    ]);
  });

  it('holds a /8 and a /96 without a list', () => {
    const space = spaceOf(parseInterval('10.0.0.0/8', 'refused'), parseInterval('2001:db8::/96', 'refused'));
    expect(space.size).toBe(2 ** 24 + 2 ** 32);
    expect(formatAddress(space.at(space.size - 1).address)).toBe('2001:db8::ffff:ffff');
    expect([...space.indexesOf(parseAddress('10.255.255.255'))]).toEqual([2 ** 24 - 1]);
  });

  it('finds every index of an address again, also where targets overlap', () => {
    const interval = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 12 })).map(([start, length]) => {
      const first = parseAddress('10.0.0.0') + BigInt(start);
      return { first, last: first + BigInt(length) };
    });
    fc.assert(
      fc.property(fc.array(interval, { maxLength: 40 }), (intervals) => {
        const space = spaceOf(...intervals);
        const seen = new Map<bigint, number[]>();
        for (let index = 0; index < space.size; index += 1) {
          const { target, address } = space.at(index);
          expect((intervals[target]?.first ?? 0n) <= address && address <= (intervals[target]?.last ?? 0n)).toBe(true);
          seen.set(address, [...(seen.get(address) ?? []), index]);
        }
        for (const [address, indexes] of seen) expect([...space.indexesOf(address)].sort((a, b) => a - b)).toEqual(indexes);
        expect([...space.indexesOf(parseAddress('10.9.0.0'))]).toEqual([]);
      }),
    );
  });
});
