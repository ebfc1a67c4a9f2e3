import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyAddress, ipv4Spellings, ipv6Spellings } from '../../test/fixtures/spellings.js';
import { formatAddress } from './address.js';
import { addressesIn, parseTarget, TargetError } from './target.js';

const shown = (text: string) => {
  const target = parseTarget(text);
  const where =
    target.kind === 'host'
      ? target.name
      : [formatAddress(target.first), formatAddress(target.last)].filter((end, index, ends) => ends.indexOf(end) === index).join('-');
  return [where, target.port, target.transport];
};

describe('a target', () => {
  it.each([
    ['10.0.0.5', '10.0.0.5', null, null],
    [' 10.0.0.5 ', '10.0.0.5', null, null],
    ['10.0.0.5:104', '10.0.0.5', 104, null],
    ['10.0.0.5/24', '10.0.0.0-10.0.0.255', null, null],
    ['10.0.0.0/24:104', '10.0.0.0-10.0.0.255', 104, null],
    ['10.0.0.1-9:104', '10.0.0.1-10.0.0.9', 104, null],
    ['10.0.0.1-10.0.0.9', '10.0.0.1-10.0.0.9', null, null],
    ['10.0.0.0/8', '10.0.0.0-10.255.255.255', null, null],
    ['2001:db8::5', '2001:db8::5', null, null],
    ['[2001:db8::5]:104', '2001:db8::5', 104, null],
    ['[::1]', '::1', null, null],
    ['2001:db8::/120', '2001:db8::-2001:db8::ff', null, null],
    ['[2001:db8::/120]:104', '2001:db8::-2001:db8::ff', 104, null],
    ['::ffff:10.0.0.5', '10.0.0.5', null, null],
    ['[::ffff:10.0.0.5]:104', '10.0.0.5', 104, null],
    ['pacs.example.org', 'pacs.example.org', null, null],
    ['PACS.Example.org.:11112', 'pacs.example.org', 11112, null],
    ['ct_2-old', 'ct_2-old', null, null],
    ['3com.example', '3com.example', null, null],
    ['dicom://pacs.example.org:104', 'pacs.example.org', 104, null],
    ['DICOM://10.0.0.5:104/', '10.0.0.5', 104, null],
    ['dicom://pacs.example.org', 'pacs.example.org', null, null],
    ['dicom+tls://[2001:db8::5]:2762', '2001:db8::5', 2762, 'tls'],
    ['dicoms://pacs.example.org:2762', 'pacs.example.org', 2762, 'tls'],
  ])('%s', (text, where, port, transport) => {
    expect(shown(text)).toEqual([where, port, transport]);
  });

  it.each([
    ['', /is not a target/],
    ['-x', /is not a target/],
    ['pacs example', /is not a target/],
    ['pacs..example', /is not a target/],
    ['user@pacs', /is not a target/],
    ['münchen.example', /is not a target/],
    ['x'.repeat(64), /is not a target/],
    ['10.0.0.5:0', /not a port/],
    ['10.0.0.5:70000', /not a port/],
    ['pacs:', /not a port/],
    ['pacs:dicom', /not a port/],
    ['10.0.0.256', /0 to 255/],
    ['10.0.0', /four numbers/],
    ['2130706433', /four numbers/],
    ['0x7f000001', /every system reads alike/],
    ['0x7f.1', /every system reads alike/],
    ['example.5', /every system reads alike/],
    ['010.0.0.5', /leading zero/],
    ['10.0.0.9-1', /backwards/],
    ['fe80::1%eth0', /zone id/],
    ['[fe80::1%eth0]:104', /zone id/],
    ['10.0.0.0/7', /larger than a \/8/],
    ['0.0.0.0/0', /larger than a \/8/],
    ['0.0.0.0-255.255.255.255', /larger than a \/8/],
    ['2001:db8::/95', /larger than a \/96/],
    ['::/0', /larger than a \/96/],
    ['https://pacs.example.org/', /"https" is not audited/],
    ['file:///etc/passwd', /"file" is not audited/],
    ['dicom://pacs.example.org:104/AET', /only host and port/],
    ['dicom://user@pacs.example.org', /only host and port/],
    ['toString://x', /not audited/],
  ])('%j is refused', (text, reason) => {
    expect(() => parseTarget(text)).toThrow(TargetError);
    expect(() => parseTarget(text)).toThrow(reason);
  });

  it('is a target or a TargetError of one line, whatever the text', () => {
    const soup = fc.string({ unit: fc.constantFrom(...'0123456789abcfxz.:/-%[]@ \n') });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), soup), (text) => {
        try {
          expect(['addresses', 'host']).toContain(parseTarget(text).kind);
        } catch (error) {
          expect(error).toBeInstanceOf(TargetError);
          expect((error as Error).message).not.toMatch(/[\p{C}\u2028\u2029]/u);
        }
      }),
    );
  });

  it('is the same interval in every spelling of an address', () => {
    fc.assert(
      fc.property(anyAddress, fc.integer({ min: 1, max: 65535 }), (address, port) => {
        for (const text of [...ipv6Spellings(address), ...ipv4Spellings(address)])
          expect(parseTarget(text)).toMatchObject({ first: address, last: address, port: null });
        for (const text of ipv6Spellings(address)) expect(parseTarget(`[${text}]:${port}`)).toMatchObject({ first: address, last: address, port });
      }),
    );
  });
});

describe('expanding a network', () => {
  it('gives every address, the first and the last too', () => {
    const target = parseTarget('10.0.0.0/29');
    expect(target.kind === 'addresses' && [...addressesIn(target)].map(formatAddress)).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((last) => `10.0.0.${last}`));
  });

  it('gives the first addresses of a large network without making them all', () => {
    const target = parseTarget('2001:db8::/96');
    if (target.kind !== 'addresses') throw new Error('not addresses');
    const walk = addressesIn(target);
    expect([walk.next().value, walk.next().value].map((address) => formatAddress(address as bigint))).toEqual(['2001:db8::', '2001:db8::1']);
  });
});
