/** A report as a small hospital would get it, typed so that it cannot drift from the document's shape. Every figure and every device is made up. */
import type { Because, Severity, Verdict } from '../../src/model/check.js';
import { addEstimates, atLeast, type Exposure, exactly, type TimelineYear } from '../../src/model/exposure.js';
import { type Report, type ReportEndpoint, type ReportFinding, type ReportObservation, reportSchema } from '../../src/model/report.js';
import { type Rights, unknownRights } from '../../src/model/rights.js';
import type { DicomEvidence } from '../../src/protocols/dicom/evidence.js';
import type { TlsEvidence } from '../../src/protocols/tls/evidence.js';
import { type CheckId, catalogue } from './catalogue.js';

type Place = Pick<ReportEndpoint, 'host' | 'address' | 'port' | 'product'>;
type Ruling = readonly [check: CheckId, verdict: Verdict['verdict'], reason: string, because?: Because, severity?: Severity];

function findings(rulings: readonly Ruling[]): readonly ReportFinding[] {
  return rulings.map(([check, verdict, reason, because = {}, severity]) => ({
    check,
    subject: '',
    severity: severity ?? catalogue[check].severity,
    verdict,
    reason,
    because,
  }));
}

const traffic = (connections: number, bytesSent: number, bytesReceived: number) => ({ connections, messagesSent: 2 * connections, bytesSent, bytesReceived });

const observed = (
  kind: string,
  transport: 'plain' | 'tls',
  at: string,
  evidence: DicomEvidence | TlsEvidence,
  cost: ReportObservation['traffic'],
  durationMs: number,
): ReportObservation => ({
  kind,
  transport,
  at: `2026-11-24T${at}.000Z`,
  durationMs,
  outcome: 'observed',
  detail: null,
  traffic: cost,
  evidence,
});

const failed = (
  kind: string,
  transport: 'plain' | 'tls',
  at: string,
  outcome: Exclude<ReportObservation['outcome'], 'observed'>,
  detail: string,
  durationMs: number,
): ReportObservation => ({
  kind,
  transport,
  at: `2026-11-24T${at}.000Z`,
  durationMs,
  outcome,
  detail,
  traffic: traffic(1, 219, 0),
  evidence: null,
});

const dicomEvidence: DicomEvidence = {
  transport: 'plain',
  calledTitle: 'unguessable',
  callingTitle: 'unguessable',
  association: { answer: 'accepted' },
  strangerAssociation: { answer: 'accepted' },
  userIdentity: 'ignored',
  implementation: { classUid: '1.2.276.0.7230010.3.0.3.6.8', versionName: 'OFFIS_DCMTK_368' },
  maximumPduLength: 16384,
  contexts: {
    verification: 'accepted',
    'study-root-find': 'accepted',
    'storage-ct': 'accepted',
    'storage-mr': 'accepted',
    canary: 'abstract-syntax-not-supported',
  },
  echo: { answer: 'success', status: 0 },
  query: { answer: 'success', status: 0, rows: 0 },
  archive: null,
  identifiers: {},
  record: null,
  sample: 'not-tried',
  release: 'released',
};

const tlsEvidence: TlsEvidence = {
  versions: { SSLv3: 'refused', 'TLSv1.0': 'refused', 'TLSv1.1': 'refused', 'TLSv1.2': 'offered', 'TLSv1.3': 'offered' },
  weakSuites: { offer: 'refused', suite: null },
  agreed: { version: 'TLSv1.3', cipherSuite: 'TLS_AES_256_GCM_SHA384' },
  certificate: null,
  chainLength: 1,
  clientCertificate: 'required',
  hostMatch: 'matches',
};

/** Studies a year from 2003 on, some images each. */
const archiveYears: readonly TimelineYear[] = [
  412, 689, 934, 1_102, 1_340, 1_421, 1_388, 1_602, 1_779, 1_850, 2_011, 2_140, 2_236, 2_307, 2_418, 2_530, 2_611, 2_190, 2_702, 2_893, 2_964, 2_988, 2_511,
  1_882,
].map((studies, index) => ({
  year: 2003 + index,
  studies,
  images: studies * 21,
}));
const total = (timeline: readonly TimelineYear[], pick: (year: TimelineYear) => number) => timeline.reduce((sum, year) => sum + pick(year), 0);

