/** Does a DICOM node inside TLS care who calls? Says nothing of AE titles, which are names and prove nothing. */
import { defineCheck, fail, notApplicable, pass, unknown, type Verdict } from '../model/check.js';
import { type DicomEvidence, dicom } from '../protocols/dicom/evidence.js';
import { type TlsEvidence, tls } from '../protocols/tls/evidence.js';
import { cwe, dicomTlsProfileB12, dicomTlsProfileB13, gdprArticle32, hipaaPersonAuthentication, hipaaTransmissionSecurity } from './references.js';

export const noClientCertificate = defineCheck({
  id: 'no-client-certificate',
  title: 'DICOM over TLS answers callers without a certificate',
  severity: 'medium',
  why:
    'TLS without a client certificate keeps bystanders out, but not callers: whoever reaches the port gets to the DICOM layer, where only ' +
    'AE titles, which anyone can claim, tell one from another. PS3.15 B.12 wants servers to support mutual authentication and lets a site ' +
    'switch it off, so this is a risk that was chosen and no breach of the standard.',
  remedy: {
    text:
      'Give every modality and workstation a certificate of your own authority, then make the server insist on one. ' +
      'Until then, let only the addresses of known devices reach the port.',
    products: [
      {
        product: 'orthanc',
        name: 'Orthanc',
        where: 'the JSON configuration file, then restart',
        lines: ['"DicomTlsTrustedCertificates" : "/etc/orthanc/ca.crt",', '"DicomTlsRemoteCertificateRequired" : true'],
        rollback: 'Set "DicomTlsRemoteCertificateRequired" to false and restart.',
        note: 'true is the default since 1.9.3. It holds in both directions: the nodes that Orthanc calls must then show a certificate that it trusts, too.',
      },
      {
        product: 'dcmtk',
        name: 'DCMTK (storescp, dcmqrscp)',
        where: 'the command line',
        lines: ['storescp +tls dicom.key dicom.crt +cf ca.crt -rc 2762'],
        rollback: 'Start it with -ic (or -vc, which checks a certificate only if there is one) instead of -rc.',
        note: '-rc is the default: look for -ic or -vc in the script that starts it.',
      },
      {
        product: 'dcm4chee-arc',
        name: 'dcm4chee-arc',
        where: 'LDAP, the network connection cn=dicom-tls and the device dcm4chee-arc',
        lines: [
          'dcmTLSNeedClientAuth: TRUE',
          // biome-ignore lint/suspicious/noTemplateCurlyInString: WildFly fills it in
          'dcmTrustStoreURL: ${jboss.server.config.url}/dcm4chee-arc/authority.p12',
          'dcmTrustStoreType: PKCS12',
        ],
        rollback: 'Set dcmTLSNeedClientAuth to FALSE, put the former trust store back and reload the configuration.',
        note:
          'TRUE is meant where the attribute is absent. The trust store is to hold your own authority alone: ' +
          'with a public one in it, everybody has a certificate that fits.',
      },
    ],
    prove: 'dosimeter scan {host} --ports {port}',
  },
  references: {
    requirement: [hipaaPersonAuthentication, hipaaTransmissionSecurity, gdprArticle32],
    target: [dicomTlsProfileB12, dicomTlsProfileB13],
    weakness: [cwe(306, 'Missing Authentication for Critical Function')],
  },
  needs: { tls },
  wants: { dicom },
  judge: ({ tls, dicom }) => judge(tls, dicom?.transport === 'tls' ? dicom : undefined),
});

/** What the DICOM layer said to a caller without a certificate outweighs what the handshake seemed to promise. */
function judge({ clientCertificate, agreed }: TlsEvidence, inside: DicomEvidence | undefined): Verdict {
  const because = { clientCertificate, association: inside?.association.answer ?? null, version: agreed?.version ?? null };
  switch (inside?.association.answer) {
    case 'accepted':
      return fail('it accepted a DICOM association from a caller without a certificate', because);
    case 'rejected':
    case 'aborted':
      return fail('a caller without a certificate gets as far as the DICOM layer, which then turned this one away', because, 'low');
    case 'closed':
    case 'no-answer':
    case 'not-tried':
    case undefined:
      return judgeHandshake(clientCertificate, inside === undefined, because);
  }
}

function judgeHandshake(clientCertificate: TlsEvidence['clientCertificate'], noDicom: boolean, because: Verdict['because']): Verdict {
  switch (clientCertificate) {
    case 'required':
      return pass('the TLS handshake fails without a client certificate', because);
    case 'unknown':
      return unknown('it could not be learnt whether a client certificate is needed', because);
    case 'requested':
    case 'not-requested':
    case 'not-required':
      return noDicom
        ? notApplicable('TLS needs no client certificate here, but no DICOM was heard inside it', because)
        : unknown('TLS needs no client certificate, but DICOM did not answer inside it', because);
  }
}
