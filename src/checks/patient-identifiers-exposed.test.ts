import { describe, expect, it } from 'vitest';
import {
  asRegisteredCaller,
  honeypot,
  notAsked,
  openNode,
  orthancAsInstalled,
  storescp,
  turnedAway,
  unknownCaller,
  unknownTitle,
} from '../../test/fixtures/dicom-evidence.js';
import { cutShort, door, nothingInIt, site, verdictOn, withDoors } from '../../test/fixtures/web-evidence.js';
import { exactly, type ValueClass } from '../model/exposure.js';
import type { NationalIdentifier, RecordSign } from '../model/record-facts.js';
import type { ArchiveCount, DicomEvidence } from '../protocols/dicom/evidence.js';
import type { HttpEvidence } from '../protocols/http/evidence.js';
import { patientIdentifiersExposed } from './patient-identifiers-exposed.js';

const judge = (evidence: DicomEvidence) => patientIdentifiersExposed.judge({ dicom: evidence }, { now: 0 });
const showing = (identifiers: Readonly<Record<string, ValueClass>>): DicomEvidence => ({ ...openNode, identifiers });
const recorded = (
  identifiers: Readonly<Record<string, ValueClass>>,
  signs: readonly RecordSign[],
  nationalIdentifiers: Readonly<Record<string, NationalIdentifier>> = {},
): DicomEvidence => ({ ...openNode, identifiers, record: { nationalIdentifiers, signs } });
const unsampled = (sample: DicomEvidence['sample'], more: Partial<DicomEvidence> = {}): DicomEvidence => ({ ...openNode, identifiers: {}, sample, ...more });
const empty = { ...(openNode.archive as ArchiveCount), studies: exactly(0) };
const ending = "which read like a person's own in the one record that was looked at";

describe('patient identifiers', () => {
  it.each<[string, DicomEvidence, string | undefined, string]>([
    ['a name', openNode, undefined, `any caller gets PatientName, ${ending}`],
    [
      'the direct ones first',
      showing({ PatientSex: 'real-looking', PatientName: 'real-looking', PatientBirthDate: 'real-looking', PatientID: 'empty' }),
      undefined,
      `any caller gets PatientName, PatientBirthDate and PatientSex, ${ending}`,
    ],
    [
      'only what fits many',
      showing({ PatientName: 'pseudonymous', PatientSex: 'real-looking', InstitutionName: 'real-looking' }),
      'medium',
      `any caller gets InstitutionName and PatientSex, ${ending}`,
    ],
    [
      'a number of a state',
      recorded({ PatientID: 'real-looking' }, [], { PatientID: 'codice-fiscale' }),
      undefined,
      `any caller gets PatientID, ${ending}; PatientID has the shape and the check digits of an Italian codice fiscale`,
    ],
    [
      'more than a sentence holds',
      showing(Object.fromEntries([...'abcdefghijk'].map((letter) => [letter, 'real-looking' as const]))),
      undefined,
      `any caller gets a, b, c, d, e, f, g and 4 more, ${ending}`,
    ],
    [
      'a number and a date in what was de-identified',
      recorded({ PatientName: 'pseudonymous', PatientID: 'real-looking', PatientBirthDate: 'real-looking' }, ['de-identified']),
      'medium',
      `any caller gets PatientID and PatientBirthDate, ${ending}; it is said to be de-identified, so see whether these were replaced`,
    ],
    [
      'an institution in what was de-identified',
      recorded({ PatientName: 'empty', InstitutionName: 'real-looking' }, ['says-de-identified']),
      'low',
      `any caller gets InstitutionName, ${ending}; it is said to be de-identified, so see whether these were replaced`,
    ],
    [
      'a name in what says it was de-identified',
      recorded({ PatientName: 'real-looking' }, ['says-de-identified']),
      undefined,
      `any caller gets PatientName, ${ending}, although it also reads like data that says its identity was removed`,
    ],
    [
      'a name under the number of a test',
      recorded({ PatientName: 'real-looking', PatientID: 'pseudonymous' }, ['test']),
      'high',
      `any caller gets PatientName, ${ending}, although it also reads like a test`,
    ],
    ['a trial', recorded({ PatientName: 'real-looking' }, ['clinical-trial']), undefined, `any caller gets PatientName, ${ending}`],
    ['bait, perhaps', honeypot, undefined, `any caller gets PatientName, ${ending}; it accepts even a service that does not exist, so it may be a honeypot`],
  ])('fails: %s', (_, evidence, severity, reason) => {
    const verdict = judge(evidence);
    expect(verdict).toMatchObject({ verdict: 'fail', reason, because: { sample: 'taken', ...evidence.identifiers } });
    expect('severity' in verdict ? verdict.severity : undefined).toBe(severity);
  });

  it.each<[string, DicomEvidence, RegExp]>([
    ['codes and blanks', showing({ PatientName: 'pseudonymous', PatientID: 'pseudonymous', PatientBirthDate: 'empty' }), /the one record that was looked at/],
    ['none returned', showing({}), /the one record that was looked at/],
    ['what a de-identifier may keep', recorded({ PatientName: 'pseudonymous', PatientSex: 'real-looking' }, ['de-identified']), /PatientSex came with it/],
    ['queries are refused', { ...notAsked, query: { answer: 'not-authorised', status: 0x0124, rows: 0 } }, /refuses the queries/],
    ['Orthanc aborts queries', orthancAsInstalled, /how Orthanc refuses/],
    ['the caller is turned away', turnedAway(unknownCaller), /turns a caller away/],
    ['only a registered caller is let in', asRegisteredCaller(unknownCaller), /turns away one that nobody registered/],
  ])('passes: %s', (_, evidence, reason) => {
    expect(judge(evidence)).toMatchObject({ verdict: 'pass', reason: expect.stringMatching(reason) });
  });

  it.each<[string, DicomEvidence]>([
    ['an empty archive', unsampled('not-tried', { archive: empty })],
    ['no queries offered', storescp],
    ['a public collection', recorded({ PatientName: 'pseudonymous', PatientBirthDate: 'real-looking' }, ['public-collection'])],
    ['demonstration data', recorded({ PatientID: 'real-looking' }, ['demonstration'])],
    [
      'one phantom, examined every day',
      { ...recorded({ PatientID: 'real-looking' }, ['phantom']), archive: { ...empty, studies: exactly(900), patients: exactly(2) } },
    ],
  ])('does not apply: %s', (_, evidence) => {
    expect(judge(evidence)).toMatchObject({ verdict: 'not-applicable' });
  });

  it.each<[string, DicomEvidence, RegExp]>([
    ['switched off', unsampled('switched-off'), /as asked/],
    ['no record came', unsampled('no-answer'), /returned no record/],
    ['not looked at', unsampled('not-tried'), /was not looked at$/],
    ['not counted, not looked at', unsampled('not-tried', { archive: null }), /was not looked at$/],
    ['queries were not tried', notAsked, /no query was tried/],
    ['its title is asked for first', turnedAway(unknownTitle), /--called-ae/],
    [
      'a phantom among others',
      recorded({ PatientName: 'pseudonymous', PatientID: 'real-looking' }, ['phantom', 'test']),
      /of a phantom and a test and says nothing of/,
    ],
    ['a registered caller', asRegisteredCaller({ answer: 'accepted' }), /without --calling-ae/],
  ])('is unknown: %s', (_, evidence, reason) => {
    expect(judge(evidence)).toMatchObject({ verdict: 'unknown', reason: expect.stringMatching(reason) });
  });
});

