/** Whole records: classes, state numbers and signs, and that no part of a value leaves. Every value is invented. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type IdentifyingKeyword, identifyingKeywords, provenanceAttributes } from './attributes.js';
import { classifyRecord, type RecordValues } from './classify-record.js';

type Values = Partial<Record<IdentifyingKeyword | keyof typeof provenanceAttributes, string>>;
const record = (values: Values) => classifyRecord(new Map(Object.entries(values)) as RecordValues);

describe('records', () => {
  it('list what came, and nothing else', () => {
    expect(record({ PatientName: 'Berger^Clara', PatientID: '4711', PatientComments: '' })).toEqual({
      identifiers: { PatientName: 'real-looking', PatientID: 'real-looking', PatientComments: 'empty' },
      record: { nationalIdentifiers: {}, signs: [] },
    });
  });

  it.each<[string, Values, object]>([
    ['a number known by itself', { PatientID: '800419-0859' }, { PatientID: 'swedish-personnummer' }],
    ['one among others', { OtherPatientIDs: 'A1\\36021766768' }, { OtherPatientIDs: 'polish-pesel' }],
    ['one in a sequence', { OtherPatientIDsSequence: 'RSSMRA50T44H030G' }, { OtherPatientIDsSequence: 'codice-fiscale' }],
    ['a weak one with its issuer', { PatientID: '6509770520', IssuerOfPatientID: 'NHS' }, { PatientID: 'nhs-number' }],
    ['a weak one without', { PatientID: '6509770520', IssuerOfPatientID: 'RIS' }, {}],
    ['one that the birth date bears out', { PatientID: '130341-0182', PatientBirthDate: '19410313' }, { PatientID: 'danish-cpr' }],
    ['one that the birth date speaks against', { PatientID: '36021766768', PatientBirthDate: '19850102' }, {}],
    ['a placeholder is no birth date', { PatientID: '36021766768', PatientBirthDate: '19000101' }, { PatientID: 'polish-pesel' }],
    ['a pre-DICOM date is one', { PatientID: '130341-0182', PatientBirthDate: '1941.03.13' }, { PatientID: 'danish-cpr' }],
  ])('%s', (_, values, nationalIdentifiers) => {
    const classed = record(values);
    expect(classed.record.nationalIdentifiers).toEqual(nationalIdentifiers);
    for (const keyword of Object.keys(nationalIdentifiers)) expect(classed.identifiers[keyword]).toBe('real-looking');
  });

  it('a long number of a state is no digest', () => {
    expect(record({ PatientID: '110101201305096698' }).identifiers).toEqual({ PatientID: 'real-looking' });
    expect(record({ PatientID: '110101201305096697' }).identifiers).toEqual({ PatientID: 'pseudonymous' });
  });

  it.each<[string, Values, readonly string[]]>([
    ['a phantom', { PatientName: 'ACR^PHANTOM' }, ['phantom']],
    ['daily quality assurance', { PatientName: 'QA^DAILY', PatientID: 'QA_2024' }, ['quality-assurance']],
    ['a test', { PatientName: 'Berger^Clara', PatientID: 'TEST01' }, ['test']],
    ['a test in Japanese', { PatientName: 'Tesuto=テスト^患者' }, ['test']],
    ['a demonstration', { PatientName: 'DEMO PATIENT' }, ['demonstration']],
    ['a sample set', { PatientName: 'TOUTATIX' }, ['demonstration']],
    ['The Cancer Imaging Archive', { PatientID: 'LIDC-IDRI-0001' }, ['public-collection']],
    ['TCGA', { PatientID: 'TCGA-AB-1234' }, ['public-collection']],
    ['CPTAC', { PatientID: 'C3N-00832' }, ['public-collection']],
    ['CQ500', { PatientName: 'CQ500-CT-17' }, ['public-collection']],
    ['de-identified by name', { PatientName: 'Anonymisé' }, ['de-identified']],
    ['de-identified in Russian', { PatientName: 'Анонимный' }, ['de-identified']],
    ['de-identified in Chinese', { PatientName: 'Zhang=匿名' }, ['de-identified']],
    ['by its own word', { PatientIdentityRemoved: 'YES', PatientName: 'X1' }, ['says-de-identified']],
    ['the opposite of it', { PatientIdentityRemoved: 'NO' }, []],
    ['a trial', { ClinicalTrialSubjectID: 'S-17' }, ['clinical-trial']],
    ['somebody unknown', { PatientName: 'Unknown^Unknown' }, []],
    ['a person', { PatientName: 'Berger^Clara', PatientID: 'P-2019-00412', PatientComments: 'phantom limb pain' }, []],
  ])('%s', (_, values, signs) => {
    expect(record(values).record.signs).toEqual(signs);
  });

  it.each([
    'LIDC-IDRI-0001',
    'TCGA-AB-1234',
    'C3N-00832',
    'LUNG1-001',
    'UPENN-GBM-00002',
    'ProstateX-0000',
    'ISPY1_1001',
    'CQ500CT42',
    'OAS30001',
    '002_S_0295',
  ])('the number %s of a public collection is nobody', (id) =>
    expect(record({ PatientID: id, PatientName: id }).identifiers).toEqual({ PatientID: 'pseudonymous', PatientName: 'pseudonymous' }),
  );

  it('no output holds a part of a value', () => {
    const keyword = fc.constantFrom(...identifyingKeywords, ...(Object.keys(provenanceAttributes) as (keyof typeof provenanceAttributes)[]));
    const canary = fc.stringMatching(/^[0-9]{6,12}[ÄÖÜЖ王]$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(keyword, canary), { maxLength: 12 }), (pairs) => {
        const text = JSON.stringify(classifyRecord(new Map(pairs)));
        expect(text).not.toMatch(/[ÄÖÜЖ王0-9]/);
      }),
      { numRuns: 1_000 },
    );
  });

  it('any text of any attribute is classed', () => {
    const keyword = fc.constantFrom(...identifyingKeywords);
    fc.assert(
      fc.property(fc.array(fc.tuple(keyword, fc.string({ unit: 'binary', maxLength: 80 })), { maxLength: 10 }), (pairs) => {
        const { identifiers } = classifyRecord(new Map(pairs));
        for (const valueClass of Object.values(identifiers)) expect(['real-looking', 'pseudonymous', 'empty']).toContain(valueClass);
      }),
      { numRuns: 1_000 },
    );
  });
});
