/**
 * How much an archive lists, from count keys only: no name is ever asked for here. A query must carry the unique key of
 * its level (PS3.4 section C.6), so UIDs and patient IDs do come; the IDs are stepped over as bytes and never read.
 */
import type { Estimate } from '../../model/exposure.js';
import { atLeast, exactly } from '../../model/exposure.js';
import { archiveMark } from '../counting/archive-mark.js';
import { chance } from '../counting/chance.js';
import { countedAtOnce, countInParts, lookAtAll, looksLikeLimit, type StudyCount } from '../counting/count-studies.js';
import { type Answer, Inquiry, type StudyRow } from '../counting/inquiry.js';
import { dayOfDate, type Period, periodKeys, secondOfTime } from '../counting/period.js';
import { askForSelected, type Selected, selectedFrom, smallArchive } from '../counting/selected-studies.js';
import { type Figures, figuresOf } from '../counting/study-parts.js';
import { withUndated } from '../counting/undated.js';
import { countImages } from './count-images.js';
import type { ArchiveCount, DimseAnswer } from './evidence.js';
import type { FindResult } from './find.js';
import { key, tags } from './keys.js';
import type { QueryLine } from './query-line.js';
import { integerOf, uidOf } from './row-values.js';
import type { Attribute } from './wire/data-set.js';
import { statuses } from './wire/dimse-command.js';
import { asciiText } from './wire/text.js';

export interface CountOptions {
  /** C-FIND responses that may be spent. */
  readonly budget: number;
  readonly seed: number;
  /** See `ProbeSettings`. */
  readonly archiveKey?: string | undefined;
  /** Days since 1970-01-01. */
  readonly today: number;
  isTimeUp(): boolean;
}

export interface Counted {
  readonly archive: ArchiveCount;
  /** One study, to ask one record of it; held in memory for that and dropped. */
  readonly studyInstanceUid: string | null;
}

export async function countArchive(line: QueryLine, options: CountOptions): Promise<Counted> {
  if (!line.takes('study-root-find')) return countByPatient(line, options.budget);
  const studyQueries = new StudyQueries(line);
  const inquiry = new Inquiry(studyQueries.ask, { ...options, chance: chance(options.seed) });
  const look = await lookAtAll(inquiry);
  const isDoubtful = look.ended !== 'whole' || looksLikeLimit(look.rows.length);
  const asked = isDoubtful && options.archiveKey !== undefined ? await askForSelected(inquiry) : null;
  const { count, patients } = await countStudiesAndPatients(line, inquiry, look);
  const selected = count.rows === null ? (listedAll(count) ?? asked) : await selectedFrom(count.rows, options.today);
  const figures = withUndated(figuresOf(count.parts, count.method === 'cut-short'), count.undated);
  const images = await imagesOf(line, inquiry, count, figures, options);
  const archive: ArchiveCount = {
    studies: figures.studies,
    images: images.images,
    patients: patients === undefined ? await leftoverPatients(line, inquiry, figures) : patientEstimate(patients, look.rows.length),
    timeline: figures.timeline,
    method: count.method,
    imagesFrom: images.source,
    answerLimit: count.cap,
    dates: count.dates,
    mark: archiveMark(options.archiveKey, selected),
    cost: line.cost,
    ended: figures.studies.basis === 'exact' ? 'complete' : studyQueries.ending(inquiry),
  };
  return { archive, studyInstanceUid: look.rows.find(({ uid }) => uid !== null)?.uid ?? null };
}

/** Every study of a small archive that was counted in parts. */
function listedAll({ method, undated, studies }: StudyCount): Selected | null {
  const isAll = method === 'in-parts' && (undated?.seen ?? 0) === 0 && studies.length <= smallArchive;
  return isAll ? { selection: 'all studies', uids: studies.map(({ uid }) => uid) } : null;
}

/**
 * Where one answer held all, the patients are asked for at once: their own counts of studies tell whether it did. Where they do not
 * say, a round number is looked into.
 */
async function countStudiesAndPatients(line: QueryLine, inquiry: Inquiry, look: Answer): Promise<{ count: StudyCount; patients: PatientRows | undefined }> {
  if (look.ended !== 'whole') return { count: await countInParts(inquiry, look), patients: undefined };
  const patients = await findPatients(line, inquiry);
  const { rows } = look;
  if ((patients?.studies ?? 0) > rows.length) return { count: await countInParts(inquiry, look, true), patients: undefined };
  const isVouchedFor = patients !== undefined && isComplete(patients) && patients.studies === rows.length && !looksLikeLimit(patients.rows);
  if (isVouchedFor || !looksLikeLimit(rows.length)) return { count: countedAtOnce(rows), patients };
  const count = await countInParts(inquiry, look);
  return { count, patients: count.method === 'at-once' ? patients : undefined };
}

