import { describe, expect, it } from 'vitest';
import { closedFtp, openFtp, tlsOffer } from '../../test/fixtures/ftp-evidence.js';
import { goodCertificate, goodTls } from '../../test/fixtures/tls-evidence.js';
import type { TlsCertificate, TlsEvidence } from '../protocols/tls/evidence.js';
import { weakCertificate } from './weak-certificate.js';

const judge = (change: Partial<TlsCertificate>, hostMatch: TlsEvidence['hostMatch'] = 'matches') =>
  weakCertificate.judge({ tls: { ...goodTls, certificate: { ...goodCertificate, ...change }, hostMatch } }, { now: 0 });

describe('a weak certificate', () => {
  it.each([
    ['a short key', { ...closedFtp, tls: { ...tlsOffer('offered'), certificate: { ...goodCertificate, key: { type: 'rsa', bits: 1024 } } } }, 'fail'],
    ['a good one', { ...closedFtp, tls: { ...tlsOffer('offered'), certificate: goodCertificate } }, 'pass'],
    ['one that could not be read', closedFtp, 'unknown'],
    ['none', openFtp(), 'not-applicable'],
  ] as const)('of an FTP server: %s', (_, ftp, verdict) => {
    expect(weakCertificate.judge({ ftp }, { now: 0 })).toMatchObject({ verdict });
  });

  it.each<[string, Partial<TlsCertificate>, TlsEvidence['hostMatch']]>([
    ['RSA 2048, SHA-256', {}, 'matches'],
    ['P-256', { key: { type: 'ec', bits: 256 }, signatureAlgorithm: 'ecdsa-with-SHA256' }, 'matches'],
    ['Ed25519', { key: { type: 'ed25519', bits: 256 }, signatureAlgorithm: 'Ed25519' }, 'matches'],
    ['RSASSA-PSS with SHA-512', { signatureAlgorithm: 'rsassaPss-with-sha512' }, 'matches'],
    ['an address was called, which no certificate has to name', {}, 'unknown'],
  ])('is none: %s', (_, change, hostMatch) => {
    expect(judge(change, hostMatch)).toMatchObject({ verdict: 'pass' });
  });

  it.each<[string, Partial<TlsCertificate>, TlsEvidence['hostMatch'], string, string]>([
    ['a short RSA key', { key: { type: 'rsa', bits: 1024 } }, 'matches', 'its RSA key has 1024 bits', 'medium'],
    ['one bit short', { key: { type: 'rsa-pss', bits: 2047 } }, 'matches', 'its RSA key has 2047 bits', 'medium'],
    ['a short curve', { key: { type: 'ec', bits: 224 } }, 'matches', 'its elliptic-curve key has 224 bits', 'medium'],
    ['DSA of any length', { key: { type: 'dsa', bits: 3072 } }, 'matches', 'its key is DSA', 'medium'],
    ['SHA-1', { signatureAlgorithm: 'sha1WithRSAEncryption' }, 'matches', 'it is signed over SHA-1', 'medium'],
    ['SHA-1 with a curve', { signatureAlgorithm: 'ecdsa-with-SHA1' }, 'matches', 'it is signed over SHA-1', 'medium'],
    ['SHA-1 with PSS', { signatureAlgorithm: 'rsassaPss-with-sha1' }, 'matches', 'it is signed over SHA-1', 'medium'],
    ['MD5', { signatureAlgorithm: 'md5WithRSAEncryption' }, 'matches', 'it is signed over MD5', 'medium'],
    ['self-signed: weighs less', { selfSigned: true }, 'matches', 'it is self-signed', 'low'],
    ['another host: weighs less', {}, 'differs', 'it does not name the host that was called', 'low'],
    [
      'self-signed over SHA-1: nobody relies on that signature',
      { selfSigned: true, signatureAlgorithm: 'sha1WithRSAEncryption' },
      'matches',
      'it is self-signed',
      'low',
    ],
    [
      'everything at once',
      { key: { type: 'rsa', bits: 512 }, selfSigned: true },
      'differs',
      'its RSA key has 512 bits; it is self-signed; it does not name the host that was called',
      'medium',
    ],
  ])('is one: %s', (_, change, hostMatch, reason, severity) => {
    expect(judge(change, hostMatch)).toMatchObject({ verdict: 'fail', reason, severity });
  });

  it.each<[string, Partial<TlsCertificate>]>([
    ['a key of a kind that nobody knows', { key: { type: 'other', bits: null } }],
    ['a curve that is spelled out', { key: { type: 'ec', bits: null } }],
    ['a signature known by number only', { signatureAlgorithm: '1.2.156.10197.1.501' }],
    ['PSS over a digest that is not known', { signatureAlgorithm: 'rsassaPss-with-unknown' }],
  ])('is not known to be none: %s', (_, change) => {
    expect(judge(change)).toMatchObject({ verdict: 'unknown' });
  });

  it('is not known where there was none to read', () => {
    expect(weakCertificate.judge({ tls: { ...goodTls, certificate: null } }, { now: 0 })).toMatchObject({
      verdict: 'unknown',
      reason: 'no certificate could be read',
    });
  });
});
