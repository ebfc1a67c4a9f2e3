/** DICOMweb (PS3.18) and the interfaces of two archives, on an archive that is only computed. Opens no sockets. */
import type { VirtualArchive, VirtualStudy } from './archive.js';
import { attributeOf, type Keyword, keywords } from './attributes.js';
import type { WebAnswer, WebRequest, WebSite } from './behaviour.js';
import { datedStudies } from './query.js';
import { notFound } from './web-pages.js';

/** Returned for a study unless more is asked for (PS3.18 table 10.6.3-3). */
export const studyColumns: readonly Keyword[] = [
  'StudyDate',
  'StudyTime',
  'AccessionNumber',
  'ReferringPhysicianName',
  'PatientName',
  'PatientID',
  'PatientBirthDate',
  'PatientSex',
  'StudyInstanceUID',
  'NumberOfStudyRelatedInstances',
];

/** Records in one answer at most, whatever is asked for. */
const mostAtOnce = 100;

export const json = (value: unknown, type = 'application/json'): WebAnswer => ({ status: 200, headers: { 'content-type': type }, body: JSON.stringify(value) });
const badRequest: WebAnswer = { status: 400, headers: { 'content-type': 'application/json' }, body: '{"Message":"the body is empty"}' };

/** `root` without a slash at its end, for example `/dicom-web`. */
export function dicomWeb(root: string, archive: VirtualArchive): WebSite {
  return (request) => {
    if (request.path !== `${root}/studies`) return notFound;
    if (request.method === 'POST') return badRequest;
    return request.method === 'GET' ? json(rows(archive, request), 'application/dicom+json') : { status: 405 };
  };
}

function rows(archive: VirtualArchive, { query }: WebRequest): readonly unknown[] {
  const id = query.get('PatientID');
  if (id !== null && !archive.patientWithId(id)) return [];
  const offset = Number(query.get('offset') ?? 0);
  const limit = Math.min(Number(query.get('limit') ?? mostAtOnce), mostAtOnce);
  const columns = query.get('includefield') === 'all' ? keywords : studyColumns;
  return page(archive, query, offset, limit).map((study) => row(archive, study, columns));
}

/** Without computing the rest: a year of a large archive has hundreds of thousands. */
function someOf(studies: Iterable<VirtualStudy>, offset: number, limit: number): readonly VirtualStudy[] {
  const some: VirtualStudy[] = [];
  let at = 0;
  for (const study of studies) {
    if (at >= offset + limit) break;
    if (at >= offset) some.push(study);
    at += 1;
  }
  return some;
}

function page(archive: VirtualArchive, query: URLSearchParams, offset: number, limit: number): readonly VirtualStudy[] {
  const date = query.get('StudyDate');
  if (date !== null) return someOf(datedStudies(archive, date, query.get('StudyTime') ?? ''), offset, limit);
  return Array.from({ length: Math.max(0, Math.min(limit, archive.studies - offset)) }, (_, index) => archive.study(offset + index));
}

/** PS3.18 section F.2. */
function row(archive: VirtualArchive, study: VirtualStudy, columns: readonly Keyword[]): Readonly<Record<string, unknown>> {
  const attributes = columns.flatMap((keyword) => attributeOf(keyword, { archive, study, patient: archive.patient(study.patientIndex) }) ?? []);
  return Object.fromEntries(
    attributes.map(({ tag, vr, value }) => {
      const one = vr === 'PN' ? { Alphabetic: value } : vr === 'IS' ? Number(value) : value;
      return [tag.toString(16).toUpperCase().padStart(8, '0'), { vr, Value: [one] }];
    }),
  );
}

/** Orthanc's own interface, as far as a scan asks for it. */
export function orthancApi(archive: VirtualArchive): WebSite {
  const { studies, patients, images } = archive;
  const answers: Readonly<Record<string, WebAnswer>> = {
    'GET /system': json({ ApiVersion: 19, DicomAet: 'ORTHANC', Version: '1.11.2', DatabaseVersion: 6 }),
    'GET /statistics': json({ CountInstances: images, CountPatients: patients, CountStudies: studies, TotalDiskSize: '0' }),
    'POST /instances': badRequest,
    'POST /tools/bulk-modify': badRequest,
    'POST /tools/bulk-delete': badRequest,
  };
  return ({ method, path }) => answers[`${method} ${path}`] ?? notFound;
}

/** dcm4chee-arc: one application entity, its DICOMweb and its counters. */
export function dcm4cheeApi(archive: VirtualArchive): WebSite {
  const root = '/dcm4chee-arc/aets/DCM4CHEE/rs';
  const web = dicomWeb(root, archive);
  const counters: Readonly<Record<string, number>> = { studies: archive.studies, instances: archive.images, patients: archive.patients };
  return (request) => {
    // As JAX-RS servers answer for a resource that exists or not: the methods that it has.
    if (request.method === 'OPTIONS' && request.path.startsWith(`${root}/studies/`))
      return { status: 200, headers: { allow: 'HEAD, DELETE, POST, GET, OPTIONS, PUT' } };
    if (request.path === '/dcm4chee-arc/aets') return json([{ dicomAETitle: 'DCM4CHEE', dicomDescription: 'Archive' }]);
    const counted = request.path.startsWith(`${root}/`) ? counters[request.path.slice(root.length + 1).replace(/\/count$/, '')] : undefined;
    const date = request.query.get('StudyDate');
    const count = counted === undefined || date === null ? counted : [...datedStudies(archive, date, '')].length;
    return count !== undefined && request.path.endsWith('/count') ? json({ count }) : web(request);
  };
}
