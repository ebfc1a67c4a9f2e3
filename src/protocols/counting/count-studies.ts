/**
 * Counts the studies of an archive of any size: one look at everything, then stretches of study time that are small enough for
 * the archive to answer, exactly within the budget and from a stratified sample beyond it. Opens no sockets; what it may ask is given.
 */
import { gauge } from './gauge.js';
import type { Answer, Inquiry, StudyRow } from './inquiry.js';
import { dayNumber, dayOf, daySeconds, lengthInDays, type Period, yearOfDay, yearPeriod } from './period.js';
import { countUnits, type OpenStratum, type WeightedStudy } from './sample.js';
import { type Part, partsByYear } from './study-parts.js';
import { type WeekProfile, weekProfile } from './week-profile.js';

export interface StudyCount {
  /** All studies, where one answer held them. */
  readonly rows: readonly StudyRow[] | null;
  readonly parts: readonly Part[];
  /** `at-once`: one answer held all. `in-parts`: every stretch of time was asked. `sampled`: some were. `cut-short`: there is more than was counted. */
  readonly method: 'at-once' | 'in-parts' | 'sampled' | 'cut-short';
  /** Rows that the archive gives in one answer at most; `null` where none showed. */
  readonly cap: number | null;
  /** Whether a range of study dates brought the studies of that range. */
  readonly dates: 'not-asked' | 'honoured' | 'ignored' | 'not-found';
  /** Studies without a date in the first look at everything: no range of dates finds them. `null` where they are counted with the rest. */
  readonly undated: { readonly seen: number; readonly of: number } | null;
  /** Studies that can be asked for more, with how many others each stands for. */
  readonly studies: readonly WeightedStudy[];
}

/** The first look takes a quarter of the budget, or up to a thousand rows of a small one: that counts most archives at once. */
export const lookLimit = (budget: number): number => Math.max(1, Math.floor(Math.max(budget / 4, Math.min(budget * 0.8, 1000))));

export const lookAtAll = (inquiry: Inquiry): Promise<Answer> => inquiry.ask(null, lookLimit(inquiry.left));

/** Round in hundreds or in twos, as limits are. */
export function looksLikeLimit(rows: number): boolean {
  return rows >= 32 && (rows === 50 || rows % 100 === 0 || rows % 250 === 0 || (rows & (rows - 1)) === 0);
}

export const countedAtOnce = (rows: readonly StudyRow[]): StudyCount => ({
  parts: partsByYear(rows),
  method: 'at-once',
  cap: null,
  dates: 'not-asked',
  undated: null,
  studies: rows.flatMap(asOne),
  rows,
});

const asOne = ({ uid }: StudyRow): readonly WeightedStudy[] => (uid === null ? [] : [{ uid, weight: 1 }]);

/** `look` was not all, or may not have been; `isCut`: it was not, as something else showed. */
export async function countInParts(inquiry: Inquiry, look: Answer, isCut = false): Promise<StudyCount> {
  if (inquiry.isOver) return floorOf(look.rows, null, 'not-asked');
  if (isCut) inquiry.cap = Math.min(inquiry.cap, look.rows.length);
  else if (look.ended === 'whole') {
    const whole = await checkRoundNumber(inquiry, look);
    if (whole) return whole;
  }
  const profile = weekProfile(look.rows);
  const { open, parts, studies } = await gaugeAll(inquiry, look, profile);
  const expected = open.reduce((sum, stratum) => sum + stratum.perDay * lengthInDays(stratum.period), 0);
  const settledStudies = parts.reduce((sum, part) => sum + (part.totals[0]?.studies ?? 0), 0);
  const isCutShort = inquiry.isOver && !inquiry.ignoresDates; // it says nothing of dates that the budget ended before they were asked for
  if (isCutShort && isBlind(look, settledStudies + expected)) return floorOf(look.rows, Number.isFinite(inquiry.cap) ? inquiry.cap : null, 'not-asked');
  if (inquiry.ignoresDates || isBlind(look, settledStudies + expected)) return askOnceMore(inquiry, look, inquiry.ignoresDates ? 'ignored' : 'not-found');
  if (inquiry.cap === Number.POSITIVE_INFINITY && look.ended === 'limit' && settledStudies + expected <= 0.8 * inquiry.left) {
    const all = await inquiry.ask(null, inquiry.left);
    return all.ended === 'whole' ? { ...countedAtOnce(all.rows), dates: 'honoured' } : floorOf(all.rows, null, 'honoured');
  }
  const counted = await countUnits(inquiry, profile, open, expected <= 0.95 * inquiry.left);
  const all = [...parts, ...counted.parts];
  const isFloor = all.some((part) => part.isFloor);
  const isSampled = all.some((part) => part.totals.length < part.units);
  return {
    parts: atLeastTheLook(all, look),
    method: isFloor ? 'cut-short' : isSampled ? 'sampled' : 'in-parts',
    cap: Number.isFinite(inquiry.cap) ? inquiry.cap : null,
    dates: inquiry.ignoresDates ? 'ignored' : 'honoured',
    undated: { seen: look.rows.filter(({ day }) => day === null).length, of: look.rows.length },
    studies: [...studies, ...counted.studies],
    rows: null,
  };
}

