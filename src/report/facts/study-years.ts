/** The open studies of all endpoints by their year. Draws nothing. */
import type { TimelineYear } from '../../model/exposure.js';
import type { Report } from '../../model/report.js';
import { yearOf } from '../moments.js';
import { timelinesOnce } from './doors.js';

export interface YearCount {
  readonly year: number;
  readonly studies: number;
}

export interface StudyYears {
  /** Every year from the first to the last that has a study, empty ones included. */
  readonly years: readonly YearCount[];
  /** Studies without a readable date. */
  readonly undated: number;
  /** Studies dated before digital imaging or after the scan: mistyped, or made up. */
  readonly implausible: number;
  /** Some of these figures come from a sample. */
  readonly isEstimated: boolean;
}

/** The first CT scanner was installed in 1971; no archive holds digital images from before. */
const firstPlausibleYear = 1971;

export function studyYears(report: Report): StudyYears {
  return yearsOf(timelinesOnce(report).flat(), scanYearOf(report));
}

export const scanYearOf = (report: Report): number => yearOf(report.scan.startedAt) ?? 9999;

function yearsOf(timeline: readonly TimelineYear[], scanYear: number): StudyYears {
  const studies = new Map<number, number>();
  let undated = 0;
  let implausible = 0;
  for (const entry of timeline) {
    if (entry.year === null) undated += entry.studies;
    else if (entry.year < firstPlausibleYear || entry.year > scanYear + 1) implausible += entry.studies;
    else studies.set(entry.year, (studies.get(entry.year) ?? 0) + entry.studies);
  }
  return { years: withoutGaps(studies), undated, implausible, isEstimated: timeline.some(({ basis }) => basis === 'estimate') };
}

function withoutGaps(studies: ReadonlyMap<number, number>): readonly YearCount[] {
  const seen = [...studies.keys()].filter((year) => (studies.get(year) ?? 0) > 0);
  if (seen.length === 0) return [];
  const first = Math.min(...seen);
  return Array.from({ length: Math.max(...seen) - first + 1 }, (_, index) => ({ year: first + index, studies: studies.get(first + index) ?? 0 }));
}

/** Running totals that make people sit up: all of them, and the last ten, five and one years up to the scan's own. */
export function sinceFigures(years: readonly YearCount[], scanYear: number): readonly YearCount[] {
  const first = years[0]?.year;
  const newest = years.at(-1)?.year;
  if (first === undefined || newest === undefined) return [];
  const last = Math.max(first, Math.min(newest, scanYear));
  const starts = [first, last - 9, last - 4, last].filter((year, index, all) => year >= first && all.indexOf(year) === index);
  return starts.map((start) => ({ year: start, studies: years.reduce((sum, { year, studies }) => sum + (year >= start ? studies : 0), 0) }));
}
