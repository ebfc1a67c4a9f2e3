/** What a correct scan by a stranger must say about a device of the estate, worked out from how it was built. Asks nobody. */
import { type Exposure, exactly, type TimelineYear, type ValueClass } from '../model/exposure.js';
import { type Rights, unknownRights } from '../model/rights.js';
import type { VirtualArchive } from './archive.js';
import type { Keyword } from './attributes.js';

export type TrueVerdict = 'pass' | 'fail' | 'not-applicable' | 'unknown';

export interface DeviceTruth {
  /** As the report names it. */
  readonly service: string;
  readonly rights: Rights;
  /** What is there, whether or not anybody can learn it. */
  readonly holds: { readonly images: number; readonly studies: number; readonly patients: number } | null;
  /** What a stranger with `truthBudget` can say, figures with their basis; `null` where queries are not granted. */
  readonly exposure: Exposure | null;
  /** Figures that a stranger can only estimate: in `exposure` they are what is true. */
  readonly estimated?: readonly ('images' | 'studies' | 'patients')[];
  /** Id of the device that stands for the same archive, which is counted there. */
  readonly furtherDoorTo?: string;
  /** Id of a check → its verdict. Checks that are not named may say what they like. */
  readonly verdicts: Readonly<Record<string, TrueVerdict>>;
}

/** C-FIND responses: what a scan takes from one device by default, and up to where one answer holds all studies. */
export const truthBudget = { atOnce: 1_250, all: 5_000 } as const;

export const nothingLearnt = { rights: unknownRights, holds: null, exposure: null } as const;

/** Reading was granted; storing is only negotiated, so what it would change is not known. */
export const openRights: Rights = { read: 'yes', create: 'negotiated', edit: 'unknown', delete: 'unknown' };
/** Reading was granted, and no storage context is taken. */
export const readOnlyRights: Rights = { read: 'yes', create: 'no', edit: 'no', delete: 'no' };
export const noRights: Rights = { read: 'no', create: 'no', edit: 'no', delete: 'no' };

export const holdings = ({ images, studies, patients }: VirtualArchive) => ({ images, studies, patients });

const patientLevel: readonly Keyword[] = [
  'PatientName',
  'PatientID',
  'PatientBirthDate',
  'PatientSex',
  'OtherPatientIDs',
  'PatientAddress',
  'PatientTelephoneNumbers',
  'OtherPatientNames',
  'PatientMotherBirthName',
  'PatientBirthTime',
  'PatientComments',
];
const studyLevel: readonly Keyword[] = [
  ...patientLevel,
  'AccessionNumber',
  'ReferringPhysicianName',
  'InstitutionName',
  'InstitutionAddress',
  'OperatorsName',
  'StudyDescription',
];
/** What pseudonymous archives hold of each; the estate's invented people look real in all of them. */
const pseudonymousClasses: Readonly<Partial<Record<Keyword, ValueClass>>> = {
  PatientName: 'pseudonymous',
  PatientID: 'pseudonymous',
  PatientBirthDate: 'pseudonymous',
  InstitutionName: 'pseudonymous',
};

export interface Door {
  readonly withholds?: readonly Keyword[];
  readonly pseudonymous?: boolean;
}

/** Through the Study Root: study by study, all at once or by stretches of study time. */
export function exposureByStudy(archive: VirtualArchive, door: Door = {}): Exposure {
  const { images, studies, patients, timeline } = archive;
  const counted = !door.withholds?.includes('NumberOfStudyRelatedInstances');
  return {
    images: exactly(images),
    studies: exactly(studies),
    patients: exactly(patients),
    timeline: counted ? timeline : timeline.map((year): TimelineYear => ({ ...year, images: null })),
    identifiers: classes(studyLevel, door),
  };
}

/** Through the Patient Root alone: patients say how much they have; no dates are to be had. */
export function exposureByPatient(archive: VirtualArchive, door: Door = {}): Exposure {
  const { images, studies, patients } = archive;
  return {
    images: exactly(images),
    studies: exactly(studies),
    patients: exactly(patients),
    timeline: [],
    identifiers: classes(patientLevel, door),
  };
}

/**
 * `records`: counted study by study, which tells no patients. `counters`: the archive itself says how many it has, which tells no years; or,
 * where it counts by date too (`dated-counters`), studies of each year and no images.
 */
export function exposureOverTheWeb(archive: VirtualArchive, by: 'records' | 'counters' | 'dated-counters'): Exposure {
  const { images, studies, patients, timeline } = archive;
  return {
    images: exactly(images),
    studies: exactly(studies),
    patients: by === 'records' ? null : exactly(patients),
    timeline: by === 'counters' ? [] : by === 'records' ? timeline : timeline.map((year) => ({ ...year, images: null })),
    identifiers: classes(studyLevel, {}),
  };
}

function classes(keywords: readonly Keyword[], { withholds = [], pseudonymous = false }: Door): Readonly<Record<string, ValueClass>> {
  const given = keywords.filter((keyword) => !withholds.includes(keyword));
  return Object.fromEntries(given.map((keyword) => [keyword, pseudonymous ? (pseudonymousClasses[keyword] ?? 'empty') : 'real-looking']));
}
