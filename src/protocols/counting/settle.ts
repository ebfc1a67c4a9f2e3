/** Counts a stretch of study time whole, halving it wherever an answer was held back. */
import type { Inquiry, StudyRow } from './inquiry.js';
import type { Period } from './period.js';
import { halves } from './stratum.js';

export interface Settled {
  readonly rows: readonly StudyRow[];
  /** The archive, the budget or the time did not allow for more. */
  readonly isFloor: boolean;
}

/** Rows of a half that could not be divided any more are a lower bound. Halving ends at a second. */
export async function settle(inquiry: Inquiry, period: Period, limit: number): Promise<Settled> {
  const rows: StudyRow[] = [];
  let isFloor = false;
  const waiting: Period[] = [period];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const answer = await inquiry.ask(next, limit);
    if (inquiry.isWhole(answer)) {
      rows.push(...answer.rows);
      continue;
    }
    const parts = answer.ended === 'lost' || answer.ended === 'not-asked' || inquiry.ignoresDates ? undefined : dividable(inquiry, next, answer.rows);
    if (parts) waiting.push(parts[1], parts[0]);
    else {
      isFloor = true;
      rows.push(...answer.rows);
    }
    if (inquiry.isOver && waiting.length > 0) return { rows, isFloor: true };
  }
  return { rows, isFloor };
}

/** A day is divided by time only where all that it showed has one: a study without a time is in none of its parts. */
function dividable(inquiry: Inquiry, period: Period, rows: readonly StudyRow[]): readonly [Period, Period] | undefined {
  const isPartOfDay = period.to - period.from <= 86_400;
  return isPartOfDay && (inquiry.ignoresTimes || rows.some(({ second }) => second === null)) ? undefined : halves(period);
}
