/**
 * Kind and length of a certificate's key, read off its DER. Not with node:crypto, on purpose: in Node 20
 * `KeyObject.asymmetricKeyDetails` ends the whole process over a DSA key with damaged parameters. Trusts and verifies nothing.
 */
import type { SubjectPublicKeyInfo } from '@peculiar/asn1-x509';
import type { TlsCertificate } from './evidence.js';

type Key = TlsCertificate['key'];

/** RFC 3279 section 2.3, RFC 4055 section 1.2, RFC 8410 section 3. */
const keyTypes: Readonly<Record<string, Key['type']>> = {
  '1.2.840.113549.1.1.1': 'rsa',
  '1.2.840.113549.1.1.10': 'rsa-pss',
  '1.2.840.10045.2.1': 'ec',
  '1.2.840.10040.4.1': 'dsa',
  '1.3.101.112': 'ed25519',
  '1.3.101.113': 'ed448',
};

/** `bits` is `null` for a kind or a curve that is not known, and for a key that is damaged. */
export function publicKey({ algorithm, subjectPublicKey }: SubjectPublicKeyInfo): Key {
  const type = keyTypes[algorithm.algorithm] ?? 'other';
  const parameters = algorithm.parameters ? new Uint8Array(algorithm.parameters) : new Uint8Array();
  return { type, bits: keyBits(type, parameters, new Uint8Array(subjectPublicKey)) };
}

function keyBits(type: Key['type'], parameters: Uint8Array, key: Uint8Array): number | null {
  switch (type) {
    case 'rsa':
    case 'rsa-pss':
      return firstIntegerBits(key); // SEQUENCE { modulus, exponent }
    case 'dsa':
      return firstIntegerBits(parameters); // SEQUENCE { p, q, g }
    case 'ec':
      return curveBits[Buffer.from(parameters).toString('hex')] ?? null;
    case 'ed25519':
      return 256;
    case 'ed448':
      return 456;
    case 'other':
      return null;
  }
}

/** DER of the curves' object identifiers: RFC 5480 section 2.1.1.1, SEC 2, RFC 5639, GB/T 32918. */
const curveBits: Readonly<Record<string, number>> = {
  '06082a8648ce3d030101': 192, // P-192
  '06052b81040021': 224, // P-224
  '06082a8648ce3d030107': 256, // P-256
  '06052b81040022': 384, // P-384
  '06052b81040023': 521, // P-521
  '06052b81040008': 160, // secp160r1
  '06052b8104000a': 256, // secp256k1
  '06052b81040001': 163, // sect163k1
  '06052b8104000f': 163, // sect163r2
  '06052b8104001a': 233, // sect233k1
  '06052b8104001b': 233, // sect233r1
  '06052b81040010': 283, // sect283k1
  '06052b81040011': 283, // sect283r1
  '06092b2403030208010107': 256, // brainpoolP256r1
  '06092b240303020801010b': 384, // brainpoolP384r1
  '06092b240303020801010d': 512, // brainpoolP512r1
  '06082a811ccf5501822d': 256, // SM2
};

/** Bits of the first INTEGER in a SEQUENCE. */
function firstIntegerBits(der: Uint8Array): number | null {
  const sequence = content(der, 0x30);
  const integer = sequence && content(sequence, 0x02);
  const first = integer?.findIndex((byte) => byte !== 0) ?? -1; // a leading zero only keeps the number positive
  return integer === undefined || first < 0 ? null : (integer.length - first) * 8 - (Math.clz32(integer[first] ?? 0) - 24);
}

/** What a DER element of this tag holds (X.690 section 8.1); `undefined` where it is another or is cut short. */
function content(der: Uint8Array, tag: number): Uint8Array | undefined {
  const [found, first = 0] = der;
  const lengthBytes = first < 0x80 ? 0 : first - 0x80;
  if (found !== tag || lengthBytes > 3) return undefined;
  const start = 2 + lengthBytes;
  const length = lengthBytes === 0 ? first : der.subarray(2, start).reduce((value, byte) => value * 256 + byte, 0);
  return der.length < start + length ? undefined : der.subarray(start, start + length);
}
