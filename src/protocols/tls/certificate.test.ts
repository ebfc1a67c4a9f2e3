import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { certificates } from '../../../test/fixtures/certificates.js';
import { readCertificate } from './certificate.js';

describe('a certificate', () => {
  it('that an authority signed is read in full', () => {
    expect(readCertificate(certificates.authorised)).toEqual({
      subject: 'CN=pacs.example,OU=\\#7 \\",OU=a\\+b,O=Röntgen\\, Inc.,C=DE',
      issuer: 'CN=Example CA',
      selfSigned: false,
      notBefore: Date.parse('2026-11-24T02:24:02Z'),
      notAfter: Date.parse('2036-11-21T02:24:02Z'),
      key: { type: 'ec', bits: 256 },
      signatureAlgorithm: 'ecdsa-with-SHA256',
      names: ['pacs.example', '*.img.example', '192.0.2.7', '2001:db8::7'],
      fingerprint: '1c7874396f8e84a42ffaea0306dcb193156a26e567172df9db675f0745dc9486',
    });
  });

  it.each([
    ['rsa1024Sha1', true, { type: 'rsa', bits: 1024 }, 'sha1WithRSAEncryption'],
    ['signedOverSha1', false, { type: 'ec', bits: 256 }, 'sha1WithRSAEncryption'],
    ['pssSha256', true, { type: 'rsa', bits: 1024 }, 'rsassaPss-with-sha256'],
    ['pssSha1', true, { type: 'rsa', bits: 1024 }, 'rsassaPss-with-sha1'],
    ['dsa1024', true, { type: 'dsa', bits: 1024 }, 'dsa-with-sha256'],
    ['ec192', true, { type: 'ec', bits: 192 }, 'ecdsa-with-SHA256'],
    ['ed25519', true, { type: 'ed25519', bits: 256 }, 'Ed25519'],
  ] as const)('%s: who signed it, its key and its signature', (name, selfSigned, key, signatureAlgorithm) => {
    expect(readCertificate(certificates[name])).toMatchObject({ selfSigned, key, signatureAlgorithm, names: [] });
  });

  it('cannot bring a terminal command or a turned writing direction into a name', () => {
    expect(readCertificate(certificates.escapes)?.subject).toBe('CN=?[31mred?');
  });

  it('may have a relative name of two attributes', () => {
    expect(readCertificate(certificates.multiValued)?.subject).toBe('CN=one+OU=two,O=Org');
  });
});

describe('rubbish', () => {
  it.each([
    ['nothing', new Uint8Array()],
    ['an empty sequence', Uint8Array.from([0x30, 0])],
    ['half a certificate', certificates.authorised.subarray(0, 300)],
  ])('%s is no certificate', (_, bytes) => {
    expect(readCertificate(bytes)).toBeNull();
  });

  it('never throws, whatever came', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(readCertificate(bytes)).toBeNull();
      }),
    );
  });

  it('a DSA key with damaged parameters does not end the process, as it does in node:crypto', () => {
    const damaged = certificates.dsa1024.with(433, 87).with(435, 241);
    expect(readCertificate(damaged)).toMatchObject({ subject: 'CN=dsa', key: { type: 'dsa', bits: 1024 } });
  });

  it('a damaged certificate is read or is none, and never throws', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(certificates)), fc.nat(), fc.integer({ min: 0, max: 255 }), (der, at, value) => {
        const read = readCertificate(der.with(at % der.length, value));
        expect(read === null || read.fingerprint.length === 64).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
