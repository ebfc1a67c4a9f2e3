/** The attributes that the estate's archives can return, and their values (PS3.6 section 6, PS3.4 section C.6). Opens no sockets. */
import type { Attribute } from '../protocols/dicom/wire/data-set.js';
import type { VirtualArchive, VirtualStudy } from './archive.js';
import type { VirtualPatient } from './canary.js';

/** Of a study: computed like everything else. */
export interface VirtualSeries {
  readonly uid: string;
  readonly instances: number;
}

/** One line of an answer: a patient, a study with its patient, one of its series, or an image of that. */
export interface Row {
  readonly archive: VirtualArchive;
  readonly patient: VirtualPatient;
  readonly study: VirtualStudy | undefined;
  readonly series?: VirtualSeries;
  /** Unique identifier of the image. */
  readonly image?: string;
}

interface Column {
  readonly tag: number;
  readonly vr: string;
  /** `undefined` where a row of this level has no such attribute. */
  value(row: Row): string | undefined;
}

const images = (studies: readonly VirtualStudy[]): number => studies.reduce((sum, study) => sum + study.instances, 0);
const studiesOf = ({ archive, patient }: Row): readonly VirtualStudy[] => archive.studiesOf(patient.index);

const levelOf = ({ study, series, image }: Row): string => (image ? 'IMAGE' : series ? 'SERIES' : study ? 'STUDY' : 'PATIENT');

const columns = {
  StudyDate: { tag: 0x00080020, vr: 'DA', value: ({ study }) => study?.date },
  SOPInstanceUID: { tag: 0x00080018, vr: 'UI', value: ({ image }) => image },
  StudyTime: { tag: 0x00080030, vr: 'TM', value: ({ study }) => study?.time },
  AccessionNumber: { tag: 0x00080050, vr: 'SH', value: ({ study }) => study?.accessionNumber },
  QueryRetrieveLevel: { tag: 0x00080052, vr: 'CS', value: levelOf },
  InstitutionName: { tag: 0x00080080, vr: 'LO', value: ({ study, archive }) => study && archive.naming.institution },
  ReferringPhysicianName: { tag: 0x00080090, vr: 'PN', value: ({ study, archive }) => study && archive.naming.referringPhysician },
  PatientName: { tag: 0x00100010, vr: 'PN', value: ({ patient }) => patient.name },
  PatientID: { tag: 0x00100020, vr: 'LO', value: ({ patient }) => patient.id },
  PatientBirthDate: { tag: 0x00100030, vr: 'DA', value: ({ patient }) => patient.birthDate },
  PatientSex: { tag: 0x00100040, vr: 'CS', value: ({ patient }) => patient.sex },
  OtherPatientIDs: { tag: 0x00101000, vr: 'LO', value: ({ patient }) => patient.otherIds },
  PatientAddress: { tag: 0x00101040, vr: 'LO', value: ({ patient }) => patient.address },
  PatientTelephoneNumbers: { tag: 0x00102154, vr: 'SH', value: ({ patient }) => patient.telephone },
  OtherPatientNames: { tag: 0x00101001, vr: 'PN', value: ({ patient }) => patient.otherName },
  PatientMotherBirthName: { tag: 0x00101060, vr: 'PN', value: ({ patient }) => patient.motherName },
  PatientBirthTime: { tag: 0x00100032, vr: 'TM', value: ({ patient }) => patient.birthTime },
  PatientComments: { tag: 0x00104000, vr: 'LT', value: ({ patient }) => patient.comments },
  InstitutionAddress: { tag: 0x00080081, vr: 'ST', value: ({ study, archive }) => study && archive.naming.institutionAddress },
  OperatorsName: { tag: 0x00081070, vr: 'PN', value: ({ study, archive }) => study && archive.naming.operator },
  StudyDescription: { tag: 0x00081030, vr: 'LO', value: ({ study, archive }) => study && archive.naming.studyDescription },
  StudyInstanceUID: { tag: 0x0020000d, vr: 'UI', value: ({ study }) => study?.uid },
  SeriesInstanceUID: { tag: 0x0020000e, vr: 'UI', value: ({ series }) => series?.uid },
  NumberOfPatientRelatedStudies: { tag: 0x00201200, vr: 'IS', value: (row) => String(studiesOf(row).length) },
  NumberOfPatientRelatedInstances: { tag: 0x00201204, vr: 'IS', value: (row) => String(images(studiesOf(row))) },
  NumberOfStudyRelatedInstances: { tag: 0x00201208, vr: 'IS', value: ({ study }) => study && String(study.instances) },
  NumberOfSeriesRelatedInstances: { tag: 0x00201209, vr: 'IS', value: ({ series }) => series && String(series.instances) },
} satisfies Record<string, Column>;

export type Keyword = keyof typeof columns;
export const keywords = Object.keys(columns) as readonly Keyword[];

export const countKeywords = [
  'NumberOfPatientRelatedStudies',
  'NumberOfPatientRelatedInstances',
  'NumberOfStudyRelatedInstances',
  'NumberOfSeriesRelatedInstances',
] as const satisfies readonly Keyword[];

export const tagOf = (keyword: Keyword): number => columns[keyword].tag;

/** The attribute as it stands in a response, or `undefined` where this row has none. */
export function attributeOf(keyword: Keyword, row: Row): Attribute | undefined {
  const column: Column = columns[keyword];
  const value = column.value(row);
  return value === undefined ? undefined : { tag: column.tag, vr: column.vr, value };
}

/** One to three series, the images divided among them. */
export function seriesOf(study: VirtualStudy): readonly VirtualSeries[] {
  const count = Math.max(1, Math.min(study.instances, 1 + (study.patientIndex % 3)));
  return Array.from({ length: count }, (_, index) => ({
    uid: `${study.uid}.${index + 1}`,
    instances: Math.floor(((index + 1) * study.instances) / count) - Math.floor((index * study.instances) / count),
  }));
}
