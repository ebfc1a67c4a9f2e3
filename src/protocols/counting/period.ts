/** Stretches of study time, and the keys that ask for them (PS3.4 section C.2.2.2.5). Reads no clock and knows no time zone. */

export const daySeconds = 86_400;

/** Seconds since 1970-01-01 on the archive's own clock; `to` is the first second after it. Whole days, or a part of one day. */
export interface Period {
  /** `-Infinity`: however long ago. */
  readonly from: number;
  /** `Infinity`: however far ahead. */
  readonly to: number;
}

export const days = (from: number, count: number): Period => ({ from: from * daySeconds, to: (from + count) * daySeconds });
export const yearPeriod = (year: number): Period => ({ from: dayNumber(year, 1, 1) * daySeconds, to: dayNumber(year + 1, 1, 1) * daySeconds });
export const dayOf = (seconds: number): number => Math.floor(seconds / daySeconds);
export const lengthInDays = ({ from, to }: Period): number => (to - from) / daySeconds;
export const isWholeDays = ({ from, to }: Period): boolean => (from % daySeconds || 0) === 0 && (to % daySeconds || 0) === 0;

/**
 * A single day is asked as a single value, which archives without range matching understand too. Part of a day: the range of
 * times is compared within each day (no combined matching is negotiated), so it is only ever asked with one date.
 */
export function periodKeys({ from, to }: Period): { readonly date: string; readonly time: string | null } {
  const first = from === Number.NEGATIVE_INFINITY ? '' : dateText(dayOf(from));
  const last = to === Number.POSITIVE_INFINITY ? '' : dateText(dayOf(to - 1));
  const date = first === last ? first : `${first}-${last}`;
  if (isWholeDays({ from, to }) || from === Number.NEGATIVE_INFINITY || to === Number.POSITIVE_INFINITY) return { date, time: null };
  const start = from - dayOf(from) * daySeconds;
  // Up to the last microsecond: 101559.7 lies before 101600.
  return { date, time: `${timeText(start)}-${timeText(start + (to - from) - 1)}.999999` };
}

/** Days since 1970-01-01; `null` where it is no calendar day. DA is YYYYMMDD, before DICOM 3 YYYY.MM.DD. */
export function dayOfDate(text: string): number | null {
  const match = /^([0-9]{4})(\.?)(0[1-9]|1[0-2])\2(0[1-9]|[12][0-9]|3[01])$/.exec(text);
  return match ? dayNumber(Number(match[1]), Number(match[3]), Number(match[4])) : null;
}

/** Seconds since midnight; TM is HH, HHMM, HHMMSS or HHMMSS.F, before DICOM 3 with colons. */
export function secondOfTime(text: string): number | null {
  const match = /^([01][0-9]|2[0-3])(?::?([0-5][0-9])(?::?([0-5][0-9]|60)(?:\.[0-9]{1,6})?)?)?$/.exec(text);
  return match ? Number(match[1]) * 3600 + Number(match[2] ?? 0) * 60 + Math.min(59, Number(match[3] ?? 0)) : null;
}

export function yearOfDay(day: number): number {
  return calendarDay(day).year;
}

export function dateText(day: number): string {
  const { year, month, date } = calendarDay(day);
  return `${String(year).padStart(4, '0')}${twoDigits(month)}${twoDigits(date)}`;
}

const timeText = (second: number): string => `${twoDigits(Math.floor(second / 3600))}${twoDigits(Math.floor(second / 60) % 60)}${twoDigits(second % 60)}`;
const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** Gregorian calendar in years that begin in March, so that the leap day comes last. */
export function dayNumber(year: number, month: number, date: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return 365 * marchYear + leapDays + Math.floor((153 * ((month + 9) % 12) + 2) / 5) + date - 1 - 719_468;
}

function calendarDay(day: number): { readonly year: number; readonly month: number; readonly date: number } {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, date: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1 };
}
