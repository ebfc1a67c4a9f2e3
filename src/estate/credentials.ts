/** The certificates of one run of the estate: its own authority, and what its devices and its one trusted client show. */
import type { SecureContextOptions } from 'node:tls';
import type { TlsBehaviour } from './behaviour.js';
import { type CertificateRequest, type IssuedCertificate, issueCertificate } from './certificate.js';

const day = 86_400_000;

export interface EstateCredentials {
  readonly authority: IssuedCertificate;
  /** Signed by the authority: who shows it may enter the device that asks for a client certificate. */
  readonly client: IssuedCertificate;
}

const good = (subject: string, names: readonly string[]): CertificateRequest => {
  const now = Date.now();
  return { subject, key: 'ec256', digest: 'sha256', notBefore: new Date(now - day), notAfter: new Date(now + 365 * day), names };
};

/** The kind that old appliances made for themselves when they were installed. */
const expired = (subject: string): CertificateRequest => ({
  subject,
  key: 'rsa1024',
  digest: 'sha256',
  notBefore: new Date('2009-05-04T00:00:00Z'),
  notAfter: new Date('2014-05-03T00:00:00Z'),
});

export async function estateCredentials(): Promise<EstateCredentials> {
  const authority = await issueCertificate({ ...good('Estate Authority', []), authority: true });
  return { authority, client: await issueCertificate(good('estate-viewer', ['estate-viewer.example']), authority) };
}

/** For the device at this address. `@SECLEVEL=0` lets OpenSSL speak what old devices speak. */
export async function serverOptions(
  behaviour: TlsBehaviour,
  host: string,
  { authority }: EstateCredentials,
): Promise<SecureContextOptions & { requestCert: boolean; rejectUnauthorized: boolean }> {
  const isGood = behaviour.certificate === 'estate';
  const own = await (isGood
    ? issueCertificate(good('archive.estate.example', [...new Set(['archive.estate.example', host, '127.0.0.1'])]), authority)
    : issueCertificate(expired('PACS')));
  const wantsClient = behaviour.clientCertificate === 'required';
  return {
    cert: isGood ? own.certificatePem + authority.certificatePem : own.certificatePem,
    key: own.privateKeyPem,
    ca: authority.certificatePem,
    minVersion: behaviour.oldestVersion,
    ...(behaviour.oldestVersion === 'TLSv1' ? { ciphers: 'DEFAULT:@SECLEVEL=0', maxVersion: 'TLSv1.2' as const } : {}),
    requestCert: wantsClient,
    rejectUnauthorized: wantsClient,
  };
}
