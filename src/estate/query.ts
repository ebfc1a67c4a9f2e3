/**
 * A C-FIND request → its rows, computed one at a time. Matches unique keys, study dates and study times, and takes every other key
 * as universal (PS3.4 section C.2.2.2). Sends nothing itself.
 */
import type { Attribute } from '../protocols/dicom/wire/data-set.js';
import { encodeDataSet, readAttributes } from '../protocols/dicom/wire/data-set.js';
import { asciiText } from '../protocols/dicom/wire/text.js';
import type { VirtualStudy } from './archive.js';
import { attributeOf, type Keyword, keywords, type Row, seriesOf, tagOf } from './attributes.js';
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
  const { archive } = behaviour;
  if (!archive) return [];
  switch (query.matching('QueryRetrieveLevel')) {
    case 'PATIENT':
      return patientRows(query, archive);
    case 'SERIES':
      return seriesRows(query, archive);
    case 'IMAGE':
      return imageRows(query, archive);
    default:
      return studyRows(query, archive, behaviour.dates ?? 'matches');
  }
}

function* patientRows(query: Query, archive: Row['archive']): Generator<Row> {
  const id = query.matching('PatientID');
  const only = id === '' ? undefined : archive.patientWithId(id);
  if (only) yield { archive, patient: only, study: undefined };
  if (id !== '') return;
  for (let index = 0; index < archive.patients; index += 1) yield { archive, patient: archive.patient(index), study: undefined };
}

function* studyRows(query: Query, archive: Row['archive'], dates: NonNullable<DicomBehaviour['dates']>): Generator<Row> {
  const row = (study: VirtualStudy): Row => ({ archive, patient: archive.patient(study.patientIndex), study });
  const uid = query.matching('StudyInstanceUID');
  if (uid !== '') {
    // A list of UIDs is separated by backslashes (PS3.4 section C.2.2.2.2).
    for (const one of uid.split('\\')) {
      const study = archive.studyWithUid(one);
      if (study) yield row(study);
    }
    return;
  }
  const date = query.matching('StudyDate');
  if (date !== '' && dates === 'finds-nothing') return;
  if (date !== '' && dates === 'matches') for (const study of datedStudies(archive, date, query.matching('StudyTime'))) yield row(study);
  else for (let index = 0; index < archive.studies; index += 1) yield row(archive.study(index));
}

/** A range of times is compared within each day (PS3.4 section C.2.2.2.5): without combined matching it does not begin one day and end on another. */
export function* datedStudies(archive: Row['archive'], dates: string, times: string): Generator<VirtualStudy> {
  const [firstDate, lastDate] = rangeOf(dates, '00000101', '99991231');
  const [firstTime, lastTime] = rangeOf(times, '000000', '235959.999999');
  if (firstDate === lastDate) return yield* archive.between(`${firstDate}${firstTime}`, `${lastDate}${lastTime}`);
  for (const study of archive.between(`${firstDate}000000`, `${lastDate}235959.999999`)) if (study.time >= firstTime && study.time <= lastTime) yield study;
}

/** `A`, `A-B`, `A-`, `-B`, or empty for all. */
function rangeOf(text: string, least: string, greatest: string): readonly [string, string] {
  const [first = '', last = first] = text.split('-');
  return [first || least, last || greatest];
}

function* seriesRows(query: Query, archive: Row['archive']): Generator<Row> {
  const study = archive.studyWithUid(query.matching('StudyInstanceUID'));
  for (const series of study ? seriesOf(study) : []) yield { archive, patient: archive.patient(study?.patientIndex ?? 0), study, series };
}

function* imageRows(query: Query, archive: Row['archive']): Generator<Row> {
  const wanted = query.matching('SeriesInstanceUID');
  for (const row of seriesRows(query, archive)) {
    if (row.series?.uid !== wanted) continue;
    for (let image = 1; image <= row.series.instances; image += 1) yield { ...row, image: `${row.series.uid}.${image}` };
  }
}

function returned(query: Query, row: Row): readonly Attribute[] {
  return query.requested.map((keyword) => attributeOf(keyword, row)).filter((attribute) => attribute !== undefined);
}
