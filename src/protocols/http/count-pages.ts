/**
 * How many studies and images a DICOMweb service has, by its own records: all pages while that is cheap, then stretches of study time, exactly or
 * drawn at random. The same plan as for C-FIND, with fewer and longer questions. Keeps no identifier.
 */
import type { ArchiveMark } from '../../model/archive-door.js';
import { type Estimate, exactly, type TimelineYear } from '../../model/exposure.js';
import { archiveMark } from '../counting/archive-mark.js';
import { chance } from '../counting/chance.js';
import { countedAtOnce, countInParts, lookAtAll, looksLikeLimit, type StudyCount } from '../counting/count-studies.js';
import { type Answer, Inquiry, type StudyRow } from '../counting/inquiry.js';
import { daySeconds, days, type Period } from '../counting/period.js';
import { askForSelected, type Selected, selectedFrom, smallArchive } from '../counting/selected-studies.js';
import { figuresOf } from '../counting/study-parts.js';
import { withUndated } from '../counting/undated.js';
import type { WebCounting } from './evidence.js';
import { type Asked, StudyPages } from './study-pages.js';

export interface PageCount {
  readonly studies: Estimate;
  readonly images: Estimate | null;
  readonly timeline: readonly TimelineYear[];
  readonly counting: WebCounting;
  readonly mark: ArchiveMark | null;
}

export interface CountPagesOptions {
  /** Records and answers that may come. */
  readonly budget: number;
  readonly seed: number;
  /** See `ProbeSettings`. */
  readonly archiveKey?: string | undefined;
}

/** Beside what a site may be asked otherwise: counting a large archive has requests of its own. */
export const countingRequests = 500;
/** A request costs a web server more than a record does: fewer questions, each for more. */
const mostUnits = 250;
const countingMs = 50_000;

export async function countByPages(conversation: Asked, root: string, options: CountPagesOptions): Promise<PageCount> {
  const kept = conversation.budget;
  conversation.budget = countingRequests;
  const pages = new StudyPages(conversation, root, countingMs);
  const { count, selected } = await counted(pages, inquiryOf(pages, options), options.archiveKey !== undefined);
  conversation.budget = kept;
  const figures = withUndated(figuresOf(count.parts, count.method === 'cut-short'), count.undated);
  const { studies, images, timeline } = figures;
  const isStated = pages.total !== null && pages.total >= studies.low && studies.basis !== 'exact';
  const { method, cap, dates } = count;
  return {
    studies: isStated ? exactly(pages.total ?? 0) : studies,
    images,
    timeline,
    mark: archiveMark(options.archiveKey, selected),
    counting: { source: 'study-pages', method, studiesFrom: isStated ? 'stated-total' : 'records', answerLimit: cap, dates, cost: pages.cost },
  };
}

function inquiryOf(pages: StudyPages, { budget, seed }: CountPagesOptions): Inquiry {
  return new Inquiry(pages.ask, {
    budget,
    chance: chance(seed),
    today: Math.floor(Date.now() / 86_400_000),
    mostUnits,
    isTimeUp: () => pages.isTimeUp || pages.cost.requests >= countingRequests,
  });
}

interface Count {
  readonly count: StudyCount;
  readonly selected: Selected | null;
}

/** Studies to know the archive by are chosen from the list where it was read to its end, and asked for before a sample spends the budget. */
async function counted(pages: StudyPages, inquiry: Inquiry, isMarked: boolean): Promise<Count> {
  const list = await listed(pages, inquiry);
  if (list.ended === 'whole' && (isAll(pages, list) || (await showsNoOther(inquiry, list.rows))))
    return { count: countedAtOnce(list.rows), selected: await selectedFrom(list.rows, inquiry.today) };
  const asked = isMarked ? await askForSelected(inquiry) : null;
  const count = await countInParts(inquiry, list);
  return { count, selected: count.rows === null ? asked : await selectedFrom(count.rows, inquiry.today) };
}

