/** One line of a listing, whatever its dialect. */

export interface ListedEntry {
  /** One character a byte, as the server gave it. Looked at where the tree is surveyed, and kept nowhere. */
  readonly name: string;
  /** `this-folder`, `parent`: MLSD lists them with their facts. */
  readonly kind: 'file' | 'folder' | 'link' | 'other' | 'this-folder' | 'parent';
  readonly size: number | null;
  /** Milliseconds since the epoch. */
  readonly modified: number | null;
  /** Letters of the fact `perm` (RFC 3659 section 7.5.5), in lower case; `null`: not said. */
  readonly perm: string | null;
}

/** Digits only, and no more than a number can hold exactly. */
export function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** Milliseconds since the epoch; `month` from 1. `null` where there is no such day. */
export function utc(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): number | null {
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) return null;
  return (((daysBefore(year, month) + day - 1) * 24 + hour) * 60 + minute) * 60_000 + second * 1_000;
}

/** Days from 1970-01-01 to the first of the month, in years that begin in March so that the leap day comes last. */
function daysBefore(year: number, month: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const marchMonth = (month + 9) % 12;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + Math.floor((153 * marchMonth + 2) / 5) - 719_468;
}

/** The year in which a moment lies. */
export function yearOf(ms: number): number {
  const guess = 1970 + Math.floor(ms / 31_556_952_000); // 365.2425 days
  const begins = (year: number): number => utc(year, 1, 1) ?? 0;
  return ms < begins(guess) ? guess - 1 : ms >= begins(guess + 1) ? guess + 1 : guess;
}