/** One study query after the other; remembers how the last one that went wrong did. */
class StudyQueries {
  readonly #line: QueryLine;
  #answer: DimseAnswer = 'success';

  constructor(line: QueryLine) {
    this.#line = line;
  }

  readonly ask = async (period: Period | null, limit: number): Promise<Answer> => {
    if (!(await this.#line.isUsable())) return { rows: [], ended: 'lost', responses: 0 };
    const rows: StudyRow[] = [];
    const { date, time } = period ? periodKeys(period) : { date: '', time: null };
    const result = await this.#line.find({
      context: 'study-root-find',
      keys: studyKeys(date, time, period !== null),
      reads: studyReads,
      budget: limit,
      onRow: (values) => void rows.push(studyRow(values)),
    });
    if (!isComplete(result) && !result.cancelled) this.#answer = result.answer;
    const { responses } = result;
    if (result.cancelled) return { rows, ended: this.#line.canGoOn ? 'limit' : 'lost', responses };
    if (result.answer === 'success') return { rows, ended: 'whole', responses };
    if (result.status !== null) return { rows, ended: saysThereIsMore(result.status) ? 'cut' : 'refused', responses };
    return { rows, ended: this.#line.canGoOn ? 'refused' : 'lost', responses };
  };

  ending(inquiry: Inquiry): ArchiveCount['ended'] {
    if (!inquiry.isLost && Number.isFinite(inquiry.cap) && inquiry.room >= 1) return 'device-limit';
    return endings[this.#answer] ?? (this.#answer === 'success' ? 'budget' : 'failed');
  }
}

/** Orthanc ends a list that it cut off like a cancelled one; B000H and its like warn of the same. */
const saysThereIsMore = (status: number): boolean => status === statuses.cancelled || (status & 0xf000) === 0xb000;

const studyReads = [tags.StudyDate, tags.StudyTime, tags.StudyInstanceUID, tags.NumberOfPatientRelatedStudies, tags.NumberOfStudyRelatedInstances];

/** The patient's number of studies is asked for only where parts are counted: it is an optional key (PS3.4 table C.6-5). */
const studyKeys = (date: string, time: string | null, withPatient: boolean): readonly Attribute[] => [
  key('QueryRetrieveLevel', 'STUDY'),
  key('StudyDate', date),
  key('StudyTime', time ?? ''),
  key('StudyInstanceUID'),
  ...(withPatient ? [key('NumberOfPatientRelatedStudies')] : []),
  key('NumberOfStudyRelatedInstances'),
];

function studyRow(values: ReadonlyMap<number, Uint8Array>): StudyRow {
  const text = (tag: number) => asciiText(values.get(tag) ?? new Uint8Array(0), 16);
  return {
    day: dayOfDate(text(tags.StudyDate)),
    second: secondOfTime(text(tags.StudyTime)),
    instances: integerOf(values.get(tags.NumberOfStudyRelatedInstances)),
    patientStudies: integerOf(values.get(tags.NumberOfPatientRelatedStudies)),
    uid: uidOf(values.get(tags.StudyInstanceUID)),
  };
}

type Images = { readonly images: Estimate | null; readonly source: ArchiveCount['imagesFrom'] };

/** Studies that do not say how many images they have are asked for their series and images. */
async function imagesOf(line: QueryLine, inquiry: Inquiry, count: StudyCount, figures: Figures, options: CountOptions): Promise<Images> {
  const source = figures.images === null ? null : 'study-counters';
  if (!inquiry.lacksImages || inquiry.isOver || !(await line.isUsable())) return { images: figures.images, source };
  const budget = Math.floor(inquiry.left * 0.9);
  const found = await countImages(line, { studies: count.studies, total: figures.studies, budget, chance: inquiry.chance, isTimeUp: options.isTimeUp });
  inquiry.left -= found?.responses ?? 0;
  if (found === null || (figures.images !== null && figures.images.low > found.images.low && found.images.basis === 'at-least'))
    return { images: figures.images, source };
  return { images: found.images, source: found.source };
}

/** Patients cannot be divided by date: each study's share of its patient makes them up, or as many are counted as the budget still allows. */
async function leftoverPatients(line: QueryLine, inquiry: Inquiry, { patients, studies }: Figures): Promise<Estimate | null> {
  if (patients !== null && patients.basis !== 'at-least') return patients;
  const rows = inquiry.room >= 1 && (await line.isUsable()) ? await findPatients(line, inquiry) : undefined;
  if (rows === undefined) return patients;
  const listed = patientEstimate(rows, studies.low);
  const isCut = listed !== null && (rows.rows >= inquiry.cap || looksLikeUsualLimit(rows.rows));
  const found = listed !== null && isCut ? atLeast(listed.value) : listed;
  return found !== null && patients !== null && found.low < patients.low ? patients : found;
}

/** An archive without the Study Root: its patients say how many studies and images they have. */
async function countByPatient(line: QueryLine, budget: number): Promise<Counted> {
  const patients = await askForPatients(line, budget);
  const of = (total: number) => (looksLikeUsualLimit(patients.rows) ? atLeast(total) : estimate(total, patients));
  const archive: ArchiveCount = {
    studies: patients.studies === null ? atLeast(patients.rows > 0 ? 1 : 0) : of(patients.studies),
    images: patients.images === null ? null : of(patients.images),
    patients: of(patients.rows),
    timeline: [],
    method: 'by-patient',
    imagesFrom: patients.images === null ? null : 'patient-counters',
    answerLimit: null,
    dates: 'not-asked',
    mark: null,
    cost: line.cost,
    ended: ending(patients),
  };
  return { archive, studyInstanceUid: null };
}

/** Where nothing can be compared, only limits that archives really come with raise doubt. */
const usualLimits = new Set([50, 100, 200, 250, 256, 500, 512, 1000, 1024, 2000, 2048, 2500, 4096, 5000, 10_000]);
const looksLikeUsualLimit = (rows: number): boolean => usualLimits.has(rows);

type PatientRows = FindResult & { readonly studies: number | null; readonly images: number | null };

/** `undefined` where there is nothing left to ask with. */
async function findPatients(line: QueryLine, inquiry: Inquiry): Promise<PatientRows | undefined> {
  if (inquiry.room < 1 || !line.association.isOpen) return undefined;
  const patients = await askForPatients(line, inquiry.room);
  inquiry.left -= patients.responses;
  return patients;
}

/**
 * One row a patient. Without the unique key the query is malformed, and DCMTK 3.6.7's dcmqrscp merges rows and loses the
 * association with the next request; so the key is there, but `reads` leaves its value out. Sums are `null` where a row does not say.
 */
async function askForPatients(line: QueryLine, budget: number): Promise<PatientRows> {
  const sums = { studies: 0 as number | null, images: 0 as number | null };
  const add = (sum: number | null, value: Uint8Array | undefined) => {
    const count = integerOf(value);
    return sum === null || count === null ? null : sum + count;
  };
  const onRow = (values: ReadonlyMap<number, Uint8Array>) => {
    sums.studies = add(sums.studies, values.get(tags.NumberOfPatientRelatedStudies));
    sums.images = add(sums.images, values.get(tags.NumberOfPatientRelatedInstances));
  };
  const keys = [key('QueryRetrieveLevel', 'PATIENT'), key('PatientID'), key('NumberOfPatientRelatedStudies'), key('NumberOfPatientRelatedInstances')];
  const reads = [tags.NumberOfPatientRelatedStudies, tags.NumberOfPatientRelatedInstances];
  return { ...(await line.find({ context: 'patient-root-find', keys, reads, budget, onRow })), ...sums };
}

/** No rows at all mean no patients only where there were no studies either. */
function patientEstimate(patients: PatientRows, studies: number): Estimate | null {
  return patients.rows === 0 && (studies > 0 || patients.answer !== 'success') ? null : estimate(patients.rows, patients);
}

const isComplete = (result: FindResult): boolean => result.answer === 'success' && !result.cancelled;

const estimate = (value: number, result: FindResult): Estimate => (isComplete(result) ? exactly(value) : atLeast(value));

const endings: Readonly<Partial<Record<DimseAnswer, ArchiveCount['ended']>>> = { aborted: 'aborted', closed: 'closed', 'no-answer': 'no-answer' };

function ending(result: FindResult): ArchiveCount['ended'] {
  if (isComplete(result)) return 'complete';
  return result.cancelled ? 'budget' : (endings[result.answer] ?? 'failed');
}
