/** When a scope holds, by the clock on the wall of its time zone. Reads no clock: the moment is an argument. */

export const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Day = (typeof days)[number];

/** Opens on each of `days` at `from` and closes at the next `to`, which is on the following day where `to` is not after `from`. */
export interface TimeWindow {
  readonly days: readonly Day[];
  /** Minutes after midnight; `to` may be 1440. */
  readonly from: number;
  readonly to: number;
}

export interface LocalTime {
  /** `2026-11-24`: sorts as text. */
  readonly date: string;
  readonly day: Day;
  readonly minute: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const latest = new Map<string, { minute: number; local: LocalTime }>();

/** Throws `RangeError` for a time zone that is not in the IANA list. */
function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const digits = '2-digit';
  const format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    ...{ timeZone, hourCycle: 'h23', weekday: 'short' },
    ...{ year: 'numeric', month: digits, day: digits, hour: digits, minute: digits },
  });
  formats.set(timeZone, format);
  return format;
}

export function isTimeZone(name: string): boolean {
  try {
    formatFor(name);
    return true;
  } catch {
    return false;
  }
}

/** `now` in milliseconds since the epoch. The last minute of each zone is remembered, since a scan asks again for every connection. */
export function localTime(timeZone: string, now: number): LocalTime {
  const minute = Math.floor(now / 60_000);
  const known = latest.get(timeZone);
  if (known?.minute === minute) return known.local;
  const parts = new Map(
    formatFor(timeZone)
      .formatToParts(now)
      .map((part) => [part.type, part.value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  const local = {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    day: part('weekday').toLowerCase() as Day,
    minute: Number(part('hour')) * 60 + Number(part('minute')),
  };
  latest.set(timeZone, { minute, local });
  return local;
}

const dayBefore = (day: Day): Day => days[(days.indexOf(day) + 6) % 7] as Day;

/**
 * Wall-clock time: where clocks are set back, a window over the repeated hour is open twice; where they are set forward, a window that lies
 * wholly in the missing hour does not open that day.
 */
export function isOpen(window: TimeWindow, local: LocalTime): boolean {
  if (window.from < window.to) return window.days.includes(local.day) && window.from <= local.minute && local.minute < window.to;
  const sinceToday = window.days.includes(local.day) && window.from <= local.minute;
  return sinceToday || (window.days.includes(dayBefore(local.day)) && local.minute < window.to);
}

const clock = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** `mon, tue 22:00-05:00` */
export function windowName(window: TimeWindow): string {
  return `${window.days.length === 7 ? 'every day' : window.days.join(', ')} ${clock(window.from)}-${clock(window.to)}`;
}
