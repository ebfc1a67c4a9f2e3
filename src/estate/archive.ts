/**
 * Archives without files: any study or patient is computed when it is asked for, and the totals by formula, so that five
 * million studies take no memory. The same options give the same archive. Holds no image and opens no sockets.
 */
import type { TimelineYear } from '../model/exposure.js';
import { canaryNaming, type Naming, type VirtualPatient } from './canary.js';

export interface ArchiveOptions {
  readonly patients: number;
  /** At least as many as patients: nobody is in an archive without a study. */
  readonly studies: number;
  /** Fewest and most images of one study. */
  readonly imagesPerStudy: readonly [number, number];
  /** First and last year of study; later years hold more studies, as everywhere. */
  readonly years: readonly [number, number];
  /** So many of the studies have neither date nor time; default 0. */
  readonly undated?: number;
  /** Tells archives of the same size apart; 0 to 999999. */
  readonly seed?: number;
  readonly naming?: Naming;
}

export interface VirtualStudy {
  readonly uid: string;
  /** DA, YYYYMMDD; empty where the study has none. */
  readonly date: string;
  /** TM, HHMMSS; empty where the study has no date. */
  readonly time: string;
  readonly instances: number;
  readonly patientIndex: number;
  readonly accessionNumber: string;
}

export interface VirtualArchive {
  readonly studies: number;
  readonly patients: number;
  readonly images: number;
  readonly timeline: readonly TimelineYear[];
  readonly naming: Naming;
  /** `row` counts from 0 in the order in which a query lists: years mixed, as in a database that has been reindexed. */
  study(row: number): VirtualStudy;
  studyWithUid(uid: string): VirtualStudy | undefined;
  patient(index: number): VirtualPatient;
  patientWithId(id: string): VirtualPatient | undefined;
  studiesOf(patientIndex: number): readonly VirtualStudy[];
  /** Studies from one moment to another, both included, as YYYYMMDDHHMMSS; computed one at a time, in the order of time. */
  between(first: string, last: string): Iterable<VirtualStudy>;
}

/** Throws `RangeError` for sizes that no archive can have. */
export function virtualArchive(options: ArchiveOptions): VirtualArchive {
  const { patients, studies, undated = 0, seed = 0, naming = canaryNaming } = options;
  const dated = studies - undated;
  if (patients < 0 || studies < patients || (patients === 0 && studies > 0)) throw new RangeError(`${studies} studies cannot belong to ${patients} patients`);
  if (undated < 0 || undated > studies) throw new RangeError(`${undated} of ${studies} studies cannot be without a date`);
  const images = imageCounter(options.imagesPerStudy, seed);
  const calendar = studyCalendar(options.years, dated);
  const stride = strideThrough(studies);
  const nth = (number: number): VirtualStudy => ({
    uid: uidOf(seed, number),
    ...(number < dated ? calendar.moment(number) : { date: '', time: '' }),
    instances: images.of(number),
    patientIndex: number % patients,
    accessionNumber: naming.accessionNumber(number),
  });
  const study = (row: number) => nth((row * stride) % studies);
  const knownNumber = (number: number | undefined, limit: number) => (number !== undefined && number < limit ? number : undefined);
  return {
    studies,
    patients,
    images: images.before(studies),
    timeline: [...calendar.years, ...(undated > 0 ? [{ year: null, from: dated, to: studies }] : [])].map(({ year, from, to }) => ({
      year,
      studies: to - from,
      images: images.before(to) - images.before(from),
    })),
    naming,
    study,
    studyWithUid(uid) {
      const number = knownNumber(numberOf(seed, uid), studies);
      return number === undefined ? undefined : nth(number);
    },
    patient: naming.patient,
    patientWithId(id) {
      const index = knownNumber(naming.indexOf(id), patients);
      return index === undefined ? undefined : naming.patient(index);
    },
    studiesOf: (patientIndex) => Array.from({ length: Math.ceil((studies - patientIndex) / patients) }, (_, turn) => nth(patientIndex + turn * patients)),
    *between(first, last) {
      const key = (number: number) => `${calendar.moment(number).date}${calendar.moment(number).time}`;
      const end = firstNumber(dated, (number) => key(number) > last);
      for (let number = firstNumber(dated, (number) => key(number) >= first); number < end; number += 1) yield nth(number);
    },
  };
}

/** Counts run through the whole range before one comes again, so that sums need no loop over studies. */
function imageCounter([fewest, most]: readonly [number, number], seed: number) {
  const span = most - fewest + 1;
  const step = strideThrough(span);
  const of = (number: number) => fewest + ((number * step + seed) % span);
  const before = (number: number) => {
    const rounds = Math.floor(number / span);
    let sum = (rounds * span * (fewest + most)) / 2;
    for (let at = rounds * span; at < number; at += 1) sum += of(at);
    return sum;
  };
  return { of, before };
}

interface CalendarYear {
  readonly year: number;
  /** Numbers of the first study of the year, and of the first after it. */
  readonly from: number;
  readonly to: number;
}

function studyCalendar([first, last]: readonly [number, number], studies: number) {
  const count = last - first + 1;
  // The nth year weighs count + n: the last holds about twice as much as the first.
  const weightBefore = (nth: number) => nth * count + (nth * (nth - 1)) / 2;
  const start = (nth: number) => Math.floor((studies * weightBefore(nth)) / weightBefore(count));
  const years: readonly CalendarYear[] = Array.from({ length: count }, (_, nth) => ({ year: first + nth, from: start(nth), to: start(nth + 1) }));
  const moment = (number: number) => {
    const { year, from, to } = years.find((entry) => number < entry.to) ?? { year: last, from: 0, to: studies };
    const place = ((number - from) / (to - from)) * 336; // twelve months of 28 days
    const day = Math.floor(place);
    return { date: `${year}${twoDigits(Math.floor(day / 28) + 1)}${twoDigits((day % 28) + 1)}`, time: timeAt(place - day) };
  };
  return { years: years.filter(({ from, to }) => to > from), moment };
}

/** Few by night, most from seven to six. `share`: of the day's studies. */
function timeAt(share: number): string {
  const hour = share < 0.05 ? share * 140 : share < 0.9 ? 7 + ((share - 0.05) / 0.85) * 11 : 18 + ((share - 0.9) / 0.1) * 6;
  const second = Math.min(86_399, Math.floor(hour * 3600));
  return `${twoDigits(Math.floor(second / 3600))}${twoDigits(Math.floor(second / 60) % 60)}${twoDigits(second % 60)}`;
}

/** The first number for which `holds` is true, where it stays true from there on. */
function firstNumber(count: number, holds: (number: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** A step near the golden section that meets every number below `size` once. */
function strideThrough(size: number): number {
  let stride = Math.max(1, Math.round(size * 0.618));
  while (commonDivisor(stride, size) !== 1) stride += 1;
  return stride;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

/** Below 2.25 an integer under 2^128 is asked for (PS3.5 section B.2); these are no UUIDs and name no object anywhere. */
const uidPrefix = (seed: number): string => `2.25.7700${String(seed).padStart(6, '0')}`;
const uidOf = (seed: number, number: number): string => `${uidPrefix(seed)}${String(number).padStart(9, '0')}`;

function numberOf(seed: number, uid: string): number | undefined {
  const prefix = uidPrefix(seed);
  const rest = uid.slice(prefix.length);
  return uid.startsWith(prefix) && /^[0-9]{9}$/.test(rest) ? Number(rest) : undefined;
}
