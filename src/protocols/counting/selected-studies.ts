/**
 * A few studies of an archive that every door to it chooses alike: all of a small one, else those of the shortest of some agreed stretches of study time that
 * holds enough. Asks only through what it is given; identifiers stay in memory.
 */
import type { Inquiry, StudyRow } from './inquiry.js';
import { dayNumber, daySeconds, days, type Period, yearOfDay, yearPeriod } from './period.js';
import { weekday } from './week-profile.js';

export interface Selected {
  /** In words; no date of a study but its year. */
  readonly selection: string;
  readonly uids: readonly string[];
}

/** Everything that the period holds; `undefined` where that was not to be had. */
export type StudiesOf = (period: Period) => Promise<readonly StudyRow[] | undefined>;

/** Up to here all studies are taken. */
export const smallArchive = 100;
const enough = 8;
const mostRows = 250;

/** All of them are known: nothing has to be asked. */
export async function selectedFrom(rows: readonly StudyRow[], today: number): Promise<Selected | null> {
  if (rows.length <= smallArchive) return { selection: 'all studies', uids: uidsOf(rows) };
  return selectedStudies(async (period) => rows.filter((row) => isIn(row, period)), today);
}

/** Room for all questions below: a small budget is not spent on this. */
const leastBudget = 500;

export async function askForSelected(inquiry: Inquiry): Promise<Selected | null> {
  if (inquiry.left < leastBudget) return null;
  return selectedStudies(async (period) => {
    const answer = await inquiry.ask(period, mostRows);
    return inquiry.isWhole(answer) ? answer.rows : undefined;
  }, inquiry.today);
}

/** A stretch of last year that holds enough; else of five years before that; else all that is older than this year, where that is little. */
async function selectedStudies(studiesOf: StudiesOf, today: number): Promise<Selected | null> {
  const thisYear = yearOfDay(today);
  for (const stretches of [stretchesOf(thisYear - 1), stretchesOf(thisYear - 6)]) {
    const selected = await firstWithEnough(studiesOf, stretches);
    if (selected) return selected;
  }
  return take(studiesOf, [`all before ${thisYear}`, { from: Number.NEGATIVE_INFINITY, to: yearPeriod(thisYear).from }], 1);
}

type Stretch = readonly [selection: string, period: Period];

/** Each within the next: where one holds too little, the next one does not hold too much. */
async function firstWithEnough(studiesOf: StudiesOf, stretches: readonly Stretch[]): Promise<Selected | null> {
  for (const stretch of stretches) {
    const selected = await take(studiesOf, stretch, 0);
    if (selected === null || selected.uids.length >= enough) return selected;
  }
  return null;
}

/** An archive may understand a period more widely than it was meant: what lies outside is left out. */
async function take(studiesOf: StudiesOf, [selection, period]: Stretch, least: number): Promise<Selected | null> {
  const rows = await studiesOf(period);
  if (rows === undefined || rows.length > mostRows) return null;
  const uids = uidsOf(rows.filter((row) => isIn(row, period)));
  return uids.length < least ? null : { selection, uids };
}

/** Around ten o'clock on the second Wednesday of March: an ordinary day nearly everywhere. */
function stretchesOf(year: number): readonly Stretch[] {
  const march = dayNumber(year, 3, 1);
  const day = Array.from({ length: 7 }, (_, index) => march + 7 + index).find((each) => weekday(each * daySeconds) === 2) ?? march;
  const ten = day * daySeconds + 36_000;
  return [
    [`a minute of ${year}`, { from: ten, to: ten + 60 }],
    [`an hour of ${year}`, { from: ten, to: ten + 3600 }],
    [`a day of ${year}`, days(day, 1)],
    [`a month of ${year}`, days(march, 31)],
    [`the year ${year}`, yearPeriod(year)],
  ];
}

function isIn({ day, second }: StudyRow, { from, to }: Period): boolean {
  if (day === null) return false;
  const start = day * daySeconds;
  if (to - from >= daySeconds) return start >= from && start < to;
  return second !== null && start + second >= from && start + second < to;
}

const uidsOf = (rows: readonly StudyRow[]): readonly string[] => rows.flatMap(({ uid }) => uid ?? []);
