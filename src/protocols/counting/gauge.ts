/** How dense a stretch of study time is: small questions first, larger ones while hardly anything comes, the whole where little is expected. */
import type { Answer, Inquiry } from './inquiry.js';
import { lengthInDays, type Period } from './period.js';
import { unitCount, unitLength, unitPeriod } from './stratum.js';
import type { WeekProfile } from './week-profile.js';

/** Rows that make a density out of one answer. */
const enoughRows = 5;
const aimedRows = 8;
const mostRows = 60;
/** A stretch that is expected to hold no more than this is asked as a whole. */
const smallRows = 30;
/** A row in the middle of the night does not make a busy day. */
const leastIntensity = 0.3;
const mostQuestions = 14;
const mostBlanks = 5;

/** `settled`: counted whole. `dense`: so many studies a day, roughly. `clumped`: more than can be asked at once, but parts that should show some show none. */
export type Gauged =
  | { readonly state: 'settled'; readonly answer: Answer }
  | { readonly state: 'dense'; readonly perDay: number }
  | { readonly state: 'clumped'; readonly answer: Answer }
  | { readonly state: 'unknown' };

/** `guess`: studies a day, from the neighbours. */
export async function gauge(inquiry: Inquiry, profile: WeekProfile, period: Period, guess: number): Promise<Gauged> {
  const length = lengthInDays(period);
  let perDay = guess;
  let whole: Answer | undefined;
  let turnings = 0;
  let blanks = 0;
  let wasTooMuch = false;
  for (let question = 0; question < mostQuestions && !inquiry.isOver && !inquiry.ignoresDates; question += 1) {
    if (!whole && perDay * length <= Math.min(smallRows, inquiry.cap / 2)) {
      whole = await inquiry.ask(period, 2 * smallRows);
      if (inquiry.isWhole(whole)) return { state: 'settled', answer: whole };
      if (whole.ended === 'lost' || whole.ended === 'not-asked') break;
      perDay = Math.max(perDay, (1.5 * Math.max(whole.rows.length, smallRows)) / length);
      continue;
    }
    const least = whole ? Math.max(whole.rows.length, 1) / length : 0;
    const unit = Math.min(unitLength(perDay, Math.min(aimedRows, inquiry.cap / 2), inquiry.shortestUnit), period.to - period.from);
    const part = unitPeriod(period, unit, inquiry.chance.below(unitCount(period, unit)));
    const answer = await inquiry.ask(part, mostRows);
    if (answer.ended === 'lost' || answer.ended === 'not-asked') break;
    const found = answer.rows.length / lengthInDays(part) / Math.max(leastIntensity, profile.intensity(part.from, part.to - part.from));
    const isTooMuch = !inquiry.isWhole(answer);
    // A question that is asked until enough comes finds a little more than there is: one row less is fair.
    if (!isTooMuch && answer.rows.length >= enoughRows)
      return { state: 'dense', perDay: Math.max((found * (answer.rows.length - 1)) / answer.rows.length, least) };
    if (!isTooMuch && whole && answer.rows.length > 0) return { state: 'dense', perDay: Math.max(found, least) };
    if (whole && (answer.rows.length === 0 || unit >= period.to - period.from)) blanks += 1;
    if (whole && blanks >= mostBlanks) return { state: 'clumped', answer: whole };
    if (question > 0 && isTooMuch !== wasTooMuch) turnings += 1;
    wasTooMuch = isTooMuch;
    perDay = isTooMuch ? Math.max(perDay * 4, found * 1.5) : perDay / 4;
    if (turnings >= 3) return { state: 'dense', perDay: Math.max(perDay * (isTooMuch ? 0.5 : 2), least) };
  }
  return { state: 'unknown' };
}
