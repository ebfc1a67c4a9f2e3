/** Can the certificate be forged, or not be told from a forged one? Its dates are another check's business. */
import { defineCheck, fail, notApplicable, pass, unknown, type Verdict } from '../model/check.js';
import { ftp } from '../protocols/ftp/evidence.js';
import { type TlsCertificate, type TlsEvidence, tls } from '../protocols/tls/evidence.js';
import { ftpCertificates, newCertificate, showsTls } from './certificate-remedy.js';
import { cwe, dicomTlsProfileB13, gdprArticle32, hipaaTransmissionSecurity } from './references.js';
import { rfc9325Keys, rfc9525Names } from './tls-references.js';

export const weakCertificate = defineCheck({
  id: 'weak-certificate',
  title: 'The certificate does not prove who answers',
  severity: 'medium',
  why:
    'A key of less than 2048 bits (RSA) or 256 bits (elliptic curves), a DSA key and a signature over MD5 or SHA-1 are below what the TLS ' +
    'profiles of DICOM and the IETF ask for: with enough effort a certificate can be forged. A self-signed certificate is no weaker in ' +
    'itself, but a caller can only trust it if it was handed over beforehand, and in practice checking is switched off instead; the same ' +
    'goes for a certificate that names another host. Whoever can stand in between then reads and alters the images. These two weigh less.',
  remedy: {
    text:
      'Make a new key (RSA with 3072 bits or P-256), have it certified with SHA-256 by an authority that your modalities know, with the ' +
      'name they call as its DNS alternative name, and switch checking on at their side.',
    products: [...newCertificate, ...ftpCertificates],
    prove: 'dosimeter scan {host} --ports {port}',
  },
  references: {
    requirement: [hipaaTransmissionSecurity, gdprArticle32],
    target: [dicomTlsProfileB13, rfc9325Keys, rfc9525Names],
    weakness: [cwe(326, 'Inadequate Encryption Strength'), cwe(295, 'Improper Certificate Validation')],
  },
  needs: {},
  wants: { tls, ftp },
  judge: ({ tls, ftp }) => {
    const certificate = tls?.certificate ?? ftp?.tls.certificate;
    if (certificate) return judge(certificate, tls?.hostMatch ?? 'unknown');
    return tls || showsTls(ftp) ? unknown('no certificate could be read') : notApplicable('it showed no certificate');
  },
});

type Strength = Pick<TlsCertificate, 'key' | 'signatureAlgorithm' | 'selfSigned'>;

function judge(certificate: Strength, hostMatch: TlsEvidence['hostMatch']): Verdict {
  const forgeable = [...keyWeakness(certificate.key), ...signatureWeakness(certificate)];
  const untrusted = [
    ...(certificate.selfSigned ? ['it is self-signed'] : []),
    ...(hostMatch === 'differs' ? ['it does not name the host that was called'] : []),
  ];
  const because = {
    keyType: certificate.key.type,
    keyBits: certificate.key.bits,
    signatureAlgorithm: certificate.signatureAlgorithm,
    selfSigned: certificate.selfSigned,
    hostMatch,
  };
  const problems = [...forgeable, ...untrusted];
  if (problems.length > 0) return fail(problems.join('; '), because, forgeable.length > 0 ? 'medium' : 'low');
  if (!isUnderstood(certificate)) return unknown('its key or its signature is of a kind that this check does not know', because);
  return pass('its key and its signature are strong, and it is not self-signed', because);
}

/** PS3.15 section B.13 asks for 2048 and 256 bits; RFC 9325 section 4.5 for 2048 and 224. DSA has no place in TLS 1.3 and in either of them. */
function keyWeakness({ type, bits }: TlsCertificate['key']): readonly string[] {
  if (type === 'dsa') return ['its key is DSA'];
  if (bits === null) return [];
  if ((type === 'rsa' || type === 'rsa-pss') && bits < 2048) return [`its RSA key has ${bits} bits`];
  return type === 'ec' && bits < 256 ? [`its elliptic-curve key has ${bits} bits`] : [];
}

/** Nobody relies on the signature of a self-signed certificate: RFC 5280 section 6.1 takes a trust anchor as given. */
function signatureWeakness({ selfSigned, signatureAlgorithm }: Strength): readonly string[] {
  const digest = /md2|md5|sha1(?!\d)/i.exec(signatureAlgorithm)?.[0].toUpperCase().replace('SHA1', 'SHA-1');
  return digest === undefined || selfSigned ? [] : [`it is signed over ${digest}`];
}

/** An algorithm that the evidence names by number only, or a key whose length nobody read, is no reason to pass. */
function isUnderstood({ key, signatureAlgorithm, selfSigned }: Strength): boolean {
  return key.type !== 'other' && key.bits !== null && (selfSigned || !/^[\d.]+$|unknown/.test(signatureAlgorithm));
}