/** A lower bound that is lower than what was seen at once is no use: then that is taken. */
function atLeastTheLook(parts: readonly Part[], look: Answer): readonly Part[] {
  const counted = parts.reduce((sum, { totals }) => sum + totals.reduce((total, { studies }) => total + studies, 0), 0);
  return parts.some((part) => part.isFloor) && counted < look.rows.length ? partsByYear(look.rows, true) : parts;
}

/** Two halves by date that add up to the same clear the number of suspicion; `undefined` where they show a limit. */
async function checkRoundNumber(inquiry: Inquiry, look: Answer): Promise<StudyCount | undefined> {
  const days = look.rows.flatMap(({ day }) => day ?? []).sort((a, b) => a - b);
  const first = days[0];
  const middle = days[Math.floor(days.length / 2)];
  const undated = look.rows.length - days.length;
  inquiry.cap = look.rows.length;
  if (first === undefined || middle === undefined) return floorOf(look.rows, null, 'not-asked');
  const split = (middle > first ? middle : middle + 1) * daySeconds;
  const answers = [
    await inquiry.ask({ from: Number.NEGATIVE_INFINITY, to: split }, inquiry.left),
    await inquiry.ask({ from: split, to: Number.POSITIVE_INFINITY }, inquiry.left),
  ];
  const sum = answers.reduce((total, { rows }) => total + rows.length, 0);
  if (inquiry.ignoresDates || sum + undated < look.rows.length) return floorOf(look.rows, null, inquiry.ignoresDates ? 'ignored' : 'not-found');
  if (!answers.every((answer) => inquiry.isWhole(answer)) && sum > look.rows.length - undated) return undefined;
  if (sum + undated === look.rows.length) return { ...countedAtOnce(look.rows), dates: 'honoured' };
  const rows = [...answers.flatMap((answer) => answer.rows), ...look.rows.filter(({ day }) => day === null)];
  const found = { ...countedAtOnce(rows), method: 'in-parts' as const, cap: inquiry.cap, dates: 'honoured' as const };
  return undated === 0 ? found : { ...found, undated: { seen: undated, of: look.rows.length }, rows: null };
}

const floorOf = (rows: readonly StudyRow[], cap: number | null, dates: StudyCount['dates']): StudyCount => ({
  ...countedAtOnce(rows),
  parts: partsByYear(rows, true),
  rows: null,
  method: 'cut-short',
  cap,
  dates,
});

/** Ranges do not help: the rest of the budget goes into one long answer, which may even be all. */
async function askOnceMore(inquiry: Inquiry, look: Answer, dates: StudyCount['dates']): Promise<StudyCount> {
  const isCapped = Number.isFinite(inquiry.cap) || look.ended === 'refused';
  const again = isCapped ? look : await inquiry.ask(null, Math.floor(inquiry.left * 0.9));
  if (!isCapped && again.ended === 'whole') return { ...countedAtOnce(again.rows), dates };
  const longer = again.rows.length > look.rows.length ? again : look;
  return floorOf(longer.rows, Number.isFinite(inquiry.cap) ? inquiry.cap : null, dates);
}

/** It showed dates of its own accord, and next to nothing when it was asked for them. */
function isBlind(look: Answer, found: number): boolean {
  const dated = look.rows.filter(({ day }) => day !== null).length;
  return found < dated / 2;
}

const firstYear = 1980;

interface Gauges {
  readonly open: OpenStratum[];
  readonly parts: Part[];
  readonly studies: WeightedStudy[];
}