/** A quarter of the budget at first; all of the list where the rest fits too. */
async function listed(pages: StudyPages, inquiry: Inquiry): Promise<Answer> {
  const look = await lookAtAll(inquiry);
  if (look.ended !== 'limit' || inquiry.isOver || !(await fits(pages, inquiry, look.rows.length))) return look;
  const all = await inquiry.ask(null, inquiry.room);
  return all.ended === 'not-asked' ? look : all;
}

/** A list that ends at a round number may have been ended by a limit, unless the server says the same number itself. */
const isAll = (pages: StudyPages, { rows }: Answer): boolean =>
  rows.length === pages.total || (!looksLikeLimit(rows.length) && (pages.total ?? 0) <= rows.length);

/** Questions for short stretches, of some studies each, that a long list is tried by. */
const trials = 10;
const studiesOfTrial = 8;

/**
 * A long list that ends at a round number: asking for both its halves would cost as much again. Stretches of study time drawn at random, and what
 * lies before and after all of it, must bring nothing that is not on the list. A limit that hid one study of twenty would show in 98 of 100 cases.
 */
async function showsNoOther(inquiry: Inquiry, rows: readonly StudyRow[]): Promise<boolean> {
  if (rows.length + trials * studiesOfTrial < inquiry.left) return false; // the halves can be afforded, and prove it
  const known = new Set(rows.map(({ uid }) => uid));
  const seen = rows.flatMap(({ day }) => day ?? []).sort((a, b) => a - b);
  const first = seen[0] ?? 0;
  const count = (seen.at(-1) ?? 0) - first + 1;
  const length = Math.ceil((studiesOfTrial * count) / rows.length);
  const stretches = Array.from({ length: trials }, () => days(first + inquiry.chance.below(count), length));
  const outside: Period = { from: Number.NEGATIVE_INFINITY, to: first * daySeconds };
  const ahead: Period = { from: (first + count) * daySeconds, to: Number.POSITIVE_INFINITY };
  let found = 0;
  for (const period of [outside, ahead, ...stretches]) {
    const answer = await inquiry.ask(period, 10 * studiesOfTrial);
    if (answer.ended !== 'whole' || inquiry.ignoresDates || answer.rows.some(({ uid }) => !known.has(uid))) return false;
    found += answer.rows.length;
  }
  return found > 0;
}

/** Whether the rest of the list can be read within the budget: the server says how long it is, or it is asked what stands where the budget would end. */
async function fits(pages: StudyPages, inquiry: Inquiry, seen: number): Promise<boolean> {
  const most = seen + Math.floor(inquiry.left * 0.9);
  if (pages.total !== null) return pages.total <= most;
  inquiry.left -= 2;
  return (await pages.hasStudyAt(most)) === false;
}

/** Answers that a mark may cost where the archive itself has counted. */
const markBudget = 900;
/** Requests: two for a small archive, at most one for each stretch of time that is tried otherwise. */
const markRequests = 14;

/** The mark of an archive that has told how many studies it has; `null` where it tells no more. */
export async function markOf(
  conversation: Asked,
  root: string,
  studies: number | null,
  options: Omit<CountPagesOptions, 'budget'>,
): Promise<ArchiveMark | null> {
  if (options.archiveKey === undefined || studies === 0) return null;
  const kept = conversation.budget;
  conversation.budget = markRequests;
  const pages = new StudyPages(conversation, root, countingMs);
  const inquiry = inquiryOf(pages, { ...options, budget: markBudget });
  const selected = studies !== null && studies <= smallArchive ? await allOf(inquiry, studies) : await askForSelected(inquiry);
  conversation.budget = kept;
  return archiveMark(options.archiveKey, selected);
}

async function allOf(inquiry: Inquiry, studies: number): Promise<Selected | null> {
  const { rows } = await inquiry.ask(null, studies + 1);
  return rows.length === studies ? selectedFrom(rows, inquiry.today) : null;
}
