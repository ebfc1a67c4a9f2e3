/**
 * Checks as the golden report words them. A copy on purpose: a check that is worded better tomorrow must not change what is tested here,
 * which is the formats. Judges nothing.
 */
import type { Reference, References, Remedy, Severity } from '../../src/model/check.js';

interface CatalogueEntry {
  readonly title: string;
  readonly severity: Severity;
  readonly remedy: Remedy;
  readonly references: References;
}

const dicom = (id: string, title: string, url: string): Reference => ({ id, title, url: `https://dicom.nema.org/medical/dicom/current/output/chtml/${url}` });
const cwe = (number: number, title: string): Reference => ({ id: `CWE-${number}`, title, url: `https://cwe.mitre.org/data/definitions/${number}.html` });

const hipaaAccess: Reference = { id: '45 CFR 164.312(a)(1)', title: 'Access control', url: 'https://www.ecfr.gov/current/title-45/section-164.312' };
const hipaaTransmission: Reference = {
  id: '45 CFR 164.312(e)(1)',
  title: 'Transmission security',
  url: 'https://www.ecfr.gov/current/title-45/section-164.312',
};
const gdpr: Reference = { id: 'GDPR Article 32', title: 'Security of processing', url: 'https://eur-lex.europa.eu/eli/reg/2016/679/oj' };
const secureTransport = dicom('PS3.15 B.12', 'BCP 195 RFC 8996, 9325 TLS Secure Transport Connection Profile', 'part15/sect_b.12.html');
const userIdentity = dicom('PS3.15 B.5', 'Username plus passcode user identity association profile', 'part15/sect_b.5.html');

const prove = 'dosimeter scan {host} --ports {port}';

const queryRemedy: Remedy = {
  text: 'Let only callers that you know query the archive: list their AE titles with their addresses, and switch the answer to strangers off.',
  products: [
    {
      product: 'orthanc',
      name: 'Orthanc',
      where: 'the JSON configuration file, then restart',
      lines: [
        '"DicomAlwaysAllowFind" : false,',
        '"DicomAlwaysAllowGet" : false,',
        '"DicomAlwaysAllowMove" : false,',
        '"DicomCheckModalityHost" : true,',
        '"DicomModalities" : { "ct1" : { "AET" : "CT1", "Host" : "192.0.2.80", "Port" : 104, "AllowFind" : false } }',
      ],
      rollback: 'Set "DicomAlwaysAllowFind" to true and restart.',
      note: 'The host check compares addresses, not names: write addresses into "DicomModalities".',
    },
    {
      product: 'dcm4chee-arc',
      name: 'dcm4chee-arc',
      where: 'LDAP, the entry dicomAETitle=DCM4CHEE',
      lines: ['dcmAcceptedCallingAETitle: CT1', 'dcmValidateCallingAEHostname: TRUE'],
      rollback: 'Delete both attributes and reload the configuration.',
      note: 'Where the first attribute is absent, every caller is accepted.',
    },
    {
      product: 'dcmtk',
      name: 'DCMTK (dcmqrscp)',
      where: 'dcmqrscp.cfg, the column "Peers" of the AE table',
      lines: ['ARCHIVE  /var/dicom/archive  RW  (1000, 1024mb)  known'],
      rollback: 'Write ANY in place of known and start it again.',
    },
  ],
  prove,
};

