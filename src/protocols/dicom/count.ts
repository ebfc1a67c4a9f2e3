/**
 * How much an archive lists, from count keys only: no name is ever asked for here. A query must carry the unique key of
 * its level (PS3.4 section C.6), so study UIDs and patient IDs do come; the IDs are stepped over as bytes and never read.
 */
import type { Estimate, TimelineYear } from '../../model/exposure.js';
import { atLeast, exactly } from '../../model/exposure.js';
import type { Association } from './association.js';
import type { ArchiveCount, DimseAnswer } from './evidence.js';
import { acceptedTransferSyntax, type FindResult, find } from './find.js';
import { key, tags } from './keys.js';
import { asciiText } from './wire/text.js';

/** Part of the response budget that studies may use up; patients are counted with what is left. */
const studyShare = 0.8;

export interface Counted {
  readonly archive: ArchiveCount;
  /** One study, to ask one record of it; held in memory for that and dropped. */
  readonly studyInstanceUid: string | null;
}

/** Running sums over the rows of one query. */
interface Tally {
  images: number;
  rowsWithoutImages: number;
  years: Map<number | null, { studies: number; images: number; missing: boolean }>;
  studyInstanceUid: string | null;
}

export async function countArchive(association: Association, budget: number): Promise<Counted> {
  if (acceptedTransferSyntax(association, 'study-root-find') === undefined) return countByPatient(association, budget);
  const tally: Tally = { images: 0, rowsWithoutImages: 0, years: new Map(), studyInstanceUid: null };
  const studies = await findStudies(association, Math.max(1, Math.floor(budget * studyShare)), tally);
  const patients = association.isOpen && budget > studies.rows ? await findPatients(association, budget - studies.rows) : undefined;
  const archive: ArchiveCount = {
    studies: estimate(studies.rows, studies),
    images: images(tally, studies),
    patients: patients ? patientEstimate(patients, studies.rows) : null,
    timeline: timeline(tally),
    responses: studies.rows + (patients?.rows ?? 0),
    ended: ending(studies),
  };
  return { archive, studyInstanceUid: tally.studyInstanceUid };
}

async function findStudies(association: Association, budget: number, tally: Tally): Promise<FindResult> {
  const keys = [key('QueryRetrieveLevel', 'STUDY'), key('StudyDate'), key('StudyInstanceUID'), key('NumberOfStudyRelatedInstances')];
  const reads = [tags.StudyDate, tags.StudyInstanceUID, tags.NumberOfStudyRelatedInstances];
  return find(association, { context: 'study-root-find', keys, reads, budget, onRow: (values) => addStudy(tally, values) });
}

/** An archive without the Study Root: its patients say how many studies and images they have. */
async function countByPatient(association: Association, budget: number): Promise<Counted> {
  const patients = await findPatients(association, budget);
  const sum = (total: number | null) => (total === null ? null : estimate(total, patients));
  const archive: ArchiveCount = {
    studies: sum(patients.studies) ?? atLeast(patients.rows > 0 ? 1 : 0),
    images: sum(patients.images),
    patients: estimate(patients.rows, patients),
    timeline: [],
    responses: patients.rows,
    ended: ending(patients),
  };
  return { archive, studyInstanceUid: null };
}

type PatientRows = FindResult & { readonly studies: number | null; readonly images: number | null };

/**
 * One row a patient. Without the unique key the query is malformed, and DCMTK 3.6.7's dcmqrscp merges rows and loses the
 * association with the next request; so the key is there, but `reads` leaves its value out. Sums are `null` where a row does not say.
 */
async function findPatients(association: Association, budget: number): Promise<PatientRows> {
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
  return { ...(await find(association, { context: 'patient-root-find', keys, reads, budget, onRow })), ...sums };
}

/** No rows at all mean no patients only where there were no studies either. */
function patientEstimate(patients: PatientRows, studies: number): Estimate | null {
  return patients.rows === 0 && (studies > 0 || patients.answer !== 'success') ? null : estimate(patients.rows, patients);
}

function addStudy(tally: Tally, values: ReadonlyMap<number, Uint8Array>): void {
  const instances = integerOf(values.get(tags.NumberOfStudyRelatedInstances));
  const year = yearOf(values.get(tags.StudyDate));
  const entry = tally.years.get(year) ?? { studies: 0, images: 0, missing: false };
  entry.studies += 1;
  entry.images += instances ?? 0;
  entry.missing ||= instances === null;
  tally.years.set(year, entry);
  tally.images += instances ?? 0;
  if (instances === null) tally.rowsWithoutImages += 1;
  const uid = asciiText(values.get(tags.StudyInstanceUID) ?? new Uint8Array(0), 64);
  tally.studyInstanceUid ??= /^[0-9.]+$/.test(uid) ? uid : null;
}

/** Integer String, PS3.5 section 6.2; `null` for empty, negative or unreadable. */
function integerOf(value: Uint8Array | undefined): number | null {
  const text = asciiText(value ?? new Uint8Array(0), 12);
  return /^\+?[0-9]+$/.test(text) ? Number(text) : null;
}

/** DA is YYYYMMDD, before DICOM 3 YYYY.MM.DD; a year outside 1895 (the first radiograph) to 2100 is no date. */
function yearOf(value: Uint8Array | undefined): number | null {
  const match = /^([0-9]{4})(\.?)(0[1-9]|1[0-2])\2([0-2][0-9]|3[01])$/.exec(asciiText(value ?? new Uint8Array(0), 10));
  const year = match ? Number(match[1]) : 0;
  return year >= 1895 && year <= 2100 ? year : null;
}

const isComplete = (result: FindResult): boolean => result.answer === 'success' && !result.cancelled;

const estimate = (value: number, result: FindResult): Estimate => (isComplete(result) ? exactly(value) : atLeast(value));

/** A study that does not say how many images it has makes the sum a lower bound; where none says, nothing is known. */
function images(tally: Tally, studies: FindResult): Estimate | null {
  if (studies.rows > 0 && tally.rowsWithoutImages === studies.rows) return null;
  return tally.rowsWithoutImages > 0 ? atLeast(tally.images) : estimate(tally.images, studies);
}

/** By year, studies without a readable date last. */
function timeline(tally: Tally): readonly TimelineYear[] {
  const years = [...tally.years].map(([year, { studies, images: count, missing }]) => ({ year, studies, images: missing && count === 0 ? null : count }));
  return years.sort((a, b) => (a.year ?? Number.POSITIVE_INFINITY) - (b.year ?? Number.POSITIVE_INFINITY));
}

const endings: Readonly<Partial<Record<DimseAnswer, ArchiveCount['ended']>>> = { aborted: 'aborted', closed: 'closed', 'no-answer': 'no-answer' };

function ending(result: FindResult): ArchiveCount['ended'] {
  if (isComplete(result)) return 'complete';
  return result.cancelled ? 'budget' : (endings[result.answer] ?? 'failed');
}
