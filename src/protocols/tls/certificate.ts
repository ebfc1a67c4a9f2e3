/** DER → what a certificate says of itself. Trusts nothing and checks no chain; rubbish gives `null`, never an error. */
import { createHash, X509Certificate } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import { Certificate, type GeneralName, id_ce_subjectAltName, SubjectAlternativeName } from '@peculiar/asn1-x509';
import { distinguishedName, withoutControls } from './distinguished-name.js';
import type { TlsCertificate } from './evidence.js';
import { publicKey } from './public-key.js';
import { signatureAlgorithmName } from './signature-algorithm.js';

/** Characters of one name, and names of one certificate, that are kept. */
const maximumName = 256;
const maximumNames = 100;

export function readCertificate(der: Uint8Array): TlsCertificate | null {
  try {
    return describe(der, new X509Certificate(der), AsnConvert.parse(der, Certificate));
  } catch {
    return null;
  }
}

function describe(der: Uint8Array, x509: X509Certificate, { tbsCertificate, signatureAlgorithm }: Certificate): TlsCertificate {
  const { algorithm, parameters } = signatureAlgorithm;
  return {
    subject: distinguishedName(tbsCertificate.subject, maximumName),
    issuer: distinguishedName(tbsCertificate.issuer, maximumName),
    selfSigned: isSelfSigned(x509),
    notBefore: tbsCertificate.validity.notBefore.getTime().getTime(),
    notAfter: tbsCertificate.validity.notAfter.getTime().getTime(),
    key: publicKey(tbsCertificate.subjectPublicKeyInfo),
    signatureAlgorithm: signatureAlgorithmName(algorithm, parameters ? new Uint8Array(parameters) : null),
    names: alternativeNames(tbsCertificate.extensions ?? []),
    fingerprint: createHash('sha256').update(der).digest('hex'),
  };
}

/** OpenSSL refuses to verify what it holds for too weak; then issuer and subject being one has to do. */
function isSelfSigned(x509: X509Certificate): boolean {
  if (!x509.checkIssued(x509)) return false;
  try {
    return x509.verify(x509.publicKey);
  } catch {
    return true;
  }
}

type CertificateExtensions = NonNullable<Certificate['tbsCertificate']['extensions']>;

function alternativeNames(extensions: CertificateExtensions | readonly []): readonly string[] {
  const found = [...extensions].find(({ extnID }) => extnID === id_ce_subjectAltName);
  if (!found) return [];
  const names = [...AsnConvert.parse(found.extnValue.buffer, SubjectAlternativeName)].flatMap(hostName);
  return names.slice(0, maximumNames).map((name) => withoutControls(name).slice(0, maximumName));
}

/** Host names and addresses only: a certificate may name people and directories too. */
function hostName({ dNSName, iPAddress }: GeneralName): readonly string[] {
  return [dNSName, iPAddress].filter((name) => name !== undefined);
}
