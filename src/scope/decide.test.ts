import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyAddress, ipv4Spellings, ipv6Spellings } from '../../test/fixtures/spellings.js';
import { type Touch, touchAllows, touchLevels } from '../model/touch.js';
import { formatAddress } from './address.js';
import { decide } from './decide.js';
import { scopeFromAuthority } from './scope.js';
import { parseScope } from './scope-document.js';
import { type Exclusion, type Scope, type ScopeRange, scopeOf } from './scope-shape.js';

const now = Date.parse('2026-11-24T12:00:00Z');

const file = parseScope(
  'scope.yaml',
  `authority: "J. Weber, ticket 4711"
contact: it@example.org
ranges:
  - 10.20.0.0/16
  - { addresses: 10.20.7.0/24, touch: handshake, ports: [104, 11112] }
  - { addresses: 10.20.8.8, touch: credentials }
  - { addresses: 203.0.113.0/24, public: true }
  - { addresses: "2001:db8::/32", public: true }
  - { addresses: "64:ff9b::/96", public: true }
  - { addresses: 127.0.0.9, touch: connect, ports: 104 }
exclude:
  - { addresses: 10.20.7.31, why: CT 2 in clinical use }
  - 10.20.9.0/24
  - 127.0.0.66
`,
);

type Row = [scope: Scope | null, authority: string | null, address: string, port: number, wanted: Touch, expected: Touch | RegExp];
const rows: Row[] = [
  // Without anything
  [null, null, '127.0.0.1', 104, 'anonymous', 'anonymous'],
  [null, null, '::1', 104, 'connect', 'connect'],
  [null, null, '::ffff:127.0.0.1', 104, 'handshake', 'handshake'],
  [null, null, '127.0.0.1', 104, 'credentials', 'anonymous'],
  [null, null, '10.0.0.5', 104, 'anonymous', /^10\.0\.0\.5 is a private address: add --authorised-by "who, reference" or a scope file$/],
  [null, null, '::ffff:a00:5', 104, 'anonymous', /^10\.0\.0\.5 is a private address/],
  [null, null, 'fd00::5', 104, 'anonymous', /is a private address/],
  [null, null, '203.0.113.5', 104, 'anonymous', /^203\.0\.113\.5 is a public address: add --scope FILE/],
  [null, null, '64:ff9b::127.0.0.1', 104, 'anonymous', /is a public address/],
  [null, null, '0.0.0.0', 104, 'connect', /never contacted/],
  [null, null, '::', 104, 'connect', /never contacted/],
  [null, null, '255.255.255.255', 104, 'connect', /never contacted/],
  [null, null, 'pacs.example.org', 104, 'connect', /is not an IPv4 address/],
  [null, null, '127.0.0.1', 0, 'connect', /is not a port/],
  [null, null, '127.0.0.1', 65536, 'connect', /is not a port/],
  [null, null, 'fe80::1%eth0', 104, 'connect', /zone id/],
  // With --authorised-by
  [null, 'J. Weber, ticket 4711', '10.0.0.5', 104, 'anonymous', 'anonymous'],
  [null, 'J. Weber, ticket 4711', '10.0.0.5', 104, 'credentials', 'anonymous'],
  [null, 'J. Weber, ticket 4711', '10.0.0.5', 104, 'connect', 'connect'],
  [null, 'J. Weber, ticket 4711', '100.64.0.1', 104, 'anonymous', 'anonymous'],
  [null, 'J. Weber, ticket 4711', '203.0.113.5', 104, 'anonymous', /is a public address/],
  [null, 'J. Weber, ticket 4711', '64:ff9b::10.0.0.5', 104, 'anonymous', /is a public address/],
  [null, 'J. Weber, ticket 4711', '239.1.1.1', 104, 'anonymous', /never contacted/],
  [null, ' ', '10.0.0.5', 104, 'anonymous', /--authorised-by is empty/],
  [null, 'a\nb', '10.0.0.5', 104, 'anonymous', /--authorised-by is not one line/],
  [null, 'x'.repeat(301), '10.0.0.5', 104, 'anonymous', /--authorised-by is longer/],
  // With a scope file
  [file, null, '10.20.0.5', 4242, 'anonymous', 'anonymous'],
  [file, null, '10.20.0.5', 4242, 'credentials', 'anonymous'],
  [file, null, '10.20.8.8', 4242, 'credentials', 'credentials'],
  [file, null, '10.20.8.8', 4242, 'anonymous', 'anonymous'],
  [file, null, '::ffff:10.20.8.8', 4242, 'credentials', 'credentials'],
  [file, null, '10.20.7.5', 104, 'anonymous', 'handshake'],
  [file, null, '10.20.7.5', 104, 'connect', 'connect'],
  [file, null, '10.20.7.5', 4242, 'connect', /^port 4242 of 10\.20\.7\.5 is not among the ports of range 10\.20\.7\.0\/24: choose from --ports 104,11112$/],
  [file, null, '10.21.0.5', 104, 'connect', /^10\.21\.0\.5 is in no range of scope\.yaml/],
  [file, 'J. Weber, ticket 4711', '10.21.0.5', 104, 'connect', /is in no range/],
  [file, null, '203.0.113.5', 104, 'anonymous', 'anonymous'],
  [file, null, '203.0.114.5', 104, 'anonymous', /is in no range/],
  [file, null, '2001:db8::5', 104, 'anonymous', 'anonymous'],
  [file, null, '10.20.7.31', 104, 'connect', /^10\.20\.7\.31 is excluded by scope\.yaml \(CT 2 in clinical use\): /],
  [file, 'J. Weber, ticket 4711', '::ffff:a14:71f', 104, 'connect', /^10\.20\.7\.31 is excluded/],
  [file, null, '10.20.9.77', 104, 'connect', /^10\.20\.9\.77 is excluded by scope\.yaml: /],
  [file, null, '64:ff9b::10.20.7.31', 104, 'connect', /^64:ff9b::a14:71f is excluded .*it leads to 10\.20\.7\.31/],
  [file, null, '64:ff9b::10.20.7.30', 104, 'connect', 'connect'],
  [file, null, '2002:a14:71f::1', 104, 'connect', /is excluded/],
  [file, null, '224.0.0.1', 104, 'connect', /never contacted/],
  // Loopback needs no scope file, but exclusions and listed ranges hold there too
  [file, null, '127.0.0.1', 4242, 'anonymous', 'anonymous'],
  [file, null, '127.0.0.1', 4242, 'credentials', 'anonymous'],
  [file, null, '127.0.0.66', 4242, 'connect', /is excluded/],
  [file, null, '127.0.0.9', 104, 'anonymous', 'connect'],
  [file, null, '127.0.0.9', 4242, 'anonymous', /^port 4242/],
];

