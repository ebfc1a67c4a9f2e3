/**
 * One line of LIST, which no standard describes: as `ls -l` of many systems, as MS-DOS `dir` (IIS, FileZilla, Serv-U), and EPLF. Words are cut at
 * blanks, one after another; no expression can be made to search for long.
 */
import { type ListedEntry, utc, wholeNumber, yearOf } from './entry.js';

export type ListDialect = 'unix' | 'ms-dos' | 'eplf';

export interface ListedLine {
  readonly dialect: ListDialect;
  readonly entry: ListedEntry;
}

/** `now`: for dates without a year, milliseconds since the epoch. `undefined`: no entry (a heading, a total, a blank line, another dialect). */
export function readListLine(line: string, now: number): ListedLine | undefined {
  const entry = (dialect: ListDialect, read: ListedEntry | undefined): ListedLine | undefined => (read ? { dialect, entry: read } : undefined);
  if (line.startsWith('+')) return entry('eplf', readEplf(line));
  const first = line.charCodeAt(0);
  return first >= 0x30 && first <= 0x39 ? entry('ms-dos', readMsDos(line)) : entry('unix', readUnix(line, now));
}

interface Word {
  readonly text: string;
  /** Where the blank behind it stands. */
  readonly end: number;
}

/** At most `most` words from the start. */
function wordsOf(line: string, most: number): readonly Word[] {
  const words: Word[] = [];
  let at = 0;
  while (words.length < most) {
    while (line.charAt(at) === ' ' || line.charAt(at) === '\t') at += 1;
    if (at >= line.length) break;
    const from = at;
    while (at < line.length && line.charAt(at) !== ' ' && line.charAt(at) !== '\t') at += 1;
    words.push({ text: line.slice(from, at), end: at });
  }
  return words;
}

const unixKinds: Readonly<Record<string, ListedEntry['kind']>> = { '-': 'file', d: 'folder', l: 'link', b: 'other', c: 'other', p: 'other', s: 'other' };

/** Mode, perhaps links, owner (with blanks, where it is a Windows domain), perhaps group, size, date, name. The date is what can be told for certain. */
function readUnix(line: string, now: number): ListedEntry | undefined {
  const kind = unixKinds[line.charAt(0)];
  const words = wordsOf(line, 14);
  if (kind === undefined || (words[0]?.text.length ?? 0) < 10) return undefined;
  for (let at = 2; at < words.length - 2; at += 1) {
    const date = dateAt(words, at, now);
    if (date === undefined || wholeNumber(words[at - 1]?.text) === null) continue;
    const name = line.slice(date.end + 1);
    if (name === '') return undefined;
    return {
      name: kind === 'link' ? withoutTarget(name) : name,
      kind,
      size: kind === 'other' ? null : wholeNumber(words[at - 1]?.text),
      modified: date.modified,
      perm: null,
    };
  }
  return undefined;
}

function withoutTarget(name: string): string {
  const arrow = name.indexOf(' -> ');
  return arrow > 0 ? name.slice(0, arrow) : name;
}

interface FoundDate {
  readonly modified: number | null;
  readonly end: number;
}

/** `Nov 25 10:11`, `Nov 25 2019`, `25 Nov 2019`, `2019-11-25 10:11`. */
function dateAt(words: readonly Word[], at: number, now: number): FoundDate | undefined {
  const [first, second, third] = [words[at], words[at + 1], words[at + 2]];
  if (!first || !second) return undefined;
  const iso = isoDate(first.text);
  if (iso) return isTime(second.text) ? { modified: utc(...iso, ...timeOf(second.text)), end: second.end } : undefined;
  if (!third) return undefined;
  const month = monthOf(first.text) ?? monthOf(second.text);
  const day = wholeNumber(monthOf(first.text) === undefined ? first.text : second.text);
  if (month === undefined || day === null || day > 31) return undefined;
  if (isTime(third.text)) return { modified: withoutYear(month, day, timeOf(third.text), now), end: third.end };
  return /^\d{4}$/.test(third.text) ? { modified: utc(Number(third.text), month, day), end: third.end } : undefined;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
function monthOf(text: string): number | undefined {
  const index = text.length === 3 ? months.indexOf(text.toLowerCase()) : -1;
  return index < 0 ? undefined : index + 1;
}

const isTime = (text: string): boolean => /^\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?$/.test(text);
const timeOf = (text: string): [number, number] => [Number(text.split(':')[0]), Number(text.split(':')[1])];

function isoDate(text: string): [number, number, number] | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return parts ? [Number(parts[1]), Number(parts[2]), Number(parts[3])] : undefined;
}

