import { SubjectPublicKeyInfo } from '@peculiar/asn1-x509';
import { describe, expect, it } from 'vitest';
import { publicKey } from './public-key.js';

const bytes = (hex: string): ArrayBuffer => new Uint8Array(Buffer.from(hex, 'hex')).buffer;

function key(algorithm: string, parameters: string, subjectPublicKey = ''): ReturnType<typeof publicKey> {
  return publicKey(
    new SubjectPublicKeyInfo({
      algorithm: { algorithm, parameters: bytes(parameters) } as SubjectPublicKeyInfo['algorithm'],
      subjectPublicKey: bytes(subjectPublicKey),
    }),
  );
}

const rsa = '1.2.840.113549.1.1.1';
const ec = '1.2.840.10045.2.1';
/** SEQUENCE { INTEGER of 257 bytes: 00 80 00 ..., INTEGER 65537 }: a modulus of 2048 bits. */
const rsa2048 = `3082010a02820101${`0080${'00'.repeat(255)}`}0203010001`;

describe('the length of a key', () => {
  it.each([
    ['RSA 2048: the zero in front is not counted', key(rsa, '0500', rsa2048), { type: 'rsa', bits: 2048 }],
    ['RSA 2041: nor are zero bits', key(rsa, '0500', rsa2048.replace('0080', '0001')), { type: 'rsa', bits: 2041 }],
    ['RSASSA-PSS key', key('1.2.840.113549.1.1.10', '3000', rsa2048), { type: 'rsa-pss', bits: 2048 }],
    ['P-384', key(ec, '06052b81040022'), { type: 'ec', bits: 384 }],
    ['brainpoolP256r1', key(ec, '06092b2403030208010107'), { type: 'ec', bits: 256 }],
    ['Ed448', key('1.3.101.113', ''), { type: 'ed448', bits: 456 }],
  ])('%s', (_, read, expected) => {
    expect(read).toEqual(expected);
  });

  it.each([
    ['a curve that is spelled out instead of named', key(ec, '3003020101'), 'ec'],
    ['an RSA key that is cut short', key(rsa, '0500', rsa2048.slice(0, 100)), 'rsa'],
    ['an RSA modulus of zero', key(rsa, '0500', '30060201000201'.concat('03')), 'rsa'],
    ['a DSA key without parameters', key('1.2.840.10040.4.1', ''), 'dsa'],
    ['an algorithm that nobody knows', key('1.2.3', ''), 'other'],
  ])('is not known of %s', (_, read, type) => {
    expect(read).toEqual({ type, bits: null });
  });
});