describe('deciding', () => {
  it.each(rows)('%#', (scope, authority, address, port, wanted, expected) => {
    const decision = decide(scope, authority, address, port, wanted, now);
    if (typeof expected === 'string') expect(decision).toEqual({ allowed: true, touch: expected });
    else expect(decision).toMatchObject({ allowed: false, reason: expect.stringMatching(expected) });
  });

  it('says which refusals are exclusions', () => {
    const excluded = (address: string) => decide(file, null, address, 104, 'connect', now);
    expect([excluded('10.20.7.31'), excluded('10.21.0.5'), excluded('224.0.0.1')]).toMatchObject([
      { excluded: true },
      { excluded: false },
      { excluded: false },
    ]);
  });

  it('takes the scope of --authorised-by as it takes the text', () => {
    const scope = scopeFromAuthority('J. Weber, ticket 4711');
    fc.assert(
      fc.property(anyAddress, fc.constantFrom(...touchLevels), (address, wanted) => {
        const [a, b] = [decide(scope, null, formatAddress(address), 104, wanted, now), decide(null, scope.authority, formatAddress(address), 104, wanted, now)];
        expect(a.allowed).toBe(b.allowed);
        if (a.allowed) expect(a).toEqual(b);
      }),
    );
  });
});

describe('dates and hours', () => {
  const dated = parseScope(
    'scope.yaml',
    `authority: x
contact: y
timezone: Europe/Berlin
valid: { from: 2026-11-02, until: 2026-11-30 }
windows:
  - { days: [mon, tue, wed, thu, fri], from: "22:00", to: "05:00" }
ranges: [10.20.0.0/16, 127.0.0.9]
exclude: [10.20.0.66]
`,
  );
  const ask = (iso: string, address = '10.20.0.5') => decide(dated, null, address, 104, 'anonymous', Date.parse(iso));

  it.each<[string, true | RegExp]>([
    ['2026-11-01T22:59:59Z', /holds from 2026-11-02, and it is 2026-11-01 in Europe\/Berlin/],
    ['2026-11-01T23:00:00Z', /outside of that/], // Monday 00:00 in Berlin: Sunday's night is not in the list
    ['2026-11-02T21:00:00Z', true], // Monday 22:00
    ['2026-11-03T03:59:00Z', true],
    ['2026-11-03T04:00:00Z', /allows mon, tue, wed, thu, fri 22:00-05:00 \(Europe\/Berlin\)/],
    ['2026-11-28T03:59:00Z', true], // Saturday morning is Friday's night
    ['2026-11-28T22:00:00Z', /outside of that/],
    ['2026-11-30T22:59:00Z', true],
    ['2026-11-30T23:00:00Z', /ended on 2026-11-30: have its authority renew it/],
  ])('%s', (iso, expected) => {
    const decision = ask(iso);
    if (expected === true) expect(decision).toEqual({ allowed: true, touch: 'anonymous' });
    else expect(decision).toMatchObject({ allowed: false, excluded: false, reason: expect.stringMatching(expected) });
  });

  it('holds on loopback where the file lists it, and leaves other loopback alone', () => {
    expect([ask('2027-01-01T00:00:00Z', '127.0.0.9').allowed, ask('2027-01-01T00:00:00Z', '127.0.0.1').allowed]).toEqual([false, true]);
  });

  it('an exclusion is named before a date', () => {
    expect(ask('2027-01-01T00:00:00Z', '10.20.0.66')).toMatchObject({ excluded: true });
  });
});

