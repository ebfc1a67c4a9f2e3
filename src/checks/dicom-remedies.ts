/**
 * The lines that several DICOM checks recommend. Those for Orthanc were tried on 1.10.1 and those for DCMTK on 3.6.7, each
 * with a caller that must get in and one that must not. dcmqrscp's TLS is from the notes of release 3.6.9; the lines for
 * dcm4chee-arc are from its documentation and source.
 */
import type { ProductRemedy } from '../model/check.js';

const orthancFile = 'the JSON configuration file (orthanc.json), then restart';
const archiveEntry = 'dn: dicomAETitle=DCM4CHEE,dicomDeviceName=dcm4chee-arc,cn=Devices,cn=DICOM Configuration,dc=dcm4che,dc=org';
const ldap = 'LDAP, with ldapmodify; then reload the configuration (archive UI, Configuration, Control)';

const orthancBase = { product: 'orthanc', name: 'Orthanc', where: orthancFile } as const;
const dcmtkBase = { product: 'dcmtk', name: 'DCMTK (dcmqrscp, storescp)' } as const;
const dcm4cheeBase = { product: 'dcm4chee-arc', name: 'dcm4chee-arc', where: ldap } as const;

const modality = (entry: string): readonly string[] => ['"DicomModalities" : {', `  ${entry}`, '}'];
const sends = '"AllowStore" : true, "AllowFind" : false, "AllowGet" : false, "AllowMove" : false';
const reads = '"AllowStore" : false, "AllowFind" : true, "AllowGet" : true, "AllowMove" : true';
const sender = modality(`"ct1" : { "AET" : "CT1", "Host" : "10.0.0.10", "Port" : 104, ${sends} }`);
const reader = modality(`"ws1" : { "AET" : "WS1", "Host" : "10.0.0.20", "Port" : 11112, ${reads} }`);

/** Unknown callers are rejected at the association. */
export const orthancKnownCallers: ProductRemedy = {
  ...orthancBase,
  lines: [
    '"DicomAlwaysAllowEcho" : false,',
    '"DicomAlwaysAllowStore" : false,',
    '"DicomAlwaysAllowFind" : false,',
    '"DicomAlwaysAllowFindWorklist" : false,',
    '"DicomAlwaysAllowGet" : false,',
    '"DicomAlwaysAllowMove" : false,',
    '"DicomCheckModalityHost" : true,',
    ...sender,
  ],
  rollback: 'Put the former values back and restart. As shipped, echo and store are true and all the others false.',
  note:
    'As long as one of the six is true, every caller gets an association. Enter every modality and workstation first: what is not in ' +
    'DicomModalities is locked out. DicomCheckModalityHost compares addresses, so "Host" must be an IP address, not a name.',
};

/** Any caller may still associate; its queries are aborted. */
export const orthancNoOpenQuery: ProductRemedy = {
  ...orthancBase,
  lines: ['"DicomAlwaysAllowFind" : false,', '"DicomAlwaysAllowFindWorklist" : false,', ...reader],
  rollback: 'Set both back to true and restart.',
  note: 'Enter the workstations that query in DicomModalities first. Both are false as shipped: somebody switched them on, for a reason worth finding out.',
};

export const orthancNoOpenRetrieve: ProductRemedy = {
  ...orthancBase,
  lines: ['"DicomAlwaysAllowGet" : false,', '"DicomAlwaysAllowMove" : false,', ...reader],
  rollback: 'Set them back to true and restart.',
  note:
    'Both are false as shipped. While any of the six DicomAlwaysAllow settings is true, Orthanc negotiates retrieval with every caller and refuses ' +
    'the request only then: from outside that cannot be told until all six are false.',
};

export const orthancNoOpenStore: ProductRemedy = {
  ...orthancBase,
  lines: ['"DicomAlwaysAllowStore" : false,', ...sender],
  rollback: 'Set it back to true, which is what is shipped, and restart.',
  note:
    'Enter every modality that sends in DicomModalities first, or its images are refused. While any of the six DicomAlwaysAllow settings is true, Orthanc ' +
    'negotiates storage with every caller and refuses the image only then: from outside that cannot be told until all six are false.',
};

export const orthancNoOpenReading: ProductRemedy = {
  ...orthancBase,
  lines: [
    '"DicomAlwaysAllowFind" : false,',
    '"DicomAlwaysAllowFindWorklist" : false,',
    '"DicomAlwaysAllowGet" : false,',
    '"DicomAlwaysAllowMove" : false,',
    ...reader,
  ],
  rollback: 'Set back to true what was true before and restart.',
  note: 'All four are false as shipped. Enter the workstations that query in DicomModalities first.',
};

export const orthancTitle: ProductRemedy = {
  ...orthancBase,
  lines: ['"DicomAet" : "RAD7ARCHIVE",', '"DicomCheckCalledAet" : true'],
  rollback: 'Set "DicomCheckCalledAet" to false, which is what is shipped, and restart.',
  note: 'Every modality and workstation has to be told the new title before. The title ORTHANC is the first one that anybody tries.',
};

const orthancTlsLines = [
  '"DicomTlsEnabled" : true,',
  '"DicomTlsCertificate" : "/etc/orthanc/dicom.crt",',
  '"DicomTlsPrivateKey" : "/etc/orthanc/dicom.key",',
  '"DicomTlsTrustedCertificates" : "/etc/orthanc/ca.crt",',
  '"DicomTlsRemoteCertificateRequired" : true',
];
export const orthancTls: ProductRemedy = {
  ...orthancBase,
  lines: orthancTlsLines,
  rollback: 'Set "DicomTlsEnabled" to false and restart.',
  note:
    'One Orthanc speaks TLS or plain DICOM, never both: devices that know no TLS need a second Orthanc or a TLS gateway beside them. With the last line each ' +
    'device needs a certificate of your authority. TLS came with 1.9.0, the last line with 1.9.3.',
};

