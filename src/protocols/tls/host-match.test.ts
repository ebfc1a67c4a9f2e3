import { describe, expect, it } from 'vitest';
import { certificates } from '../../../test/fixtures/certificates.js';
import { matchHost } from './host-match.js';

describe('the host that was called', () => {
  it.each([
    ['pacs.example', 'matches', 'is named'],
    ['PACS.example.', 'matches', 'is named, whatever its case and with the dot of the root'],
    ['ct1.img.example', 'matches', 'fits the wildcard'],
    ['a.ct1.img.example', 'differs', 'is two labels deep, where a wildcard stands for one'],
    ['other.example', 'differs', 'is another'],
    ['192.0.2.7', 'matches', 'is a named address'],
    ['2001:db8::7', 'matches', 'is a named IPv6 address'],
    ['192.0.2.8', 'unknown', 'is an address, under which nobody may ever call it'],
    ['localhost', 'unknown', 'is the end of a tunnel, perhaps'],
  ])('%s %s: it %s', (host, expected) => {
    expect(matchHost(certificates.authorised, host)).toBe(expected);
  });

  it('is not looked for in the common name, which RFC 9525 leaves out', () => {
    expect(matchHost(certificates.rsa1024Sha1, 'weak')).toBe('differs');
  });

  it('is unknown where there is no certificate to read', () => {
    expect(matchHost(Uint8Array.from([1, 2, 3]), 'pacs.example')).toBe('unknown');
  });
});
