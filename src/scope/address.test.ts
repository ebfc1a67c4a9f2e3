import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyAddress, groupsOf, ipv4Spellings, ipv6Spellings } from '../../test/fixtures/spellings.js';
import { AddressError, classify, formatAddress, isIpv4, networksOf, parseAddress, parseInterval, sizeOf, translatedIpv4 } from './address.js';

describe('an address', () => {
  it.each([
    ['10.0.0.5', '10.0.0.5'],
    ['::ffff:10.0.0.5', '10.0.0.5'],
    ['::FFFF:a00:5', '10.0.0.5'],
    ['0:0:0:0:0:ffff:0a00:0005', '10.0.0.5'],
    ['0:0:0:0:0:ffff:10.0.0.5', '10.0.0.5'],
    ['2001:DB8:0:0:0:0:0:5', '2001:db8::5'],
    ['::', '::'],
    ['::1', '::1'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
    ['64:ff9b::10.0.0.5', '64:ff9b::a00:5'],
  ])('%s is %s', (text, canonical) => {
    expect(formatAddress(parseAddress(text))).toBe(canonical);
  });

  it.each([
    ['fe80::1%eth0', /zone id/],
    ['10.0.0.5%lo', /zone id/],
    ['010.0.0.5', /leading zero/],
    ['::ffff:010.0.0.5', /leading zero/],
    ['::ffff:0x0a.0.0.5', /not an IPv6 address/],
    ['256.0.0.1', /0 to 255/],
    ['10.0.5', /four numbers/],
    ['10', /four numbers/],
    ['0x7f.0.0.1', /four numbers/],
    ['10.0.0.5 ', /four numbers/],
    ['', /four numbers/],
    ['1::2::3', /not an IPv6/],
    ['12345::', /not an IPv6/],
    ['1:2:3:4:5:6:7:8:9', /not an IPv6/],
    ['[::1]', /not an IPv6/],
    ['１０.0.0.5', /four numbers/],
  ])('%s is refused', (text, reason) => {
    expect(() => parseAddress(text)).toThrow(AddressError);
    expect(() => parseAddress(text)).toThrow(reason);
  });

  it('has one value in every spelling', () => {
    fc.assert(
      fc.property(anyAddress, (address) => {
        for (const spelling of ipv6Spellings(address)) expect(parseAddress(spelling)).toBe(address);
        for (const spelling of ipv4Spellings(address)) expect(parseAddress(spelling)).toBe(address);
        expect(parseAddress(formatAddress(address))).toBe(address);
        expect(groupsOf(address)).toHaveLength(8);
      }),
    );
  });

  it('is an address or an AddressError of one short line, whatever the text', () => {
    const soup = fc.string({ unit: fc.constantFrom(...'0123456789abcfx.:/-%[] \n\u202e') });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), soup), (text) => {
        try {
          const interval = parseInterval(text, 'dropped');
          expect(interval.first <= interval.last && interval.first >= 0n && interval.last < 1n << 128n).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(AddressError);
          expect((error as Error).message).not.toMatch(/[\p{C}\u2028\u2029]/u);
          expect((error as Error).message.length).toBeLessThan(250);
        }
      }),
    );
  });
});

