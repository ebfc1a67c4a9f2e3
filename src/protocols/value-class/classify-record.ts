/**
 * One record → the class of each of its values and what it shows of itself. Takes the values, returns words of fixed lists:
 * no part of a value leaves. Opens no sockets.
 */
import type { ValueClass } from '../../model/exposure.js';
import type { NationalIdentifier, RecordFacts, RecordSign } from '../../model/record-facts.js';
import { type IdentifyingKeyword, identifyingKeywords, type ProvenanceKeyword } from './attributes.js';
import { classifyValue, isBirthDate } from './classify-value.js';
import { nationalIdentifierOf } from './national/national-identifier.js';
import { signsIn } from './stand-ins.js';

/** Decoded values; several of one attribute separated by backslashes. What the peer did not return is not in it. */
export type RecordValues = ReadonlyMap<IdentifyingKeyword | ProvenanceKeyword, string>;

export interface ClassedRecord {
  readonly identifiers: Readonly<Record<string, ValueClass>>;
  readonly record: RecordFacts;
}

export function classifyRecord(values: RecordValues): ClassedRecord {
  const identifiers: Record<string, ValueClass> = {};
  for (const keyword of identifyingKeywords) {
    const value = values.get(keyword);
    if (value !== undefined) identifiers[keyword] = classifyValue(keyword, value);
  }
  const nationalIdentifiers = nationalIdentifiersIn(values);
  // With the date of birth or the issuer beside it, a number may be known for a state's that would pass for a code alone.
  for (const keyword of Object.keys(nationalIdentifiers)) identifiers[keyword] = 'real-looking';
  return { identifiers, record: { nationalIdentifiers, signs: signsOf(values) } };
}

const numbered = ['PatientID', 'OtherPatientIDs', 'OtherPatientIDsSequence', 'InsurancePlanIdentification', 'MedicalRecordLocator'] as const;

function nationalIdentifiersIn(values: RecordValues): Readonly<Record<string, NationalIdentifier>> {
  const birthDate = (values.get('PatientBirthDate') ?? '').trim().slice(0, 10).replaceAll('.', '');
  const beside = { born: isBirthDate(birthDate) ? birthDate : null, issuer: values.get('IssuerOfPatientID') ?? '' };
  const found: Record<string, NationalIdentifier> = {};
  for (const keyword of numbered) {
    const parts = (values.get(keyword) ?? '').slice(0, 512).split('\\');
    const kind = parts.map((part) => nationalIdentifierOf(part, beside)).find((each) => each !== null);
    if (kind) found[keyword] = kind;
  }
  return found;
}

function signsOf(values: RecordValues): readonly RecordSign[] {
  const signs = new Set<RecordSign>(['PatientName' as const, 'PatientID' as const].flatMap((keyword) => signsIn(values.get(keyword) ?? '')));
  if (/^YES$/i.test((values.get('PatientIdentityRemoved') ?? '').trim())) signs.add('says-de-identified');
  if ((values.get('ClinicalTrialSubjectID') ?? '').trim() !== '') signs.add('clinical-trial');
  return [...signs].sort();
}
