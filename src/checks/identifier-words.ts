/** Which attributes of a record read like a person's own, as reasons word them. Knows classes, no values. */
import type { ValueClass } from '../model/exposure.js';
import type { NationalIdentifier, RecordSign } from '../model/record-facts.js';
import { listed } from './amount-words.js';

/** These fit many people, or name somebody who is no patient: alone they point at nobody who was examined. */
const indirect: ReadonlySet<string> = new Set([
  'InstitutionName',
  'InstitutionAddress',
  'InstitutionalDepartmentName',
  'IssuerOfPatientID',
  'ReferringPhysicianName',
  'ReferringPhysicianAddress',
  'ReferringPhysicianTelephoneNumbers',
  'ConsultingPhysicianName',
  'PhysiciansOfRecord',
  'PerformingPhysicianName',
  'NameOfPhysiciansReadingStudy',
  'OperatorsName',
  'RequestingPhysician',
  'RequestingService',
  'CurrentPatientLocation',
  'ResponsibleOrganization',
  'PatientBirthTime',
  'LastMenstrualDate',
  'MilitaryRank',
  'BranchOfService',
  'Occupation',
  'RegionOfResidence',
  'PatientReligiousPreference',
  'PatientComments',
  'StudyComments',
  'AdditionalPatientHistory',
]);

/** A de-identifier may keep these: characteristics of the patient, the device, cleaned descriptions (PS3.15 sections E.3.5, E.3.7, E.3.8). */
const retained: ReadonlySet<string> = new Set([
  'PatientSex',
  'PatientAge',
  'PatientSize',
  'PatientWeight',
  'EthnicGroup',
  'SmokingStatus',
  'PatientState',
  'SpecialNeeds',
  'MedicalAlerts',
  'Allergies',
  'CountryOfResidence',
  'StationName',
  'StudyDescription',
  'StudyID',
  'AdmittingDiagnosesDescription',
  'ReasonForStudy',
]);

/** Names and ways to reach a person: a test record seldom has them, a patient's has. */
const personal: ReadonlySet<string> = new Set([
  'PatientName',
  'OtherPatientNames',
  'PatientBirthName',
  'PatientMotherBirthName',
  'ResponsiblePerson',
  'PatientAddress',
  'PatientTelephoneNumbers',
]);

export interface RealLooking {
  /** The direct ones first; empty where none does. */
  readonly named: string;
  /** `direct`: one of them alone points at a patient. `indirect`: together they may. `retained`: a de-identifier may keep all of them. */
  readonly weight: 'none' | 'retained' | 'indirect' | 'direct';
  /** A name, an address or a telephone number is among them. */
  readonly isPersonal: boolean;
}

export function realLooking(identifiers: Readonly<Record<string, ValueClass>>): RealLooking {
  const real = Object.entries(identifiers).flatMap(([keyword, valueClass]) => (valueClass === 'real-looking' ? [keyword] : []));
  const kept = real.filter((keyword) => retained.has(keyword));
  const narrowing = real.filter((keyword) => indirect.has(keyword));
  const direct = real.filter((keyword) => !retained.has(keyword) && !indirect.has(keyword));
  const weight = direct.length > 0 ? 'direct' : narrowing.length > 0 ? 'indirect' : kept.length > 0 ? 'retained' : 'none';
  return { named: shortened([...direct, ...narrowing, ...kept]), weight, isPersonal: real.some((keyword) => personal.has(keyword)) };
}

const namedAtMost = 8;
const shortened = (keywords: readonly string[]): string =>
  keywords.length <= namedAtMost ? listed(keywords) : listed([...keywords.slice(0, namedAtMost - 1), `${keywords.length - namedAtMost + 1} more`]);

/** Of an attribute that came without a value only these are worth a word: archives that echo every key they were asked for have dozens. */
const expected: ReadonlySet<string> = new Set([
  'PatientName',
  'PatientID',
  'PatientBirthDate',
  'PatientSex',
  'OtherPatientIDs',
  'PatientAddress',
  'PatientTelephoneNumbers',
  'AccessionNumber',
  'ReferringPhysicianName',
  'InstitutionName',
]);

export const classFacts = (identifiers: Readonly<Record<string, ValueClass>>): Readonly<Record<string, ValueClass>> =>
  Object.fromEntries(Object.entries(identifiers).filter(([keyword, valueClass]) => valueClass !== 'empty' || expected.has(keyword)));

export const signWords: Readonly<Record<RecordSign, string>> = {
  phantom: 'a phantom',
  'quality-assurance': 'quality assurance',
  test: 'a test',
  demonstration: 'demonstration data',
  'public-collection': 'a public collection',
  'de-identified': 'de-identified data',
  'says-de-identified': 'data that says its identity was removed',
  'clinical-trial': 'a clinical trial',
};

export const nationalWords: Readonly<Record<NationalIdentifier, string>> = {
  'australian-ihi': 'an Australian healthcare identifier',
  'australian-medicare-number': 'an Australian Medicare number',
  'austrian-svnr': 'an Austrian social insurance number',
  'belgian-national-number': 'a Belgian national number',
  'brazilian-cpf': 'a Brazilian CPF',
  'bulgarian-egn': 'a Bulgarian EGN',
  'canadian-sin': 'a Canadian social insurance number',
  'chinese-resident-id': 'a Chinese resident identity number',
  'codice-fiscale': 'an Italian codice fiscale',
  'czech-or-slovak-rodne-cislo': 'a Czech or Slovak rodné číslo',
  'danish-cpr': 'a Danish CPR number',
  'dutch-bsn': 'a Dutch BSN',
  'estonian-or-lithuanian-isikukood': 'an Estonian or Lithuanian personal code',
  'finnish-hetu': 'a Finnish henkilötunnus',
  'former-yugoslav-jmbg': 'a JMBG of former Yugoslavia',
  'french-nir': 'a French NIR',
  'german-kvnr': 'a German health insurance number',
  'german-tax-id': 'a German tax identification number',
  'greek-amka': 'a Greek AMKA',
  'icelandic-kennitala': 'an Icelandic kennitala',
  'indian-aadhaar': 'an Indian Aadhaar number',
  'irish-pps-number': 'an Irish PPS number',
  'korean-rrn': 'a Korean resident registration number',
  'latvian-personas-kods': 'a Latvian personas kods',
  'mexican-curp': 'a Mexican CURP',
  'nhs-number': 'an NHS number',
  'norwegian-fodselsnummer': 'a Norwegian fødselsnummer',
  'polish-pesel': 'a Polish PESEL',
  'portuguese-nif': 'a Portuguese NIF',
  'romanian-cnp': 'a Romanian CNP',
  'scottish-chi-number': 'a Scottish CHI number',
  'south-african-id': 'a South African identity number',
  'spanish-dni': 'a Spanish DNI',
  'spanish-nie': 'a Spanish NIE',
  'swedish-personnummer': 'a Swedish personnummer',
  'swiss-ahv-number': 'a Swiss AHV number',
  'taiwanese-id': 'a Taiwanese identity number',
  'turkish-identity-number': 'a Turkish identity number',
  'us-social-security-number': 'a US social security number',
  'one-of-several': "more than one state's number for its people",
};