const archiveTimeline: readonly TimelineYear[] = [...archiveYears, { year: null, studies: 37, images: 152 }];
const archiveExposure: Exposure = {
  images: exactly(total(archiveTimeline, ({ images }) => images ?? 0)),
  studies: exactly(total(archiveTimeline, ({ studies }) => studies)),
  patients: exactly(17_846),
  timeline: archiveTimeline,
  counting: {
    source: 'c-find',
    how: 'all studies, by stretches of study date; images as each study states them; it gives at most 500 rows an answer',
    requests: 214,
    responses: 66_012,
    bytes: 7_041_920,
  },
  identifiers: {
    AccessionNumber: 'pseudonymous',
    InstitutionName: 'real-looking',
    OtherPatientIDs: 'empty',
    PatientBirthDate: 'real-looking',
    PatientID: 'pseudonymous',
    PatientName: 'real-looking',
    PatientSex: 'real-looking',
    ReferringPhysicianName: 'real-looking',
  },
};

function openArchive(): ReportEndpoint {
  const place: Place = {
    host: 'archive.radiology.example',
    address: '192.0.2.10',
    port: 4242,
    product: { id: 'orthanc', name: 'Orthanc', version: '1.12.4', basis: 'implementation class UID' },
  };
  return {
    ...place,
    service: 'dicom',
    exposure: archiveExposure,
    rights: { read: 'yes', create: 'negotiated', edit: 'unknown', delete: 'unknown' },
    observations: [
      failed('tls', 'plain', '01:15:07', 'not-this-protocol', 'the peer speaks dicom', 18),
      observed(
        'dicom',
        'plain',
        '01:15:07',
        { ...dicomEvidence, implementation: { classUid: '1.2.276.0.7230010.3.0.3.6.4', versionName: 'ORTHANC_1_12_4' } },
        traffic(3, 4_812, 6_240_118),
        48_210,
      ),
    ],
    findings: findings([
      [
        'open-query',
        'fail',
        'a C-FIND from a caller that it had never heard of was answered with success',
        { status: '0000H', calledTitle: 'unguessable', rows: 0 },
      ],
      [
        'patient-identifiers-exposed',
        'fail',
        'the one record that was asked for held 5 attributes that read like a person’s own',
        { realLooking: ['PatientName', 'PatientBirthDate', 'PatientSex', 'ReferringPhysicianName', 'InstitutionName'] },
      ],
      ['cleartext-dicom', 'fail', 'DICOM was spoken without TLS', { transport: 'plain' }],
      [
        'open-store',
        'fail',
        'it accepted 2 storage contexts from a caller that it had never heard of; whether it stores was not tried',
        { contexts: ['storage-ct', 'storage-mr'] },
      ],
      ['any-called-ae-accepted', 'fail', 'it accepted an association for an AE title that no device has', { calledTitle: 'unguessable' }],
    ]),
  };
}

function teachingArchive(): ReportEndpoint {
  const place: Place = { host: '192.0.2.23', address: '192.0.2.23', port: 11112, product: null };
  const timeline: readonly TimelineYear[] = [
    { year: 2019, studies: 1_204, images: null },
    { year: 2020, studies: 3_796, images: null },
  ];
  return {
    ...place,
    service: 'dicom',
    exposure: {
      images: null,
      studies: atLeast(5_000),
      patients: atLeast(1_131),
      timeline,
      identifiers: { PatientBirthDate: 'empty', PatientID: 'pseudonymous', PatientName: 'pseudonymous' },
    },
    rights: { read: 'yes', create: 'no', edit: 'no', delete: 'no' },
    observations: [
      observed('dicom', 'plain', '01:15:56', { ...dicomEvidence, implementation: { classUid: null, versionName: null } }, traffic(3, 3_190, 871_044), 9_120),
    ],
    findings: findings([
      [
        'open-query',
        'fail',
        'a C-FIND from a caller that it had never heard of was answered with success',
        { status: '0000H', calledTitle: 'unguessable', rows: 0 },
      ],
      ['cleartext-dicom', 'fail', 'DICOM was spoken without TLS', { transport: 'plain' }],
      ['patient-identifiers-exposed', 'pass', 'the one record that was asked for held codes and placeholders only'],
      ['open-store', 'pass', 'it refused every storage context'],
      ['any-called-ae-accepted', 'unknown', 'the operator gave the called AE title, so it was not tried'],
    ]),
  };
}