const giving = (identifiers: Readonly<Record<string, ValueClass>>, signs: readonly RecordSign[] = []) =>
  withDoors(door('dicomweb', 'open', { identifiers, record: { nationalIdentifiers: {}, signs } }));

describe('identifiers over the web', () => {
  it.each<[string, HttpEvidence, string, RegExp]>([
    ['a name', giving({ PatientName: 'real-looking', PatientID: 'pseudonymous' }), 'fail', /^anyone gets PatientName, which/],
    ['only what fits many', giving({ OperatorsName: 'real-looking' }), 'fail', /OperatorsName/],
    ['what a de-identifier may keep', giving({ PatientSex: 'real-looking' }), 'pass', /PatientSex came with it/],
    ['a phantom', giving({ PatientID: 'real-looking' }, ['phantom']), 'unknown', /says nothing of the patients/],
    ['a public collection', giving({ PatientID: 'pseudonymous' }, ['public-collection']), 'not-applicable', /nobody's secret/],
    ['codes', giving({ PatientName: 'pseudonymous', PatientBirthDate: 'empty' }), 'pass', /placeholders/],
    ['a login first', withDoors(door('archive-api', 'forbidden')), 'pass', /credentials/],
    ['an empty archive', withDoors(door('archive-api', 'open', nothingInIt)), 'not-applicable', /no study/],
    ['a listing of files', withDoors(door('listing', 'open', { content: { dicom: 4 } })), 'not-applicable', /nothing that gives records/],
    ['nothing', site, 'not-applicable', /nothing that gives records/],
    ['no record was looked at', withDoors(door('dicomweb')), 'unknown', /not looked at/],
    ['an error', withDoors(door('dicomweb', 'unclear')), 'unknown', /error/],
    ['the requests ended before', cutShort, 'unknown', /used up/],
  ])('%s', (_, evidence, expected, reason) => {
    expect(verdictOn(patientIdentifiersExposed, evidence)).toMatchObject({ verdict: expected, reason: expect.stringMatching(reason) });
  });
});

it('facts name what came with a value, and of what came without only what one looks for', () => {
  const { because } = judge(
    recorded({ PatientName: 'empty', PatientID: 'real-looking', MilitaryRank: 'empty', OperatorsName: 'pseudonymous' }, ['clinical-trial'], {
      PatientID: 'polish-pesel',
    }),
  ) as { because: object };
  expect(because).toMatchObject({
    PatientName: 'empty',
    OperatorsName: 'pseudonymous',
    nationalIdentifier: ['PatientID: polish-pesel'],
    signs: ['clinical-trial'],
  });
  expect(because).not.toHaveProperty('MilitaryRank');
});