describe('an interval', () => {
  it.each([
    ['10.0.0.5', '10.0.0.5', '10.0.0.5', 1n],
    ['10.0.0.5/24', '10.0.0.0', '10.0.0.255', 256n],
    ['::ffff:10.0.0.5/120', '10.0.0.0', '10.0.0.255', 256n],
    ['10.0.0.1-9', '10.0.0.1', '10.0.0.9', 9n],
    ['10.0.0.1 - 10.0.1.0', '10.0.0.1', '10.0.1.0', 256n],
    ['::ffff:10.0.0.1-10.0.0.9', '10.0.0.1', '10.0.0.9', 9n],
    ['2001:db8::/126', '2001:db8::', '2001:db8::3', 4n],
    ['2001:db8::1-2001:db8::a', '2001:db8::1', '2001:db8::a', 10n],
    ['0.0.0.0/0', '0.0.0.0', '255.255.255.255', 1n << 32n],
    ['::/0', '::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 1n << 128n],
  ])('%s is %s to %s', (text, first, last, size) => {
    const interval = parseInterval(text, 'dropped');
    expect([formatAddress(interval.first), formatAddress(interval.last), sizeOf(interval)]).toEqual([first, last, size]);
  });

  it.each([
    ['10.0.0.0/33', /0 to 32/],
    ['2001:db8::/129', /0 to 128/],
    ['10.0.0.0/', /0 to 32/],
    ['10.0.0.0/-1', /0 to 32/],
    ['10.0.0.0/24/8', /0 to 32/],
    ['10.0.0.9-1', /backwards/],
    ['10.0.0.1-256', /0 to 255/],
    ['10.0.0.1-', /four numbers/],
    ['10.0.0.1-::1', /mixes/],
    ['fe80::%eth0/64', /zone id/],
  ])('%s is refused', (text, reason) => {
    expect(() => parseInterval(text, 'dropped')).toThrow(reason);
  });

  it('with host bits is refused where one address may have been meant', () => {
    expect(() => parseInterval('10.0.0.5/24', 'refused')).toThrow('write 10.0.0.0/24 for the network or 10.0.0.5 for the one address');
    expect(parseInterval('10.0.0.0/24', 'refused')).toEqual(parseInterval('10.0.0.5/24', 'dropped'));
  });
});

describe('the class of', () => {
  it.each([
    ['127.0.0.1', 'loopback'],
    ['127.255.255.255', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['::1', 'loopback'],
    ['10.255.0.1', 'private'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['172.32.0.0', 'public'],
    ['192.168.1.1', 'private'],
    ['169.254.1.1', 'private'],
    ['100.64.0.1', 'private'],
    ['100.128.0.0', 'public'],
    ['fd00::1', 'private'],
    ['fe80::1', 'private'],
    ['febf::1', 'private'],
    ['fec0::1', 'public'],
    ['::ffff:192.168.1.1', 'private'],
    ['8.8.8.8', 'public'],
    ['192.0.2.1', 'public'],
    ['2001:db8::1', 'public'],
    ['64:ff9b::10.0.0.5', 'public'],
    ['2002:a00:5::1', 'public'],
    ['0.0.0.0', 'never'],
    ['0.1.2.3', 'never'],
    ['224.0.0.1', 'never'],
    ['255.255.255.255', 'never'],
    ['240.0.0.1', 'never'],
    ['::', 'never'],
    ['::10.0.0.5', 'never'],
    ['::2', 'never'],
    ['::ffff:ffff', 'never'],
    ['::1:0:0', 'public'],
    ['ff02::1', 'never'],
    ['::ffff:0.0.0.0', 'never'],
  ])('%s is %s', (text, kind) => {
    expect(classify(parseAddress(text))).toBe(kind);
  });

  it('every address of a listed network is what the list says', () => {
    for (const kind of ['loopback', 'private'] as const) {
      for (const network of networksOf(kind)) expect([classify(network.first), classify(network.last)]).toEqual([kind, kind]);
    }
  });
});

describe('an IPv4 address behind a gateway', () => {
  it.each([
    ['64:ff9b::10.0.0.5', '10.0.0.5'],
    ['64:ff9b:1::10.0.0.5', '10.0.0.5'],
    ['::ffff:0:10.0.0.5', '10.0.0.5'],
    ['2002:a00:5::1', '10.0.0.5'],
  ])('%s leads to %s', (text, ipv4) => {
    const behind = translatedIpv4(parseAddress(text));
    expect(behind !== undefined && isIpv4(behind) && formatAddress(behind)).toBe(ipv4);
  });

  it.each(['2001:db8::10.0.0.5', '10.0.0.5', '::1'])('%s leads nowhere else', (text) => {
    expect(translatedIpv4(parseAddress(text))).toBeUndefined();
  });
});
