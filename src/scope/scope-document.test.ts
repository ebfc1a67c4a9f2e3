import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAddress } from './address.js';
import { parseScope } from './scope-document.js';
import { ScopeError } from './scope-shape.js';

const head = 'authority: "J. Weber, ticket 4711"\ncontact: it@example.org\n';
const ranges = 'ranges:\n  - 10.20.0.0/16\n';
const errorOf = (text: string): string => {
  try {
    parseScope('scope.yaml', text);
    return 'no error';
  } catch (error) {
    if (!(error instanceof ScopeError)) throw error;
    return error.message;
  }
};

describe('a scope file', () => {
  it('is read with all its terms', () => {
    const scope = parseScope(
      'scope.yaml',
      `# a comment
authority: "Dr. Müller, CISO, letter of 2026-11-02"
contact: +49 89 1234 (IT security)
timezone: Europe/Berlin
valid: { from: 2026-11-01, until: 2026-11-30 }
windows:
  - { days: [mon, Tue], from: "22:00", to: "05:00" }
  - { from: 00:00, to: 24:00 }
ranges:
  - 10.20.0.0/16
  - addresses: 10.20.7.0-10.20.7.9
    touch: handshake
    ports: [104, 11112, "4000-4002"]
    note: old modalities
  - { addresses: 2001:db8::/48, public: true, ports: 104 }
  - { addresses: "::1", touch: credentials }
exclude:
  - 10.20.7.5/30
  - addresses: fd00::5
    why: in clinical use
`,
    );
    expect(scope).toMatchObject({
      name: 'scope.yaml',
      authority: 'Dr. Müller, CISO, letter of 2026-11-02',
      contact: '+49 89 1234 (IT security)',
      timeZone: 'Europe/Berlin',
    });
    expect(scope.valid).toEqual({ from: '2026-11-01', until: '2026-11-30' });
    expect(scope.windows).toEqual([
      { days: ['mon', 'tue'], from: 1320, to: 300 },
      { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: 0, to: 1440 },
    ]);
    expect(scope.ranges.map((range) => [formatAddress(range.first), formatAddress(range.last), range.touch, range.ports])).toEqual([
      ['10.20.0.0', '10.20.255.255', 'anonymous', null],
      ['10.20.7.0', '10.20.7.9', 'handshake', [104, 4000, 4001, 4002, 11112]],
      ['2001:db8::', '2001:db8:0:ffff:ffff:ffff:ffff:ffff', 'anonymous', [104]],
      ['::1', '::1', 'credentials', null],
    ]);
    expect(scope.exclude.map((entry) => [formatAddress(entry.first), formatAddress(entry.last), entry.why])).toEqual([
      ['10.20.7.4', '10.20.7.7', null],
      ['fd00::5', 'fd00::5', 'in clinical use'],
    ]);
  });

  it('needs no more than authority, contact and ranges', () => {
    expect(parseScope('scope.yaml', head + ranges)).toMatchObject({ timeZone: null, valid: { from: null, until: null }, windows: [], exclude: [] });
  });

  it.each<[string, string, RegExp]>([
    ['nothing', '', /^scope\.yaml:1: a scope file must be/],
    ['a list', '- a\n', /^scope\.yaml:1: a scope file must be/],
    ['plain text', 'hello\n', /^scope\.yaml:1: a scope file must be/],
    ['no authority', `contact: x\n${ranges}`, /^scope\.yaml:1: authority is missing: add authority: "who/],
    ['an empty authority', `authority:\ncontact: x\n${ranges}`, /^scope\.yaml:1: authority is empty/],
    ['a blank authority', `authority: " "\ncontact: x\n${ranges}`, /^scope\.yaml:1: authority is empty/],
    ['a number for authority', `authority: 4711\ncontact: x\n${ranges}`, /^scope\.yaml:1: authority must be text: put it in quotes/],
    ['an authority of two lines', `authority: "a\\nb"\ncontact: x\n${ranges}`, /^scope\.yaml:1: authority must be one line/],
    ['no contact', `authority: x\n${ranges}`, /^scope\.yaml:1: contact is missing/],
    ['a contact that ends a header', `authority: x\ncontact: "a\\r\\nX: y"\n${ranges}`, /^scope\.yaml:2: contact must be one line/],
    ['no ranges', head, /^scope\.yaml:1: ranges is missing/],
    ['empty ranges', `${head}ranges: []\n`, /^scope\.yaml:3: ranges is empty/],
    ['ranges without a list', `${head}ranges: 10.0.0.0/8\n`, /^scope\.yaml:3: ranges must be a list/],
    ['a misspelt key', `${head}${ranges}excludes:\n  - 10.20.0.1\n`, /^scope\.yaml:5: a scope file has no key "excludes": the keys are authority, /],
    ['a misspelt key of a range', `${head}ranges:\n  - addresses: 10.0.0.0/8\n    port: 104\n`, /^scope\.yaml:5: a range has no key "port"/],
    ['a misspelt key of an exclusion', `${head}${ranges}exclude:\n  - adresses: 10.20.0.1\n`, /^scope\.yaml:6: an exclusion has no key "adresses"/],
    ['a key twice', `${head}${ranges}exclude:\n  - 10.20.0.1\nexclude: []\n`, /^scope\.yaml:7: "exclude" comes twice/],
    ['a wrong network', `${head}ranges:\n  - 10.20.0.0/16\n  - 10.30.0.0/33\n`, /^scope\.yaml:5: "10\.30\.0\.0\/33": the prefix of an IPv4 network is 0 to 32/],
    ['host bits in a range', `${head}ranges:\n  - 10.20.0.5/16\n`, /^scope\.yaml:4: .*write 10\.20\.0\.0\/16 for the network or 10\.20\.0\.5/],
    ['a zone id', `${head}ranges:\n  - fe80::1%eth0\n`, /^scope\.yaml:4: .*zone id/],
    ['a name as range', `${head}ranges:\n  - pacs.example.org\n`, /^scope\.yaml:4: "pacs\.example\.org" is a name/],
    ['a name as exclusion', `${head}${ranges}exclude: [ct-2]\n`, /^scope\.yaml:5: "ct-2" is a name/],
    ['a range without addresses', `${head}ranges:\n  - touch: connect\n`, /^scope\.yaml:4: addresses is missing/],
    ['an empty range', `${head}ranges:\n  -\n`, /^scope\.yaml:\d: a range must be/],
    ['a number as range', `${head}ranges:\n  - 10.2\n`, /^scope\.yaml:4: a range must be/],
    ['an unknown touch', `${head}ranges:\n  - { addresses: 10.0.0.0/8, touch: gentle }\n`, /^scope\.yaml:4: "gentle" is not a touch: choose one of connect, /],
    ['a wrong port', `${head}ranges:\n  - { addresses: 10.0.0.0/8, ports: [104, 70000] }\n`, /^scope\.yaml:4: "70000" is not a port/],
    ['no ports', `${head}ranges:\n  - { addresses: 10.0.0.0/8, ports: [] }\n`, /^scope\.yaml:4: the list of ports is empty/],
    ['public addresses', `${head}ranges:\n  - 203.0.113.0/24\n`, /^scope\.yaml:4: .*holds public addresses: add "public: true"/],
    ['a range that runs over into public addresses', `${head}ranges:\n  - 192.168.255.0-192.169.0.0\n`, /public addresses/],
    ['public that is not a yes', `${head}ranges:\n  - { addresses: 203.0.113.0/24, public: "yes" }\n`, /^scope\.yaml:4: public must be true or false/],
    ['the whole Internet', `${head}ranges:\n  - { addresses: 0.0.0.0/0, public: true }\n`, /multicast, reserved/],
    ['much of the Internet', `${head}ranges:\n  - { addresses: 16.0.0.0/5, public: true }\n`, /larger than a \/8/],
    ['the whole of IPv6', `${head}ranges:\n  - { addresses: 2000::/3, public: true }\n`, /larger than a \/24/],
    ['multicast', `${head}ranges:\n  - 224.0.0.0/24\n`, /never contacted/],
    ['IPv6 that holds all of IPv4', `${head}ranges:\n  - { addresses: "::/64", public: true }\n`, /never contacted/],
    ['overlapping ranges', `${head}ranges:\n  - 10.0.0.0-10.0.0.9\n  - 10.0.0.5-10.0.0.14\n`, /^scope\.yaml:5: .*overlap and neither lies within the other/],
    ['a range twice', `${head}ranges:\n  - 10.0.0.0/8\n  - { addresses: 10.0.0.0/8, touch: connect }\n`, /^scope\.yaml:5: .*overlap/],
    ['windows without a zone', `${head}${ranges}windows:\n  - { from: "22:00", to: "05:00" }\n`, /^scope\.yaml:6: dates and windows need a time zone/],
    ['dates without a zone', `${head}${ranges}valid: { until: 2026-11-30 }\n`, /need a time zone/],
    ['an unknown zone', `${head}${ranges}timezone: Berlin\n`, /^scope\.yaml:5: "Berlin" is not a time zone/],
    ['a wrong date', `${head}${ranges}timezone: UTC\nvalid: { until: 30.11.2026 }\n`, /^scope\.yaml:6: "30\.11\.2026" is not a date/],
    ['31 April', `${head}${ranges}timezone: UTC\nvalid: { until: 2026-04-31 }\n`, /"2026-04-31" is not a date/],
    ['an end before the start', `${head}${ranges}timezone: UTC\nvalid: { from: 2026-11-30, until: 2026-11-01 }\n`, /"until" is before "from"/],
    ['a wrong time', `${head}${ranges}timezone: UTC\nwindows: [{ from: "25:00", to: "05:00" }]\n`, /"25:00" is not a time of day/],
    ['an hour as a number', `${head}${ranges}timezone: UTC\nwindows: [{ from: 22, to: "05:00" }]\n`, /"22" is not a time of day/],
    ['a window without length', `${head}${ranges}timezone: UTC\nwindows: [{ from: "05:00", to: "05:00" }]\n`, /must have a length/],
    ['a window from 24:00', `${head}${ranges}timezone: UTC\nwindows: [{ from: "24:00", to: "05:00" }]\n`, /must have a length/],
    ['a window without an end', `${head}${ranges}timezone: UTC\nwindows: [{ from: "22:00" }]\n`, /to is missing/],
    ['an unknown day', `${head}${ranges}timezone: UTC\nwindows: [{ days: [monday], from: "22:00", to: "05:00" }]\n`, /"monday" is not a day/],
    ['a tab', `${head}ranges:\n\t- 10.0.0.0/8\n`, /^scope\.yaml:4: this is not YAML that can be read: tabs do not indent/],
    ['an open quote', `authority: "x\n${ranges}`, /this is not YAML/],
    ['two documents', `${head}${ranges}---\n${head}${ranges}`, /more than one document/],
    ['a tag', `${head}${ranges}exclude: !secret\n  - 10.20.0.1\n`, /this is not YAML/],
    ['an alias', `authority: &who x\ncontact: *who\n${ranges}`, /^scope\.yaml:2: aliases/],
    ['a merge', `authority: x\ncontact: y\nranges:\n  - &a { addresses: 10.0.0.0/8 }\n  - { <<: *a, touch: connect }\n`, /a range has no key "<<"/],
  ])('with %s is refused', (_, text, expected) => {
    expect(errorOf(text)).toMatch(expected);
  });

  it('allows ranges within ranges', () => {
    const scope = parseScope(
      'scope.yaml',
      `${head}ranges:\n  - { addresses: 10.1.2.3, touch: credentials }\n  - 10.0.0.0/8\n  - { addresses: 10.1.0.0/16, touch: connect }\n`,
    );
    expect(scope.ranges).toHaveLength(3);
    expect(scope.rangeMap.at(scope.ranges[0]?.first ?? 0n)?.touch).toBe('credentials');
  });

  it.each([
    ['aliases that multiply', `a: &a [x]\n${Array.from({ length: 30 }, (_, i) => `b${i}: &b${i} [*a, *a]`).join('\n')}\n`],
    ['brackets that nest', '['.repeat(500_000)],
    ['brackets that nest, line by line', '[\n'.repeat(250_000)],
    ['maps that nest', '{a: '.repeat(200)],
    ['entries that nest', '- '.repeat(499)],
    ['lines that indent', Array.from({ length: 900 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
    ['many errors', '["\n'.repeat(100)],
    ['many keys', Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`).join('\n')],
  ])('of %s ends in an error', (_, text) => {
    expect(errorOf(text)).toMatch(/^scope\.yaml:\d+: /);
  });

  it('is a scope or a ScopeError of one line, whatever the text', () => {
    const words = fc.constantFrom(
      'authority',
      'ranges',
      'exclude',
      ': ',
      '\n',
      '  ',
      '- ',
      '10.0.0.0/8',
      '[',
      ']',
      '{',
      '}',
      '"',
      '&a ',
      '*a',
      '!x ',
      '|\n',
      '# ',
      '2026-11-01',
      'x',
      '? ',
      '\t',
      '%YAML 1.1\n',
      '---\n',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(words, { maxLength: 40 }).map((parts) => parts.join('')),
        ),
        (text) => {
          const message = errorOf(text);
          expect(message).toMatch(/^scope\.yaml:\d+: /);
          expect(message).not.toMatch(/[\p{C}\u2028\u2029]/u);
        },
      ),
      { numRuns: 500 },
    );
  });
});
