/** Where the common products take their certificate and key from: what an expired and a weak certificate need alike. */
import type { ProductRemedy } from '../model/check.js';
import type { FtpEvidence } from '../protocols/ftp/evidence.js';

export const newCertificate: readonly ProductRemedy[] = [
  {
    product: 'orthanc',
    name: 'Orthanc',
    where: 'the JSON configuration file, then restart',
    lines: ['"DicomTlsCertificate" : "/etc/orthanc/dicom.crt",', '"DicomTlsPrivateKey" : "/etc/orthanc/dicom.key"'],
    rollback: 'Keep the old two files beside the new ones, name them again in these lines and restart.',
    note: 'Orthanc shows the same certificate when it calls others: they have to trust the new one too before you change it.',
  },
  {
    product: 'dcmtk',
    name: 'DCMTK (storescp, dcmqrscp)',
    where: 'the command line',
    lines: ['storescp +tls dicom.key dicom.crt +cf ca.crt 2762'],
    rollback: 'Start it with the old key and certificate files again.',
    note: 'The key comes first. dcmqrscp takes the same options from 3.6.9 on. Callers that were given the old certificate itself with +cf need the new one.',
  },
  {
    product: 'dcm4chee-arc',
    name: 'dcm4chee-arc',
    where: 'LDAP, the device dcm4chee-arc; the key store file lies in the configuration folder of the server',
    lines: [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: WildFly fills it in
      'dcmKeyStoreURL: ${jboss.server.config.url}/dcm4chee-arc/key.p12',
      'dcmKeyStoreType: PKCS12',
      'dcmKeyStorePin: the password of your key store',
    ],
    rollback: 'Put the former key store file and its three attributes back and reload the configuration.',
    note: 'The key store that is shipped has the password "secret", which everybody knows: change it on this occasion.',
  },
];

/** After AUTH TLS, on the port itself, or in a handshake that broke off. */
export const showsTls = (evidence: FtpEvidence | undefined): boolean =>
  evidence !== undefined && ['implicit', 'offered', 'broken'].includes(evidence.tls.offer);

export const ftpCertificates: readonly ProductRemedy[] = [
  {
    product: 'vsftpd',
    name: 'vsftpd',
    where: '/etc/vsftpd.conf, then "systemctl restart vsftpd"',
    lines: ['rsa_cert_file=/etc/ssl/certs/ftp.crt', 'rsa_private_key_file=/etc/ssl/private/ftp.key'],
    rollback: 'Keep the old two files beside the new ones, name them again in these lines and restart.',
  },
  {
    product: 'proftpd',
    name: 'ProFTPD',
    where: '/etc/proftpd/proftpd.conf, then "proftpd -t && systemctl restart proftpd"',
    lines: ['TLSRSACertificateFile /etc/ssl/certs/ftp.crt', 'TLSRSACertificateKeyFile /etc/ssl/private/ftp.key'],
    rollback: 'Keep the old two files beside the new ones, name them again in these lines and restart.',
  },
  {
    product: 'pure-ftpd',
    name: 'Pure-FTPd',
    where: 'the command line as root, then "systemctl restart pure-ftpd"',
    lines: ['cat ftp.crt ftp.key > /etc/ssl/private/pure-ftpd.pem', 'chmod 600 /etc/ssl/private/pure-ftpd.pem'],
    rollback: 'Put the old file back and restart.',
  },
];
