/** What was counted, part by part of study time, and the figures that it makes. Asks nobody. */
import { atLeast, type Estimate, exactly, type TimelineYear } from '../../model/exposure.js';
import type { StudyRow } from './inquiry.js';
import { yearOfDay } from './period.js';
import { interval, stratifiedTotal } from './stratified.js';

export interface Total {
  readonly studies: number;
  readonly images: number;
  /** Studies that did not say how many images they have. */
  readonly withoutImages: number;
  /** Each study counts as one through the number of its patient's studies: together, each patient counts as one. `null` where a study did not say. */
  readonly patients: number | null;
}

/** A part of one year that was counted in units: all of them, or those drawn at random. */
export interface Part {
  /** `null`: studies without a readable date. */
  readonly year: number | null;
  readonly units: number;
  readonly totals: readonly Total[];
  /** There is more in it than was counted, and nobody knows how much. */
  readonly isFloor: boolean;
}

export interface Figures {
  readonly studies: Estimate;
  readonly images: Estimate | null;
  readonly patients: Estimate | null;
  readonly timeline: readonly TimelineYear[];
}

export function totalOf(rows: readonly StudyRow[]): Total {
  let images = 0;
  let withoutImages = 0;
  let patients: number | null = 0;
  for (const { instances, patientStudies } of rows) {
    images += instances ?? 0;
    if (instances === null) withoutImages += 1;
    patients = patients === null || !patientStudies ? null : patients + 1 / patientStudies;
  }
  return { studies: rows.length, images, withoutImages, patients };
}

/** One part a year, undated studies last, each counted as a whole. */
export function partsByYear(rows: readonly StudyRow[], isFloor = false): readonly Part[] {
  const years = new Map<number | null, StudyRow[]>();
  for (const row of rows) {
    const year = plausibleYear(row.day);
    const own = years.get(year) ?? [];
    own.push(row);
    years.set(year, own);
  }
  return [...years].map(([year, own]) => ({ year, units: 1, totals: [totalOf(own)], isFloor }));
}

/** A year outside 1895 (the first radiograph) to 2100 is no date. */
export function plausibleYear(day: number | null): number | null {
  if (day === null) return null;
  const year = yearOfDay(day);
  return year >= 1895 && year <= 2100 ? year : null;
}

/** `isFloor`: there is more than the parts hold, even where they hold nothing. */
export function figuresOf(parts: readonly Part[], isFloor: boolean): Figures {
  const all = parts.flatMap(({ totals }) => totals);
  const studies = sumOf(parts, (total) => total.studies, isFloor);
  const silent = all.reduce((sum, total) => sum + total.withoutImages, 0);
  const counted = all.reduce((sum, total) => sum + total.studies, 0);
  const images = sumOf(parts, (total) => total.images, isFloor);
  return {
    studies,
    images: silent === 0 ? images : silent === counted ? null : atLeast(all.reduce((sum, total) => sum + total.images, 0)),
    patients: counted === 0 ? null : patientsOf(parts, all, isFloor),
    timeline: timelineOf(parts),
  };
}

function sumOf(parts: readonly Part[], pick: (total: Total) => number, isFloor = false): Estimate {
  const strata = parts.map(({ units, totals }) => ({ units, values: totals.map(pick) }));
  if (!isFloor && !parts.some((part) => part.isFloor)) return stratifiedTotal(strata);
  return atLeast(strata.reduce((sum, { values }) => sum + values.reduce((total, value) => total + value, 0), 0));
}

/** A sum of shares that comes out whole was complete; one that does not is one more reason to doubt the shares. */
function patientsOf(parts: readonly Part[], all: readonly Total[], isFloor: boolean): Estimate | null {
  if (all.some(({ patients }) => patients === null)) return null;
  const sum = sumOf(parts, ({ patients }) => patients ?? 0, isFloor);
  if (sum.basis === 'estimate') return interval(sum.value, sum.low, sum.high ?? sum.value);
  const whole = Math.round(sum.value);
  return sum.basis === 'exact' && Math.abs(sum.value - whole) < 0.01 ? exactly(whole) : atLeast(Math.max(1, Math.floor(sum.value)));
}

/** By year, studies without a readable date last. */
function timelineOf(parts: readonly Part[]): readonly TimelineYear[] {
  const years = new Map<number | null, Part[]>();
  for (const part of parts) {
    const own = years.get(part.year) ?? [];
    own.push(part);
    years.set(part.year, own);
  }
  return [...years]
    .map(([year, own]) => countOfYear(year, own))
    .filter(({ studies }) => studies > 0)
    .sort((a, b) => (a.year ?? Number.POSITIVE_INFINITY) - (b.year ?? Number.POSITIVE_INFINITY));
}

function countOfYear(year: number | null, parts: readonly Part[]): TimelineYear {
  const studies = sumOf(parts, (total) => total.studies);
  const totals = parts.flatMap((part) => part.totals);
  const isSilent = totals.some(({ withoutImages }) => withoutImages > 0) && totals.every(({ images }) => images === 0);
  const images = isSilent ? null : sumOf(parts, (total) => total.images).value;
  return studies.basis === 'exact' ? { year, studies: studies.value, images } : { year, studies: studies.value, images, basis: studies.basis };
}
