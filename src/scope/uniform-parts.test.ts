import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAddress, parseAddress, parseInterval } from './address.js';
import { decide } from './decide.js';
import { type Scope, scopeOf } from './scope-shape.js';
import { uniformParts } from './uniform-parts.js';

const base = parseAddress('10.0.0.0');
const within = (start: number, more: number) => ({ first: base + BigInt(start), last: base + BigInt(start + more) });

function scopeWith(ranges: readonly (readonly [number, number, 'handshake' | 'anonymous'])[], excluded: readonly (readonly [number, number])[]): Scope {
  const always = { timeZone: null, valid: { from: null, until: null }, windows: [] };
  return scopeOf({
    name: 'scope.yaml',
    authority: 'A',
    contact: null,
    ranges: ranges.map(([start, more, touch]) => ({ ...within(start, more), text: '', touch, ports: null })),
    exclude: excluded.map(([start, more]) => ({ ...within(start, more), text: '', why: null })),
    ...always,
  });
}

const pair = fc.tuple(fc.nat(90), fc.nat(20));

describe('parts of a network', () => {
  it('are decided alike, cover it whole and overlap nowhere', () => {
    const ranges = fc.array(fc.tuple(fc.nat(90), fc.nat(40), fc.constantFrom('handshake' as const, 'anonymous' as const)), { maxLength: 3 });
    fc.assert(
      fc.property(ranges, fc.array(pair, { maxLength: 6 }), pair, (allowed, excluded, [start, more]) => {
        const scope = scopeWith(allowed, excluded);
        let next = base + BigInt(start);
        for (const { first, last } of uniformParts(scope)(within(start, more))) {
          expect(first).toBe(next);
          const decisions = new Set<string>();
          for (let address = first; address <= last; address += 1n) {
            const decision = decide(scope, null, formatAddress(address), 104, 'anonymous', 0);
            decisions.add(decision.allowed ? decision.touch : String(decision.excluded));
          }
          expect(decisions.size).toBe(1);
          next = last + 1n;
        }
        expect(next).toBe(base + BigInt(start + more + 1));
      }),
    );
  });

  it('of a /8 at the border of private space are few', () => {
    expect([...uniformParts(null)(parseInterval('172.0.0.0/8', 'refused'))].map(({ first, last }) => `${formatAddress(first)}-${formatAddress(last)}`)).toEqual(
      ['172.0.0.0-172.15.255.255', '172.16.0.0-172.31.255.255', '172.32.0.0-172.255.255.255'],
    );
  });
});