function storeOnlySink(): ReportEndpoint {
  const place: Place = {
    host: '192.0.2.31',
    address: '192.0.2.31',
    port: 104,
    product: { id: 'dcmtk', name: 'DCMTK storescp', version: '3.6.8', basis: 'implementation version name' },
  };
  return {
    ...place,
    service: 'dicom',
    exposure: null,
    rights: { read: 'no', create: 'negotiated', edit: 'unknown', delete: 'unknown' },
    observations: [
      observed('dicom', 'plain', '01:16:06', { ...dicomEvidence, query: { answer: 'not-negotiated', status: null, rows: 0 } }, traffic(2, 1_804, 1_126), 212),
    ],
    findings: findings([
      ['cleartext-dicom', 'fail', 'DICOM was spoken without TLS', { transport: 'plain' }],
      [
        'open-store',
        'fail',
        'it accepted 6 storage contexts from a caller that it had never heard of; whether it stores was not tried',
        { contexts: ['storage-ct', 'storage-mr', 'storage-cr', 'storage-dx', 'storage-us', 'storage-sc'] },
      ],
      ['any-called-ae-accepted', 'fail', 'it accepted an association for an AE title that no device has', { calledTitle: 'unguessable' }],
      ['open-query', 'pass', 'it took no query context'],
      ['patient-identifiers-exposed', 'not-applicable', 'it answers no queries'],
    ]),
  };
}

function expiredCertificate(): ReportEndpoint {
  const place: Place = {
    host: 'gateway.radiology.example',
    address: '192.0.2.40',
    port: 2762,
    product: { id: 'dcm4chee-arc', name: 'dcm4chee-arc', version: null, basis: 'implementation class UID' },
  };
  const certificate: TlsEvidence['certificate'] = {
    subject: 'CN=gateway.radiology.example',
    issuer: 'CN=Radiology Test Authority',
    selfSigned: false,
    notBefore: 1_722_470_400_000,
    notAfter: 1_785_542_400_000,
    key: { type: 'rsa', bits: 3072 },
    signatureAlgorithm: 'sha256WithRSAEncryption',
    names: ['gateway.radiology.example'],
    fingerprint: '5f'.repeat(32),
  };
  return {
    ...place,
    service: 'dicom over tls',
    exposure: null,
    rights: { read: 'no', create: 'no', edit: 'no', delete: 'no' },
    observations: [
      observed(
        'tls',
        'plain',
        '01:16:07',
        { ...tlsEvidence, versions: { ...tlsEvidence.versions, 'TLSv1.1': 'offered' }, certificate, clientCertificate: 'not-required' },
        traffic(7, 3_920, 14_288),
        402,
      ),
      observed(
        'dicom',
        'tls',
        '01:16:08',
        { ...dicomEvidence, transport: 'tls', association: { answer: 'rejected', result: 1, source: 1, reason: 3, meaning: 'calling-ae-not-recognised' } },
        traffic(1, 902, 4_410),
        96,
      ),
    ],
    findings: findings([
      ['expired-certificate', 'fail', 'it ended on 2026-08-01, 115 days ago', { notBefore: '2024-08-01', notAfter: '2026-08-01' }],
      ['outdated-tls', 'fail', 'it accepts TLSv1.1', { offered: ['TLSv1.1', 'TLSv1.2', 'TLSv1.3'], weakSuite: null }],
      [
        'no-client-certificate',
        'fail',
        'a caller without a certificate gets as far as the DICOM layer, which then turned this one away',
        { clientCertificate: 'not-required', association: 'rejected' },
        'low',
      ],
      ['cleartext-dicom', 'pass', 'DICOM was spoken inside TLS'],
      ['open-query', 'pass', 'it turned a stranger away at the association'],
      ['open-store', 'pass', 'it turned a stranger away at the association'],
    ]),
  };
}

function calledTitleRefused(): ReportEndpoint {
  const place: Place = { host: '192.0.2.52', address: '192.0.2.52', port: 104, product: null };
  const why = 'it refused the called AE title, so nothing behind it could be asked: give the right one with --called-ae';
  return {
    ...place,
    service: 'dicom',
    exposure: null,
    rights: unknownRights,
    observations: [
      observed(
        'dicom',
        'plain',
        '01:16:09',
        {
          ...dicomEvidence,
          association: { answer: 'rejected', result: 1, source: 1, reason: 7, meaning: 'called-ae-not-recognised' },
          echo: { answer: 'not-tried', status: null },
        },
        traffic(1, 902, 10),
        31,
      ),
    ],
    findings: findings([
      ['cleartext-dicom', 'fail', 'DICOM was spoken without TLS', { transport: 'plain' }],
      ['open-query', 'unknown', why],
      ['open-store', 'unknown', why],
      ['patient-identifiers-exposed', 'unknown', why],
      ['any-called-ae-accepted', 'pass', 'it refused an AE title that no device has'],
    ]),
  };
}

