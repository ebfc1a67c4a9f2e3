/**
 * Issues X.509 certificates (RFC 5280) for the estate, good and bad ones, with keys that are made for the run and never
 * written anywhere. Not a certificate authority: nothing outside the estate should trust what it signs.
 */
import { generateKeyPair, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';
import { promisify } from 'node:util';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  BasicConstraints,
  Certificate,
  Extension,
  Extensions,
  GeneralName,
  id_ce_basicConstraints,
  id_ce_subjectAltName,
  Name,
  RelativeDistinguishedName,
  SubjectAlternativeName,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from '@peculiar/asn1-x509';

export type CertificateKey = 'rsa1024' | 'rsa2048' | 'ec256';
export type CertificateDigest = 'sha1' | 'sha256';

export interface CertificateRequest {
  /** Common name. */
  readonly subject: string;
  readonly key: CertificateKey;
  /** Digest of the issuer's signature. */
  readonly digest: CertificateDigest;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Subject alternative names: DNS names and IP addresses. */
  readonly names?: readonly string[];
  /** May sign others. */
  readonly authority?: boolean;
}

/** What a TLS server or client is configured with, and what signs others. */
export interface IssuedCertificate {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  readonly subject: string;
  readonly privateKey: KeyObject;
}

const makeKeyPair = promisify(generateKeyPair);

/** Self-signed without an issuer. */
export async function issueCertificate(request: CertificateRequest, issuer?: IssuedCertificate): Promise<IssuedCertificate> {
  const { publicKey, privateKey } = await keyPair(request.key);
  const signingKey = issuer?.privateKey ?? privateKey;
  const signatureAlgorithm = algorithm(signingKey, request.digest);
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: serialNumber(),
    signature: signatureAlgorithm,
    issuer: commonName(issuer?.subject ?? request.subject),
    validity: new Validity({ notBefore: request.notBefore, notAfter: request.notAfter }),
    subject: commonName(request.subject),
    subjectPublicKeyInfo: AsnConvert.parse(publicKey.export({ type: 'spki', format: 'der' }), SubjectPublicKeyInfo),
    extensions: extensions(request),
  });
  const signatureValue = exactBuffer(sign(request.digest, new Uint8Array(AsnConvert.serialize(tbsCertificate)), signingKey));
  const der = AsnConvert.serialize(new Certificate({ tbsCertificate, signatureAlgorithm, signatureValue }));
  const privateKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { certificatePem: pem(der), privateKeyPem, subject: request.subject, privateKey };
}

function keyPair(key: CertificateKey): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> {
  if (key === 'ec256') return makeKeyPair('ec', { namedCurve: 'P-256' });
  return makeKeyPair('rsa', { modulusLength: key === 'rsa1024' ? 1024 : 2048 });
}

/** RFC 5758 section 3.2 (no parameters) and RFC 4055 section 5 (parameters NULL). */
const signatureAlgorithms: Readonly<Record<string, string>> = {
  'ec/sha1': '1.2.840.10045.4.1',
  'ec/sha256': '1.2.840.10045.4.3.2',
  'rsa/sha1': '1.2.840.113549.1.1.5',
  'rsa/sha256': '1.2.840.113549.1.1.11',
};

function algorithm(signingKey: KeyObject, digest: CertificateDigest): AlgorithmIdentifier {
  const type = signingKey.asymmetricKeyType ?? '';
  const identifier = signatureAlgorithms[`${type}/${digest}`];
  if (identifier === undefined) throw new RangeError(`no signature algorithm for a key of type ${type} with ${digest}`);
  return new AlgorithmIdentifier(type === 'rsa' ? { algorithm: identifier, parameters: null } : { algorithm: identifier });
}

/** Positive, and not zero (RFC 5280 section 4.1.2.2). */
function serialNumber(): ArrayBuffer {
  return exactBuffer(Buffer.concat([new Uint8Array([0x4d]), randomBytes(15)]));
}

const commonNameType = '2.5.4.3';

function commonName(text: string): Name {
  const value = new AttributeValue({ utf8String: text });
  return new Name([new RelativeDistinguishedName([new AttributeTypeAndValue({ type: commonNameType, value })])]);
}

function extensions({ names = [], authority = false }: CertificateRequest): Extensions {
  const basic = extension(id_ce_basicConstraints, new BasicConstraints({ cA: authority }), true);
  if (names.length === 0) return new Extensions([basic]);
  const alternatives = names.map((name) => new GeneralName(isIP(name) ? { iPAddress: name } : { dNSName: name }));
  return new Extensions([basic, extension(id_ce_subjectAltName, new SubjectAlternativeName(alternatives), false)]);
}

function extension(extnID: string, content: object, critical: boolean): Extension {
  return new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(content)) });
}

/** A Buffer may be a window into a larger pool: this copies its own bytes only. */
const exactBuffer = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

function pem(der: ArrayBuffer): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