/** What is dated ahead and what is dated before digital imaging first, each at one go; then year by year back from this one. */
async function gaugeAll(inquiry: Inquiry, look: Answer, profile: WeekProfile): Promise<Gauges> {
  const gauges: Gauges = { open: [], parts: [], studies: [] };
  const thisYear = yearOfDay(inquiry.today);
  const past: Period = { from: Number.NEGATIVE_INFINITY, to: dayNumber(firstYear, 1, 1) * daySeconds };
  const ahead: Period = { from: dayNumber(thisYear + 1, 1, 1) * daySeconds, to: Number.POSITIVE_INFINITY };
  const years: Period[] = [];
  if (!(await takeWhole(inquiry, ahead, gauges))) for (let year = thisYear + 10; year > thisYear; year -= 1) years.push(yearPeriod(year));
  const isPastCounted = await takeWhole(inquiry, past, gauges);
  for (let year = thisYear; year >= (isPastCounted ? firstYear : 1895); year -= 1) years.push(yearPeriod(year));
  if (!isPastCounted) years.push({ from: dayNumber(1, 1, 1) * daySeconds, to: yearPeriod(1895).from });
  await gaugeStrata(inquiry, profile, splitAtPeaks(years, look), gauges);
  return gauges;
}

/** Rows that an open-ended range may cost. */
const endRows = 100;

async function takeWhole(inquiry: Inquiry, period: Period, gauges: Gauges): Promise<boolean> {
  if (inquiry.ignoresDates) return true;
  const answer = await inquiry.ask(period, endRows);
  if (inquiry.isWhole(answer)) take(answer, gauges);
  return inquiry.isWhole(answer);
}

function take({ rows }: Answer, gauges: Gauges): void {
  gauges.parts.push(...partsByYear(rows));
  gauges.studies.push(...rows.flatMap(asOne));
}

/** Without knowledge: a middling hospital. */
const firstGuess = 200;

async function gaugeStrata(inquiry: Inquiry, profile: WeekProfile, strata: readonly Period[], gauges: Gauges): Promise<void> {
  let guess = firstGuess;
  for (const [index, period] of strata.entries()) {
    if (inquiry.ignoresDates) return;
    const gauged = await gauge(inquiry, profile, period, guess);
    if (gauged.state === 'settled') {
      take(gauged.answer, gauges);
      const isAhead = gauged.answer.rows.length === 0 && gauges.open.length === 0;
      guess = isAhead ? guess / 2 : gauged.answer.rows.length / lengthInDays(period);
      const rest = gauged.answer.rows.length === 0 ? restOf(strata, index) : undefined;
      if (rest && (await takeWhole(inquiry, rest, gauges))) return;
    } else if (gauged.state === 'dense') {
      gauges.open.push({ period, perDay: gauged.perDay });
      guess = gauged.perDay;
    } else gauges.parts.push(...floorParts(period, gauged.state === 'clumped' ? gauged.answer.rows : []));
  }
}

/** All that is left, where it lies in one stretch before the empty one. */
function restOf(strata: readonly Period[], index: number): Period | undefined {
  const following = strata.slice(index + 1);
  const current = strata[index];
  const last = following.at(-1);
  return current && last && following.every(({ to }) => to <= current.from) ? { from: last.from, to: current.from } : undefined;
}

function floorParts(period: Period, rows: readonly StudyRow[]): readonly Part[] {
  const year = yearOfDay(dayOf(period.from));
  return rows.length > 0 ? partsByYear(rows, true) : [{ year, units: 1, totals: [{ studies: 0, images: 0, withoutImages: 0, patients: 0 }], isFloor: true }];
}

/** Days that many studies of the first look have in common: the day of a migration, or the one that a de-identifier writes. */
function splitAtPeaks(strata: readonly Period[], look: Answer): readonly Period[] {
  const counts = new Map<number, number>();
  for (const { day } of look.rows) if (day !== null) counts.set(day, (counts.get(day) ?? 0) + 1);
  const peaks = [...counts]
    .filter(([, count]) => count >= Math.max(20, look.rows.length * 0.03))
    .sort((a, b) => b[1] - a[1])
    .slice(0, 3)
    .map(([day]) => day * daySeconds);
  return strata.flatMap((period) =>
    cutOut(
      period,
      peaks.filter((peak) => peak >= period.from && peak < period.to).sort((a, b) => b - a),
    ),
  );
}

/** Later parts first, as the strata are. */
function cutOut(period: Period, peaks: readonly number[]): readonly Period[] {
  const pieces: Period[] = [];
  let to = period.to;
  for (const peak of peaks) {
    pieces.push({ from: peak + daySeconds, to }, { from: peak, to: peak + daySeconds });
    to = peak;
  }
  return [...pieces, { from: period.from, to }].filter((piece) => piece.to > piece.from);
}
