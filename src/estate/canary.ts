/**
 * Invented people whose every value can be searched for: a report, a log or a recording that holds the stem has leaked.
 * They read like real values, so that a classifier takes them for such. Opens no sockets.
 */

/** In every name, identifier, address, telephone number and institution of the estate. No real person or place is called so. */
export const canaryStem = 'Zzcanary';

/** A date cannot hold the stem: everybody in the estate is born on this day, and nobody else is. */
export const canaryBirthDate = '19010203';

export interface VirtualPatient {
  readonly index: number;
  readonly name: string;
  readonly id: string;
  /** DA, YYYYMMDD. */
  readonly birthDate: string;
  readonly sex: string;
  readonly otherIds: string;
  readonly address: string;
  /** SH: at most 16 characters. */
  readonly telephone: string;
  readonly otherName: string;
  readonly motherName: string;
  /** TM */
  readonly birthTime: string;
  readonly comments: string;
}

/** What one archive calls its people; `number` tells them apart. */
export interface Naming {
  patient(index: number): VirtualPatient;
  /** Index of the patient with this identifier, whether or not there is one so high. */
  indexOf(patientId: string): number | undefined;
  accessionNumber(study: number): string;
  readonly referringPhysician: string;
  readonly institution: string;
  readonly institutionAddress: string;
  readonly operator: string;
  readonly studyDescription: string;
}

const endings = ['ov', 'sen', 'ez', 'ski', 'ini', 'off', 'ulu', 'eau'] as const;
const givenNames = [
  'Wilhelmina',
  'Ottoline',
  'Bartholomew',
  'Philippa',
  'Leopold',
  'Araminta',
  'Cornelius',
  'Hildegard',
  'Ignatius',
  'Rosalind',
  'Thaddeus',
] as const;
const pick = (list: readonly string[], index: number): string => list[index % list.length] ?? '';
const digits = (value: number, length: number): string => String(value).padStart(length, '0');

export const canaryNaming: Naming = {
  patient: (index) => ({
    index,
    name: `${canaryStem}${pick(endings, index)}^${pick(givenNames, index)}`,
    id: `${canaryStem}${digits(index + 1, 7)}`,
    birthDate: canaryBirthDate,
    sex: index % 2 === 0 ? 'F' : 'M',
    otherIds: `${canaryStem}/${digits(index + 1, 7)}`,
    address: `${(index % 200) + 1} ${canaryStem} Lane`,
    telephone: `+00 ${canaryStem}${digits(index % 10_000, 4)}`,
    otherName: `${canaryStem}ski^${pick(givenNames, index + 1)}`,
    motherName: `${canaryStem}ini^${pick(givenNames, index + 2)}`,
    birthTime: '0203',
    comments: `asks for ${canaryStem} by name`,
  }),
  indexOf: (patientId) => numberAfter(canaryStem, patientId),
  accessionNumber: (study) => `${canaryStem}${digits((study + 1) % 100_000_000, 8)}`,
  referringPhysician: `${canaryStem}sson^Eudora`,
  institution: `${canaryStem} General Hospital`,
  institutionAddress: `1 ${canaryStem} Square`,
  operator: `${canaryStem}off^Balthazar`,
  studyDescription: `CT ${canaryStem} protocol`,
};

/** Teaching files: what a de-identifier leaves behind. */
export const pseudonymousNaming: Naming = {
  patient: (index) => ({
    index,
    name: `ANON^${digits(index + 1, 5)}`,
    id: `ANON${digits(index + 1, 7)}`,
    birthDate: '19000101',
    sex: '',
    otherIds: '',
    address: '',
    telephone: '',
    otherName: '',
    motherName: '',
    birthTime: '',
    comments: '',
  }),
  indexOf: (patientId) => numberAfter('ANON', patientId),
  accessionNumber: () => '',
  referringPhysician: '',
  institution: 'REMOVED',
  institutionAddress: '',
  operator: '',
  studyDescription: '',
};

function numberAfter(stem: string, patientId: string): number | undefined {
  const number = patientId.startsWith(stem) ? patientId.slice(stem.length) : '';
  return /^[0-9]{7}$/.test(number) && Number(number) > 0 ? Number(number) - 1 : undefined;
}