const interval = fc.tuple(anyAddress, anyAddress).map(([a, b]) => (a < b ? { first: a, last: b } : { first: b, last: a }));
const single = anyAddress.map((address) => ({ first: address, last: address }));
const exclusion = fc.oneof(single, interval).map((range): Exclusion => ({ ...range, text: 'x', why: null }));
/** A scope that allows everything, so that only its exclusions can refuse. */
const everything: ScopeRange = { first: 0n, last: (1n << 128n) - 1n, text: 'all', touch: 'credentials', ports: null };
const scopeWith = (exclude: readonly Exclusion[], ranges: readonly ScopeRange[] = [everything]): Scope =>
  scopeOf({ name: 's', authority: 'a', contact: null, ranges, exclude, timeZone: null, valid: { from: null, until: null }, windows: [] });

describe('exclusions', () => {
  it('refuse every address in them, in any spelling, whatever else the scope says', () => {
    const some = fc.array(exclusion, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        some,
        fc.nat(),
        fc.bigInt({ min: 0n, max: 1n << 128n }),
        fc.constantFrom(...touchLevels),
        fc.option(fc.constant('who, ref')),
        (exclude, pick, offset, wanted, authorised) => {
          const chosen = exclude[pick % exclude.length] as Exclusion;
          const address = chosen.first + (offset % (chosen.last - chosen.first + 1n));
          const scope = scopeWith(exclude);
          for (const spelling of [...ipv6Spellings(address), ...ipv4Spellings(address)]) {
            expect(decide(scope, authorised, spelling, 104, wanted, now).allowed).toBe(false);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('refuse nothing else', () => {
    fc.assert(
      fc.property(fc.array(exclusion, { maxLength: 5 }), anyAddress, (exclude, address) => {
        const decision = decide(scopeWith(exclude), null, formatAddress(address), 104, 'connect', now);
        const held = exclude.some((entry) => entry.first <= address && address <= entry.last);
        if (!decision.allowed && decision.excluded && !held) expect(decision.reason).toContain('it leads to');
        if (decision.allowed) expect(held).toBe(false);
      }),
    );
  });
});

it('a decision never allows more touch than was wanted, nor more than the range allows', () => {
  fc.assert(
    fc.property(anyAddress, fc.constantFrom(...touchLevels), fc.constantFrom(...touchLevels), (address, wanted, ceiling) => {
      const decision = decide(scopeWith([], [{ ...everything, touch: ceiling }]), null, formatAddress(address), 104, wanted, now);
      if (decision.allowed) expect([touchAllows(wanted, decision.touch), touchAllows(ceiling, decision.touch)]).toEqual([true, true]);
      else expect(decision.reason).toContain('never contacted');
    }),
  );
});