function hardened(): ReportEndpoint {
  const place: Place = { host: '192.0.2.60', address: '192.0.2.60', port: 2762, product: null };
  const rights: Rights = { read: 'no', create: 'no', edit: 'no', delete: 'no' };
  return {
    ...place,
    service: 'tls',
    exposure: null,
    rights,
    observations: [
      observed('tls', 'plain', '01:16:10', tlsEvidence, traffic(7, 3_920, 12_004), 377),
      failed('dicom', 'tls', '01:16:10', 'closed', 'the TLS handshake ended with the alert certificate_required', 44),
    ],
    findings: findings([
      ['cleartext-dicom', 'unknown', 'no dicom evidence: the TLS handshake ended with the alert certificate_required', { outcome: 'closed' }],
      ['no-client-certificate', 'pass', 'the TLS handshake fails without a client certificate'],
      ['outdated-tls', 'pass', 'it accepts TLSv1.2 and TLSv1.3 and refused everything older and weaker'],
      ['expired-certificate', 'pass', 'it is valid until 2027-05-30'],
    ]),
  };
}

function silentPort(): ReportEndpoint {
  const place: Place = { host: '192.0.2.77', address: '192.0.2.77', port: 11112, product: null };
  const why = 'no dicom evidence: the port opened and nothing came within 3 seconds';
  return {
    ...place,
    service: 'silent',
    exposure: null,
    rights: unknownRights,
    observations: [
      failed('tls', 'plain', '01:16:11', 'timed-out', 'the port opened and nothing came within 3 seconds', 3_004),
      failed('dicom', 'plain', '01:16:14', 'timed-out', 'the port opened and nothing came within 3 seconds', 3_003),
    ],
    findings: findings([
      ['cleartext-dicom', 'unknown', why],
      ['open-query', 'unknown', why],
      ['open-store', 'unknown', why],
    ]),
  };
}

/** Failed findings a severity, and verdicts of every kind, as `reportDocument` would count them. */
function tallies(endpoints: readonly ReportEndpoint[]): Pick<Report['summary'], 'findings' | 'verdicts'> {
  const all = endpoints.flatMap((endpoint) => endpoint.findings);
  const failures = (severity: Severity) => all.filter((finding) => finding.verdict === 'fail' && finding.severity === severity).length;
  const verdicts = (verdict: Verdict['verdict']) => all.filter((finding) => finding.verdict === verdict).length;
  return {
    findings: { critical: failures('critical'), high: failures('high'), medium: failures('medium'), low: failures('low') },
    verdicts: { fail: verdicts('fail'), pass: verdicts('pass'), 'not-applicable': verdicts('not-applicable'), unknown: verdicts('unknown') },
  };
}

export function goldenReport(): Report {
  const endpoints = [openArchive(), teachingArchive(), storeOnlySink(), calledTitleRefused(), expiredCertificate(), hardened(), silentPort()];
  const exposures = endpoints.flatMap(({ exposure }) => exposure ?? []);
  return {
    schema: reportSchema,
    scan: {
      id: '20261124T011500-x7k2',
      startedAt: '2026-11-24T01:15:00.000Z',
      finishedAt: '2026-11-24T01:16:18.400Z',
      authorisedBy: 'IT security of the example hospital, ticket 4711',
      touch: 'anonymous',
      version: '0.1.0',
      complete: true,
    },
    summary: {
      targets: 126,
      endpoints: endpoints.length,
      writableEndpoints: 0,
      offeringEndpoints: endpoints.filter(({ rights }) => [rights.create, rights.edit, rights.delete].includes('negotiated')).length,
      readableEndpoints: endpoints.filter(({ rights }) => rights.read === 'yes').length,
      exposedEndpoints: endpoints.filter((endpoint) => endpoint.findings.some((finding) => finding.verdict === 'fail')).length,
      ...tallies(endpoints),
      outcomes: { observed: 6, 'timed-out': 19, refused: 479 },
      images: addEstimates([...exposures.map(({ images }) => images ?? atLeast(0))]),
      studies: addEstimates(exposures.map(({ studies }) => studies)),
      patients: addEstimates(exposures.map(({ patients }) => patients)),
      traffic: traffic(524, 41_209, 7_149_220),
    },
    endpoints,
    checks: Object.fromEntries(
      Object.entries(catalogue).map(([id, { title, remedy, references }]) => [id, { title, why: `Why ${id} matters.`, remedy, references }]),
    ),
  };
}
