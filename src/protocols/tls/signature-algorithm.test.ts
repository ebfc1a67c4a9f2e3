import { describe, expect, it } from 'vitest';
import { signatureAlgorithmName } from './signature-algorithm.js';

const der = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const rsaPss = '1.2.840.113549.1.1.10';

describe('names of signature algorithms', () => {
  it.each([
    ['1.2.840.113549.1.1.4', 'md5WithRSAEncryption'],
    ['1.2.840.113549.1.1.11', 'sha256WithRSAEncryption'],
    ['1.2.840.10045.4.1', 'ecdsa-with-SHA1'],
    ['1.3.101.112', 'Ed25519'],
  ])('%s is %s', (identifier, name) => {
    expect(signatureAlgorithmName(identifier, null)).toBe(name);
  });

  it('a number that is not known stays a number', () => {
    expect(signatureAlgorithmName('1.2.156.10197.1.501', null)).toBe('1.2.156.10197.1.501');
  });

  it.each([
    ['SEQUENCE { [0] { SEQUENCE { OID sha384, NULL } } }', '30 11 a0 0f 30 0d 06 09 60 86 48 01 65 03 04 02 02 05 00', 'rsassaPss-with-sha384'],
    ['SEQUENCE { [0] { SEQUENCE { OID sha1, NULL } } }', '30 0d a0 0b 30 09 06 05 2b 0e 03 02 1a 05 00', 'rsassaPss-with-sha1'],
    ['SEQUENCE { [0] { SEQUENCE { OID of SHA3-256 } } }', '30 0f a0 0d 30 0b 06 09 60 86 48 01 65 03 04 02 08', 'rsassaPss-with-unknown'],
    ['SEQUENCE { [2] saltLength only }: the digest is the default', '30 05 a2 03 02 01 20', 'rsassaPss-with-sha1'],
    ['empty SEQUENCE: all defaults', '30 00', 'rsassaPss-with-sha1'],
    ['NULL, which is not allowed', '05 00', 'rsassaPss-with-unknown'],
  ])('RSASSA-PSS keeps its digest in the parameters: %s', (_, parameters, name) => {
    expect(signatureAlgorithmName(rsaPss, der(parameters))).toBe(name);
  });
});
