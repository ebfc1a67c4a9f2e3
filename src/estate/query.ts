/**
 * A C-FIND request → its rows, computed one at a time. Matches the unique keys exactly and takes every other key as
 * universal (PS3.4 section C.2.2.2). Sends nothing itself.
 */
import type { Attribute } from '../protocols/dicom/wire/data-set.js';
import { encodeDataSet, readAttributes } from '../protocols/dicom/wire/data-set.js';
import { asciiText } from '../protocols/dicom/wire/text.js';
import { attributeOf, type Keyword, keywords, type Row, tagOf } from './attributes.js';
import type { DicomBehaviour } from './behaviour.js';
import { canaryNaming } from './canary.js';

/** Characters; room for a list of some dozen UIDs. */
const longestKey = 4_096;

/** The keys of one request: what is asked for, and what must match. */
interface Query {
  readonly requested: readonly Keyword[];
  matching(keyword: Keyword): string;
}

/** Encoded data sets, ready to be sent; each is computed when it is taken. Throws `WireError` on a malformed identifier. */
export function* answerRows(identifier: Uint8Array, transferSyntax: string, behaviour: DicomBehaviour): Generator<Uint8Array> {
  const query = readQuery(identifier, transferSyntax, behaviour.withholds ?? []);
  for (const row of matchingRows(query, behaviour)) yield encodeDataSet(returned(query, row), transferSyntax);
}

export function* worklistRows(identifier: Uint8Array, transferSyntax: string, behaviour: DicomBehaviour): Generator<Uint8Array> {
  const asked = readAttributes(identifier, transferSyntax, new Set(worklistColumns.map(([tag]) => tag)));
  const returnedColumns = worklistColumns.filter(([tag]) => asked.has(tag));
  for (let entry = 0; entry < (behaviour.worklistEntries ?? 0); entry += 1) {
    yield encodeDataSet(
      returnedColumns.map(([tag, vr, value]) => ({ tag, vr, value: value(entry) })),
      transferSyntax,
    );
  }
}

/** Top level only: the estate schedules no procedure steps (PS3.4 section K.6.1.2). */
const worklistColumns: readonly (readonly [tag: number, vr: string, value: (entry: number) => string])[] = [
  [tagOf('AccessionNumber'), 'SH', (entry) => canaryNaming.accessionNumber(entry)],
  [tagOf('PatientName'), 'PN', (entry) => canaryNaming.patient(entry).name],
  [tagOf('PatientID'), 'LO', (entry) => canaryNaming.patient(entry).id],
  [tagOf('PatientBirthDate'), 'DA', (entry) => canaryNaming.patient(entry).birthDate],
];

function readQuery(identifier: Uint8Array, transferSyntax: string, withheld: readonly Keyword[]): Query {
  const found = readAttributes(identifier, transferSyntax, new Set(keywords.map(tagOf)));
  return {
    requested: keywords.filter((keyword) => found.has(tagOf(keyword)) && !withheld.includes(keyword)),
    matching: (keyword) => asciiText(found.get(tagOf(keyword)) ?? new Uint8Array(0), longestKey),
  };
}

function matchingRows(query: Query, behaviour: DicomBehaviour): Iterable<Row> {
  if (!behaviour.archive) return [];
  return query.matching('QueryRetrieveLevel') === 'PATIENT' ? patientRows(query, behaviour.archive) : studyRows(query, behaviour.archive);
}

function* patientRows(query: Query, archive: Row['archive']): Generator<Row> {
  const id = query.matching('PatientID');
  const only = id === '' ? undefined : archive.patientWithId(id);
  if (only) yield { archive, patient: only, study: undefined };
  if (id !== '') return;
  for (let index = 0; index < archive.patients; index += 1) yield { archive, patient: archive.patient(index), study: undefined };
}

function* studyRows(query: Query, archive: Row['archive']): Generator<Row> {
  const uid = query.matching('StudyInstanceUID');
  const row = (study: NonNullable<Row['study']>): Row => ({ archive, patient: archive.patient(study.patientIndex), study });
  if (uid === '') {
    for (let index = 0; index < archive.studies; index += 1) yield row(archive.study(index));
    return;
  }
  // A list of UIDs is separated by backslashes (PS3.4 section C.2.2.2.2).
  for (const one of uid.split('\\')) {
    const study = archive.studyWithUid(one);
    if (study) yield row(study);
  }
}

function returned(query: Query, row: Row): readonly Attribute[] {
  return query.requested.map((keyword) => attributeOf(keyword, row)).filter((attribute) => attribute !== undefined);
}
