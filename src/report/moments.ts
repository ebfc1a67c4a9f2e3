/** Times as the report holds them (ISO 8601, UTC) in words. Reads no clock and needs none. */

const isoShape = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,3}))?\d*Z$/;

/** `2026-11-24 01:15 UTC`; what is not such a time stays as it is. */
export function moment(iso: string): string {
  const [, year, month, day, hour, minute] = isoShape.exec(iso) ?? [];
  return year === undefined ? iso : `${year}-${month}-${day} ${hour}:${minute} UTC`;
}

/** `01:15:07`, for lists within one scan. */
export const timeOfDay = (iso: string): string => (isoShape.test(iso) ? iso.slice(11, 19) : iso);

/** `null` where the text holds none. */
export function yearOf(iso: string): number | null {
  const year = isoShape.exec(iso)?.[1];
  return year === undefined ? null : Number(year);
}

/** Milliseconds from one time to another; `null` where either cannot be read or they run backwards. */
export function elapsed(from: string, to: string | null): number | null {
  const start = epochMs(from);
  const end = to === null ? null : epochMs(to);
  return start === null || end === null || end < start ? null : end - start;
}

function epochMs(iso: string): number | null {
  const parts = isoShape
    .exec(iso)
    ?.slice(1)
    .map((part) => Number(part ?? 0));
  if (!parts) return null;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  const fraction = Number((isoShape.exec(iso)?.[7] ?? '').padEnd(3, '0'));
  return (((dayNumber(year, month, day) * 24 + hour) * 60 + minute) * 60 + second) * 1000 + fraction;
}

/** Days in the Gregorian calendar, counted in years that begin in March so that the leap day comes last. */
function dayNumber(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const marchMonth = (month + 9) % 12;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return 365 * marchYear + leapDays + Math.floor((153 * marchMonth + 2) / 5) + day;
}
