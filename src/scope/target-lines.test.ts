import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAddress, parseAddress } from './address.js';
import { AddressList, readAddressList } from './address-list.js';
import { TargetError } from './target.js';
import { noTargetLines, readTargetLine } from './target-lines.js';

function read(...lines: string[]) {
  const into = noTargetLines();
  for (const [index, line] of lines.entries()) readTargetLine(line, 'list.txt', index + 1, into);
  return { count: into.count, names: into.names, lists: Object.fromEntries([...into.lists].map(([port, list]) => [String(port), list.text()])) };
}

describe('targets a line', () => {
  it('takes what the command line takes, and comments', () => {
    expect(read('# our devices', '10.0.0.5', '', '10.0.0.6   # the CT', '10.0.1.0/30', 'pacs.example.org:104', '2001:db8::5')).toEqual({
      count: 5,
      names: ['pacs.example.org:104'],
      lists: { null: '10.0.1.0-10.0.1.3 2001:db8::5 10.0.0.5-10.0.0.6' },
    });
  });

  it('takes lists of masscan and objects with an address and a port', () => {
    expect(
      read('#masscan', 'open tcp 104 10.0.0.9 1764000000', '{"ip":"10.0.0.9","port":11112}', '{"ip_str":"2001:db8::1","port":104}', '{"host":"10.0.0.1"}'),
    ).toEqual({
      count: 4,
      names: [],
      lists: { '104': '2001:db8::1 10.0.0.9', '11112': '10.0.0.9', null: '10.0.0.1' },
    });
  });

  it.each([
    ['10.0.0.999', 'list.txt:1: '],
    ['{"port":104}', 'list.txt:1: the object has no "ip"'],
    ['{"ip":', 'list.txt:1: the line begins like JSON'],
    ['a'.repeat(30_000), 'list.txt:1: the line is longer'],
  ])('refuses %s with its place', (line, message) => {
    expect(() => read(line)).toThrow(TargetError);
    expect(() => read(line)).toThrow(message);
  });
});

describe('a list of addresses', () => {
  it('gives each address once, in any order, with networks or without', () => {
    const base = parseAddress('10.0.0.0');
    const interval = fc
      .tuple(fc.nat(200), fc.oneof(fc.constant(0), fc.nat(20)))
      .map(([start, more]) => ({ first: base + BigInt(start), last: base + BigInt(start + more) }));
    fc.assert(
      fc.property(fc.array(interval, { maxLength: 60 }), (intervals) => {
        const list = new AddressList();
        for (const each of intervals) list.add(each);
        const expected = new Set<bigint>();
        for (const { first, last } of intervals) for (let address = first; address <= last; address += 1n) expected.add(address);
        const given: bigint[] = [];
        for (const { first, last } of readAddressList(list.text()).intervals()) for (let address = first; address <= last; address += 1n) given.push(address);
        expect(given.map(formatAddress).sort()).toEqual([...expected].map(formatAddress).sort());
      }),
    );
  });
});