export const catalogue = {
  'open-query': {
    title: 'Anyone can query the archive',
    severity: 'critical',
    remedy: queryRemedy,
    references: { requirement: [hipaaAccess, gdpr], target: [userIdentity], weakness: [cwe(306, 'Missing Authentication for Critical Function')] },
  },
  'patient-identifiers-exposed': {
    title: 'Names and birth dates come with the answers',
    severity: 'critical',
    remedy: {
      text: 'Close the query first. Where outsiders are meant to query, answer from an archive that holds de-identified copies only.',
      products: [],
      prove,
    },
    references: {
      requirement: [gdpr],
      target: [dicom('PS3.15 E.1', 'Application Level Confidentiality Profiles', 'part15/chapter_e.html')],
      weakness: [cwe(359, 'Exposure of Private Personal Information to an Unauthorized Actor')],
    },
  },
  'open-store': {
    title: 'Anyone may offer images for storage',
    severity: 'high',
    remedy: {
      text: 'Accept storage only from the modalities that you know.',
      products: [
        {
          product: 'orthanc',
          name: 'Orthanc',
          where: 'the JSON configuration file, then restart',
          lines: ['"DicomAlwaysAllowStore" : false,', '"DicomAlwaysAllowEcho" : false'],
          rollback: 'Set "DicomAlwaysAllowStore" to true and restart.',
          note: 'true is the default. Strangers are refused at the association only once all six DicomAlwaysAllow settings are false.',
        },
      ],
      prove,
    },
    references: { requirement: [hipaaAccess], target: [userIdentity], weakness: [cwe(306, 'Missing Authentication for Critical Function')] },
  },
  'cleartext-dicom': {
    title: 'Images travel unencrypted',
    severity: 'high',
    remedy: {
      text: 'Switch TLS on and the plain port off. Put a gateway in front of modalities that speak no TLS.',
      products: [
        {
          product: 'orthanc',
          name: 'Orthanc',
          where: 'the JSON configuration file, then restart',
          lines: [
            '"DicomTlsEnabled" : true,',
            '"DicomTlsCertificate" : "/etc/orthanc/dicom.crt",',
            '"DicomTlsPrivateKey" : "/etc/orthanc/dicom.key",',
            '"DicomTlsTrustedCertificates" : "/etc/orthanc/ca.crt"',
          ],
          rollback: 'Set "DicomTlsEnabled" to false and restart.',
          note: 'One Orthanc listens with TLS or without, never both: change the modalities on the same day.',
        },
        {
          product: 'dcmtk',
          name: 'DCMTK (storescp, dcmqrscp)',
          where: 'the command line',
          lines: ['storescp +tls dicom.key dicom.crt +cf ca.crt 2762'],
          rollback: 'Start it without +tls on its former port.',
        },
      ],
      prove,
    },
    references: { requirement: [hipaaTransmission, gdpr], target: [secureTransport], weakness: [cwe(319, 'Cleartext Transmission of Sensitive Information')] },
  },
  'any-called-ae-accepted': {
    title: 'It answers to any name',
    severity: 'low',
    remedy: {
      text: 'Let it answer to its own AE title only. An AE title is no password: this slows a stranger down, nothing more.',
      products: [
        {
          product: 'orthanc',
          name: 'Orthanc',
          where: 'the JSON configuration file, then restart',
          lines: ['"DicomCheckCalledAet" : true'],
          rollback: 'Set it to false and restart.',
        },
      ],
      prove,
    },
    references: {
      requirement: [hipaaAccess],
      target: [dicom('PS3.8 9.3.4', 'A-ASSOCIATE-RJ PDU structure', 'part08/sect_9.3.4.html')],
      weakness: [cwe(284, 'Improper Access Control')],
    },
  },
  'expired-certificate': {
    title: 'The certificate is not within its dates',
    severity: 'medium',
    remedy: {
      text: 'Have the certificate renewed, install it, and then find out why nobody noticed: make the callers check it, and note the next date.',
      products: [],
      prove: 'openssl s_client -connect {host}:{port} </dev/null | openssl x509 -noout -dates',
    },
    references: { requirement: [hipaaTransmission], target: [secureTransport], weakness: [cwe(298, 'Improper Validation of Certificate Expiration')] },
  },
  'outdated-tls': {
    title: 'Outdated TLS is still accepted',
    severity: 'medium',
    remedy: { text: 'Accept TLS 1.2 and 1.3 only.', products: [], prove },
    references: {
      requirement: [hipaaTransmission],
      target: [secureTransport, { id: 'RFC 8996', title: 'Deprecating TLS 1.0 and TLS 1.1', url: 'https://www.rfc-editor.org/rfc/rfc8996.html' }],
      weakness: [cwe(327, 'Use of a Broken or Risky Cryptographic Algorithm')],
    },
  },
  'no-client-certificate': {
    title: 'TLS asks the caller for no certificate',
    severity: 'high',
    remedy: { text: 'Give each modality a certificate of its own and let the server insist on one.', products: [], prove },
    references: { requirement: [hipaaAccess], target: [secureTransport], weakness: [cwe(306, 'Missing Authentication for Critical Function')] },
  },
} as const satisfies Readonly<Record<string, CatalogueEntry>>;

export type CheckId = keyof typeof catalogue;
