import { createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type CertificateDigest, type CertificateKey, type CertificateRequest, issueCertificate } from './certificate.js';

const request: CertificateRequest = {
  subject: 'archive.estate.example',
  key: 'ec256',
  digest: 'sha256',
  notBefore: new Date('2020-01-02T03:04:05Z'),
  notAfter: new Date('2051-06-07T08:09:10Z'), // GeneralizedTime from 2050 on, RFC 5280 section 4.1.2.5
};

describe('issueCertificate', () => {
  it.each<[CertificateKey, CertificateDigest, string, number | undefined]>([
    ['rsa1024', 'sha1', 'rsa', 1024],
    ['rsa1024', 'sha256', 'rsa', 1024],
    ['rsa2048', 'sha256', 'rsa', 2048],
    ['ec256', 'sha1', 'ec', undefined],
    ['ec256', 'sha256', 'ec', undefined],
  ])('signs itself: %s with %s', async (key, digest, type, bits) => {
    const issued = await issueCertificate({ ...request, key, digest });
    const certificate = new X509Certificate(issued.certificatePem);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.checkIssued(certificate)).toBe(true);
    expect(certificate.checkPrivateKey(createPrivateKey(issued.privateKeyPem))).toBe(true);
    expect(certificate.publicKey.asymmetricKeyType).toBe(type);
    expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(bits);
    expect(certificate.subject).toBe('CN=archive.estate.example');
    expect(new Date(certificate.validFrom)).toEqual(request.notBefore);
    expect(new Date(certificate.validTo)).toEqual(request.notAfter);
    expect(certificate.ca).toBe(false);
    expect(certificate.subjectAltName).toBeUndefined();
  });

  it('is signed by an authority, and names hosts and addresses', async () => {
    const authority = await issueCertificate({ ...request, subject: 'Estate Authority', authority: true });
    const issued = await issueCertificate({ ...request, key: 'rsa2048', names: ['archive.estate.example', '127.77.0.1', '::1'] }, authority);
    const [issuer, certificate] = [new X509Certificate(authority.certificatePem), new X509Certificate(issued.certificatePem)];
    expect(issuer.ca).toBe(true);
    expect(certificate.issuer).toBe('CN=Estate Authority');
    expect(certificate.verify(issuer.publicKey)).toBe(true);
    expect(certificate.verify(certificate.publicKey)).toBe(false);
    expect(certificate.checkIssued(issuer)).toBe(true);
    expect(certificate.checkHost('archive.estate.example')).toBe('archive.estate.example');
    expect(certificate.checkIP('127.77.0.1')).toBe('127.77.0.1');
    expect(certificate.checkIP('::1')).toBe('::1');
    expect(certificate.checkIP('127.77.0.2')).toBeUndefined();
  });

  it('never gives the same serial number or key twice', async () => {
    const [one, other] = await Promise.all([issueCertificate(request), issueCertificate(request)]);
    expect(new X509Certificate(one.certificatePem).serialNumber).not.toBe(new X509Certificate(other.certificatePem).serialNumber);
    expect(one.privateKeyPem).not.toBe(other.privateKeyPem);
  });
});
