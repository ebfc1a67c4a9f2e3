/** How surely a text is a number of one kind, and whether a date in it is a day of a calendar. Looks at values, returns none. */
import type { NationalIdentifier } from '../../../model/record-facts.js';

/**
 * `weak`: a running number of this length passes more than once in a hundred times; counts only where the issuer is named
 * beside it. `likely`: less often than that. `certain`: a shape that nothing else has, or the birth date of the record is in it.
 */
export type Likeness = 'no' | 'weak' | 'likely' | 'certain';

export interface NationalShape {
  readonly kind: NationalIdentifier;
  /** Issuer of Patient ID (0010,0021) that lets a weak one count. */
  readonly issuer: RegExp;
  /** `text`: trimmed, in capitals, at most 40 characters. `born`: the record's date of birth as YYYYMMDD, where it has one. */
  readonly likeness: (text: string, born: string | null) => Likeness;
}

/** Whether the day exists in one of the years, and whether it is that of the record. A date that contradicts the record's is none. */
export function dated(years: readonly number[], month: number, day: number, born: string | null, otherwise: Likeness): Likeness {
  const days = years.filter((year) => isCalendarDay(year, month, day)).map((year) => `${year}${twoDigits(month)}${twoDigits(day)}`);
  if (days.length === 0) return 'no';
  if (born === null) return otherwise;
  return days.includes(born) ? 'certain' : 'no';
}

const daysOfMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

export function isCalendarDay(year: number, month: number, day: number): boolean {
  const days = daysOfMonth[month - 1];
  return days !== undefined && day >= 1 && day <= days && (month !== 2 || day < 29 || isLeap(year));
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');
