import { describe, expect, it } from 'vitest';
import type { IdentifyingKeyword } from '../protocols/value-class/attributes.js';
import { classifyValue } from '../protocols/value-class/classify-value.js';
import { canaryBirthDate, canaryNaming, canaryStem, pseudonymousNaming } from './canary.js';

const patients = (naming: typeof canaryNaming) => Array.from({ length: 300 }, (_, index) => naming.patient(index * 37));
const classOf = (keyword: IdentifyingKeyword, value: string) => classifyValue(keyword, value);

describe('invented people', () => {
  it('carry the stem in every value that can hold it, and the odd birthday', () => {
    for (const { name, id, otherIds, address, telephone, otherName, motherName, comments, birthDate } of patients(canaryNaming)) {
      for (const value of [name, id, otherIds, address, telephone, otherName, motherName, comments]) expect(value).toContain(canaryStem);
      expect(birthDate).toBe(canaryBirthDate);
    }
    const { institution, institutionAddress, operator, referringPhysician, studyDescription } = canaryNaming;
    for (const value of [canaryNaming.accessionNumber(4711), institution, institutionAddress, operator, referringPhysician, studyDescription])
      expect(value).toContain(canaryStem);
  });

  it('read like real people to the classifier', () => {
    for (const patient of patients(canaryNaming)) {
      const classes = [
        classOf('PatientName', patient.name),
        classOf('PatientID', patient.id),
        classOf('PatientBirthDate', patient.birthDate),
        classOf('PatientSex', patient.sex),
        classOf('PatientAddress', patient.address),
        classOf('PatientTelephoneNumbers', patient.telephone),
      ];
      expect(classes).toEqual(Array(6).fill('real-looking'));
    }
  });

  it('keep within the lengths of their value representations (PS3.5 table 6.2-1)', () => {
    for (const naming of [canaryNaming, pseudonymousNaming]) {
      for (const { id, telephone, sex } of patients(naming)) {
        expect(id.length).toBeLessThanOrEqual(64);
        expect(telephone.length).toBeLessThanOrEqual(16);
        expect(sex.length).toBeLessThanOrEqual(16);
      }
      expect(naming.accessionNumber(99_999_999).length).toBeLessThanOrEqual(16);
    }
  });

  it('are found by their identifiers', () => {
    for (const naming of [canaryNaming, pseudonymousNaming]) {
      for (const { id, index } of patients(naming)) expect(naming.indexOf(id)).toBe(index);
    }
    expect(canaryNaming.indexOf('ANON0000001')).toBeUndefined();
    expect(canaryNaming.indexOf(`${canaryStem}0000000`)).toBeUndefined();
  });
});

describe('teaching files', () => {
  it('hold nothing that reads like a person', () => {
    for (const patient of patients(pseudonymousNaming)) {
      const values: readonly (readonly [IdentifyingKeyword, string])[] = [
        ['PatientName', patient.name],
        ['PatientID', patient.id],
        ['PatientBirthDate', patient.birthDate],
        ['PatientSex', patient.sex],
        ['InstitutionName', pseudonymousNaming.institution],
      ];
      for (const [keyword, value] of values) expect(classOf(keyword, value), keyword).not.toBe('real-looking');
    }
  });
});
