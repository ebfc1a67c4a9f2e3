import { describe, expect, it } from 'vitest';
import { encodeDataSet, readAttributes } from '../protocols/dicom/wire/data-set.js';
import { asciiText } from '../protocols/dicom/wire/text.js';
import { explicitVrLittleEndian, implicitVrLittleEndian } from '../protocols/dicom/wire/uids.js';
import { virtualArchive } from './archive.js';
import { countKeywords, type Keyword, keywords, tagOf } from './attributes.js';
import type { DicomBehaviour } from './behaviour.js';
import { contexts, dcmtk } from './identities.js';
import { answerRows, worklistRows } from './query.js';

const archive = virtualArchive({ patients: 4, studies: 10, imagesPerStudy: [1, 9], years: [2020, 2023], seed: 3 });
const behaviour: DicomBehaviour = { speaks: 'dicom', identity: dcmtk, contexts: contexts.archive, archive, worklistEntries: 3 };

const vrOf: Partial<Record<Keyword, string>> = { StudyInstanceUID: 'UI', QueryRetrieveLevel: 'CS' };
type Keys = Partial<Record<Keyword, string>>;
type Answer = typeof answerRows;

function ask(keys: Keys, transferSyntax = implicitVrLittleEndian, device = behaviour, answer: Answer = answerRows): readonly Keys[] {
  const attributes = (Object.entries(keys) as [Keyword, string][]).map(([keyword, value]) => ({ tag: tagOf(keyword), vr: vrOf[keyword] ?? 'LO', value }));
  const rows = [...answer(encodeDataSet(attributes, transferSyntax), transferSyntax, device)];
  return rows.map((row) => {
    const found = readAttributes(row, transferSyntax, new Set(keywords.map(tagOf)));
    return Object.fromEntries(
      keywords.flatMap((keyword) => (found.has(tagOf(keyword)) ? [[keyword, asciiText(found.get(tagOf(keyword)) ?? new Uint8Array(0), 64)]] : [])),
    );
  });
}

describe.each([
  ['implicit VR', implicitVrLittleEndian],
  ['explicit VR', explicitVrLittleEndian],
])('a query in %s', (_name, transferSyntax) => {
  it('lists studies with the keys that were asked for and no others', () => {
    const rows = ask({ QueryRetrieveLevel: 'STUDY', StudyInstanceUID: '', NumberOfStudyRelatedInstances: '' }, transferSyntax);
    const expected = Array.from({ length: 10 }, (_, row) => archive.study(row)).map(({ uid, instances }) => ({
      QueryRetrieveLevel: 'STUDY',
      StudyInstanceUID: uid,
      NumberOfStudyRelatedInstances: String(instances),
    }));
    expect(rows).toEqual(expected);
  });

  it('lists patients', () => {
    const rows = ask({ QueryRetrieveLevel: 'PATIENT', PatientID: '', NumberOfPatientRelatedStudies: '', StudyDate: '' }, transferSyntax);
    expect(rows.map(({ PatientID, NumberOfPatientRelatedStudies, StudyDate }) => [PatientID, NumberOfPatientRelatedStudies, StudyDate])).toEqual(
      [3, 3, 2, 2].map((count, index) => [archive.patient(index).id, String(count), undefined]),
    );
  });

  it('matches one study, a list of studies, and nothing', () => {
    const [one, other] = [archive.study(2).uid, archive.study(7).uid];
    const uids = (asked: string) =>
      ask({ QueryRetrieveLevel: 'STUDY', StudyInstanceUID: asked }, transferSyntax).map(({ StudyInstanceUID }) => StudyInstanceUID);
    expect(uids(one)).toEqual([one]);
    expect(uids(`${one}\\2.25.1\\${other}`)).toEqual([one, other]);
    expect(uids('2.25.240822461418293942066652730053334643127')).toEqual([]);
  });

  it('matches one patient, and nobody', () => {
    const { id } = archive.patient(1);
    expect(ask({ QueryRetrieveLevel: 'PATIENT', PatientID: id }, transferSyntax)).toEqual([{ QueryRetrieveLevel: 'PATIENT', PatientID: id }]);
    expect(ask({ QueryRetrieveLevel: 'PATIENT', PatientID: 'DOSIMETER-NOBODY' }, transferSyntax)).toEqual([]);
  });
});

describe('a query', () => {
  it('never returns what the device withholds', () => {
    const keys = { QueryRetrieveLevel: 'STUDY', StudyInstanceUID: '', NumberOfStudyRelatedInstances: '' };
    const rows = ask(keys, implicitVrLittleEndian, { ...behaviour, withholds: countKeywords });
    expect(rows).toHaveLength(10);
    expect(rows.every((row) => row.NumberOfStudyRelatedInstances === undefined)).toBe(true);
  });

  it('finds nothing where there is no archive', () => {
    const { archive: _none, ...bare } = behaviour;
    expect(ask({ QueryRetrieveLevel: 'STUDY', StudyInstanceUID: '' }, implicitVrLittleEndian, bare)).toEqual([]);
  });

  it('computes a row only when it is taken', () => {
    const huge = virtualArchive({ patients: 1_700_000, studies: 5_000_000, imagesPerStudy: [1, 500], years: [1998, 2025] });
    let asked = 0;
    const study = (row: number) => {
      asked += 1;
      return huge.study(row);
    };
    const watched = { ...huge, study };
    const rows = answerRows(encodeDataSet([{ tag: tagOf('StudyInstanceUID'), vr: 'UI', value: '' }], implicitVrLittleEndian), implicitVrLittleEndian, {
      ...behaviour,
      archive: watched,
    });
    for (let taken = 0; taken < 5; taken += 1) rows.next();
    expect(asked).toBe(5);
  });

  it('of the worklist lists its entries', () => {
    const rows = ask({ PatientName: '', PatientID: '' }, implicitVrLittleEndian, behaviour, worklistRows);
    expect(rows).toHaveLength(3);
    expect(Object.keys(rows[0] ?? {})).toEqual(['PatientName', 'PatientID']);
  });
});
