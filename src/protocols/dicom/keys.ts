/** The attributes that a query may name (PS3.6 section 6). Opens no sockets. */
import type { Attribute } from './wire/data-set.js';

export const tags = {
  StudyDate: 0x00080020,
  StudyTime: 0x00080030,
  SOPInstanceUID: 0x00080018,
  AccessionNumber: 0x00080050,
  QueryRetrieveLevel: 0x00080052,
  InstitutionName: 0x00080080,
  ReferringPhysicianName: 0x00080090,
  PatientName: 0x00100010,
  PatientID: 0x00100020,
  PatientBirthDate: 0x00100030,
  PatientSex: 0x00100040,
  OtherPatientIDs: 0x00101000,
  PatientAddress: 0x00101040,
  PatientTelephoneNumbers: 0x00102154,
  StudyInstanceUID: 0x0020000d,
  SeriesInstanceUID: 0x0020000e,
  NumberOfPatientRelatedStudies: 0x00201200,
  NumberOfPatientRelatedInstances: 0x00201204,
  NumberOfStudyRelatedInstances: 0x00201208,
  NumberOfSeriesRelatedInstances: 0x00201209,
} as const;
export type Keyword = keyof typeof tags;

const vrs: Readonly<Record<Keyword, string>> = {
  StudyDate: 'DA',
  StudyTime: 'TM',
  AccessionNumber: 'SH',
  QueryRetrieveLevel: 'CS',
  InstitutionName: 'LO',
  ReferringPhysicianName: 'PN',
  PatientName: 'PN',
  PatientID: 'LO',
  PatientBirthDate: 'DA',
  PatientSex: 'CS',
  OtherPatientIDs: 'LO',
  PatientAddress: 'LO',
  PatientTelephoneNumbers: 'SH',
  StudyInstanceUID: 'UI',
  SeriesInstanceUID: 'UI',
  SOPInstanceUID: 'UI',
  NumberOfPatientRelatedStudies: 'IS',
  NumberOfPatientRelatedInstances: 'IS',
  NumberOfStudyRelatedInstances: 'IS',
  NumberOfSeriesRelatedInstances: 'IS',
};

/** An empty value asks for the attribute (universal matching, PS3.4 section C.2.2.2.3). */
export const key = (keyword: Keyword, value = ''): Attribute => ({ tag: tags[keyword], vr: vrs[keyword], value });