const dayMs = 86_400_000;

/** `ls` leaves the year out within half a year; a day ahead is the clock of another time zone. */
function withoutYear(month: number, day: number, [hour, minute]: [number, number], now: number): number | null {
  const year = yearOf(now);
  const thisYear = utc(year, month, day, hour, minute);
  return thisYear !== null && thisYear > now + dayMs ? utc(year - 1, month, day, hour, minute) : thisYear;
}

/** `01-23-20  10:15AM       <DIR>          name`; years of two or four digits, IIS also `2020-01-23`. */
function readMsDos(line: string): ListedEntry | undefined {
  const [date, time, size] = wordsOf(line, 3);
  const day = date && (isoDate(date.text) ?? americanDate(date.text));
  const clock = time && clockOf(time.text);
  if (!day || !clock || !size) return undefined;
  const name = nameBehind(line, size.end);
  const word = size.text.toUpperCase();
  const isFolder = word === '<DIR>';
  const isLink = word === '<JUNCTION>' || word === '<SYMLINK>' || word === '<SYMLINKD>';
  const bytes = wholeNumber(size.text.replaceAll(',', ''));
  if (name === '' || (!isFolder && !isLink && bytes === null)) return undefined;
  return { name, kind: isFolder ? 'folder' : isLink ? 'link' : 'file', size: bytes, modified: utc(...day, ...clock), perm: null };
}

/** IIS sets folders off with ten blanks and files with one: those in front of a name cannot be told from it. */
function nameBehind(line: string, at: number): string {
  let from = at;
  while (line.charAt(from) === ' ') from += 1;
  return line.slice(from);
}

function americanDate(text: string): [number, number, number] | undefined {
  const parts = /^(\d{2})[-/](\d{2})[-/](\d{4}|\d{2})$/.exec(text);
  if (!parts) return undefined;
  const year = Number(parts[3]);
  return [year >= 100 ? year : year < 70 ? 2000 + year : 1900 + year, Number(parts[1]), Number(parts[2])];
}

function clockOf(text: string): [number, number] | undefined {
  const parts = /^(\d{1,2}):(\d{2})([AP]M)?$/i.exec(text);
  if (!parts) return undefined;
  const half = parts[3]?.toUpperCase();
  const hour = Number(parts[1]);
  return [half === undefined ? hour : (hour % 12) + (half === 'PM' ? 12 : 0), Number(parts[2])];
}

/** `+i8388621.48594,m825718503,r,s280,` and behind a tab the name (https://cr.yp.to/ftp/list/eplf.html). */
function readEplf(line: string): ListedEntry | undefined {
  const tab = line.indexOf('\t');
  const name = line.slice(tab + 1);
  if (tab < 1 || name === '') return undefined;
  const facts = line.slice(1, tab).split(',', 20);
  const seconds = wholeNumber(facts.find((fact) => fact.startsWith('m'))?.slice(1));
  return {
    name,
    kind: facts.includes('/') ? 'folder' : facts.includes('r') ? 'file' : 'other',
    size: wholeNumber(facts.find((fact) => fact.startsWith('s'))?.slice(1)),
    modified: seconds === null ? null : seconds * 1000,
    perm: null,
  };
}