const hostTable = [
  'HostTable BEGIN',
  'ct1   = (CT1, ct1.hospital.example, 11112)',
  'ws1   = (WS1, ws1.hospital.example, 11112)',
  'known = ct1, ws1',
  'HostTable END',
];
const aeTable = (access: 'R' | 'RW'): readonly string[] => ['AETable BEGIN', `RAD7ARCHIVE  /var/lib/dcmtk/db  ${access}  (200, 1024mb)  known`, 'AETable END'];
const dcmqrscpFile = 'dcmqrscp.cfg, then restart dcmqrscp';
const storescpTrap = 'storescp keeps no list of callers: run it with TLS and client certificates (+tls, -rc), or let only the senders reach its port.';

/** Unknown callers are rejected at the association. */
export const dcmtkKnownCallers: ProductRemedy = {
  ...dcmtkBase,
  where: dcmqrscpFile,
  lines: [...hostTable, ...aeTable('RW')],
  rollback: 'Write ANY again where "known" stands and restart.',
  note:
    'Title and host name must both match, and host names are needed, not addresses. An unknown caller is told "called AE title not recognised". ' +
    `Access W does not keep anybody from querying. ${storescpTrap}`,
};

export const dcmtkReadOnly: ProductRemedy = {
  ...dcmtkBase,
  where: dcmqrscpFile,
  lines: [...hostTable, ...aeTable('R')],
  rollback: 'Write RW, and ANY where "known" stands, again and restart.',
  note: `R refuses storage to everybody; where some must send, keep RW and list them. ${storescpTrap}`,
};

export const dcmtkRetrieve: ProductRemedy = {
  ...dcmtkBase,
  where: 'dcmqrscp.cfg and the command line of dcmqrscp, then restart it',
  lines: [...hostTable, ...aeTable('RW'), 'dcmqrscp --disable-get -ZA -c dcmqrscp.cfg'],
  rollback: 'Write ANY again where "known" stands, leave out --disable-get and -ZA, and restart.',
  note: 'Without -ZA a caller may have images sent to any other station of the HostTable. --disable-get locks out viewers that retrieve with C-GET.',
};

export const dcmtkTitle: ProductRemedy = {
  ...dcmtkBase,
  where: 'dcmqrscp.cfg; dcmqrscp in the place of storescp',
  lines: ['AETable BEGIN', 'RAD7ARCHIVE  /var/lib/dcmtk/db  RW  (200, 1024mb)  known', 'AETable END', 'dcmqrscp -c dcmqrscp.cfg'],
  rollback: 'Start storescp again.',
  note: 'dcmqrscp answers only to the titles of its AETable. storescp answers to every title, also with -aet.',
};

export const dcmtkTls: ProductRemedy = {
  ...dcmtkBase,
  where: 'the command line',
  lines: ['storescp +tls dicom.key dicom.crt +cf ca.crt -rc 2762', 'dcmqrscp +tls dicom.key dicom.crt +cf ca.crt -rc -c dcmqrscp.cfg 2762'],
  rollback: 'Start it without +tls, +cf and -rc, on its former port.',
  note: 'storescp has long known TLS; dcmqrscp only since 3.6.9: put a TLS proxy in front of an older one and let nobody else reach it. The key comes first.',
};

const knownCallers = [archiveEntry, 'changetype: modify', 'add: dcmAcceptedCallingAETitle', 'dcmAcceptedCallingAETitle: CT1', 'dcmAcceptedCallingAETitle: WS1'];
const knownCallersTrap =
  'Where the attribute is absent, any caller is accepted, as shipped. Do the same for the other AEs of the archive (IOCM_REGULAR_USE and the like). ' +
  'dcmValidateCallingAEHostname: TRUE compares the host of the caller as well.';

/** Unknown callers are rejected at the association. */
export const dcm4cheeKnownCallers: ProductRemedy = {
  ...dcm4cheeBase,
  lines: knownCallers,
  rollback: 'Delete the attribute dcmAcceptedCallingAETitle and reload the configuration.',
  note: knownCallersTrap,
};

export const dcm4cheeRetrieve: ProductRemedy = {
  ...dcm4cheeBase,
  lines: [...knownCallers, '-', 'add: dcmAcceptedMoveDestination', 'dcmAcceptedMoveDestination: WS1'],
  rollback: 'Delete both attributes and reload the configuration.',
  note: knownCallersTrap,
};

export const dcm4cheeTitle: ProductRemedy = {
  ...dcm4cheeBase,
  lines: [archiveEntry, 'changetype: modify', 'delete: dcmOtherAETitle', 'dcmOtherAETitle: *'],
  rollback: 'Add dcmOtherAETitle: * to that entry again and reload the configuration.',
  note: 'As shipped it answers only to its own titles. An AE whose title, or one of whose other titles, is "*" takes every called title: remove that.',
};

export const dcm4cheeTls: ProductRemedy = {
  ...dcm4cheeBase,
  lines: [
    'dn: cn=dicom,dicomDeviceName=dcm4chee-arc,cn=Devices,cn=DICOM Configuration,dc=dcm4che,dc=org',
    'changetype: modify',
    'replace: dicomInstalled',
    'dicomInstalled: FALSE',
  ],
  rollback: 'Set dicomInstalled to TRUE and reload the configuration.',
  note:
    'Its connection cn=dicom-tls on port 2762 stays. Move every device there first, and replace its two shipped cipher suites, which are weak, ' +
    'and the shipped key store.',
};
