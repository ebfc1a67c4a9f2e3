/**
 * How many studies and images a DICOMweb service has, by its own records: all pages while that is cheap, then stretches of study time, exactly or
 * drawn at random. The same plan as for C-FIND, with fewer and longer questions. Keeps no identifier.
 */
import { type Estimate, exactly, type TimelineYear } from '../../model/exposure.js';
import { chance } from '../counting/chance.js';
import { countedAtOnce, countInParts, lookAtAll, looksLikeLimit, type StudyCount } from '../counting/count-studies.js';
import { type Answer, Inquiry } from '../counting/inquiry.js';
import { figuresOf } from '../counting/study-parts.js';
import { withUndated } from '../counting/undated.js';
import type { WebCounting } from './evidence.js';
import { type Asked, StudyPages } from './study-pages.js';

export interface PageCount {
  readonly studies: Estimate;
  readonly images: Estimate | null;
  readonly timeline: readonly TimelineYear[];
  readonly counting: WebCounting;
}

/** Beside what a site may be asked otherwise: counting a large archive has requests of its own. */
export const countingRequests = 500;
/** A request costs a web server more than a record does: fewer questions, each for more. */
const mostUnits = 250;
const countingMs = 50_000;

/** `budget`: records and answers that may come. */
export async function countByPages(conversation: Asked, root: string, options: { budget: number; seed: number }): Promise<PageCount> {
  const kept = conversation.budget;
  conversation.budget = countingRequests;
  const pages = new StudyPages(conversation, root);
  const count = await counted(pages, inquiryOf(pages, options));
  conversation.budget = kept;
  const figures = withUndated(figuresOf(count.parts, count.method === 'cut-short'), count.undated);
  const { studies, images, timeline } = figures;
  const isStated = pages.total !== null && pages.total >= studies.low && studies.basis !== 'exact';
  const { method, cap, dates } = count;
  return {
    studies: isStated ? exactly(pages.total ?? 0) : studies,
    images,
    timeline,
    counting: { source: 'study-pages', method, studiesFrom: isStated ? 'stated-total' : 'records', answerLimit: cap, dates, cost: pages.cost },
  };
}

function inquiryOf(pages: StudyPages, { budget, seed }: { budget: number; seed: number }): Inquiry {
  const until = performance.now() + countingMs;
  return new Inquiry(pages.ask, {
    budget,
    chance: chance(seed),
    today: Math.floor(Date.now() / 86_400_000),
    mostUnits,
    isTimeUp: () => performance.now() > until || pages.cost.requests >= countingRequests,
  });
}

async function counted(pages: StudyPages, inquiry: Inquiry): Promise<StudyCount> {
  const look = await lookAtAll(inquiry);
  if (look.ended === 'limit' && (await fits(pages, inquiry, look.rows.length))) {
    const all = await inquiry.ask(null, inquiry.room);
    if (all.ended === 'whole') return isAll(pages, all) ? countedAtOnce(all.rows) : countInParts(inquiry, all);
  }
  return look.ended === 'whole' && isAll(pages, look) ? countedAtOnce(look.rows) : countInParts(inquiry, look);
}

/** A list that ends at a round number may have been ended by a limit, unless the server says the same number itself. */
const isAll = (pages: StudyPages, { rows }: Answer): boolean =>
  rows.length === pages.total || (!looksLikeLimit(rows.length) && (pages.total ?? 0) <= rows.length);

/** Whether the rest of the list can be read within the budget: the server says how long it is, or it is asked what stands where the budget would end. */
async function fits(pages: StudyPages, inquiry: Inquiry, seen: number): Promise<boolean> {
  const most = seen + Math.floor(inquiry.left * 0.9);
  if (pages.total !== null) return pages.total <= most;
  inquiry.left -= 2;
  return (await pages.hasStudyAt(most)) === false;
}
