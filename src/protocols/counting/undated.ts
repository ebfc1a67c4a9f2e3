/** Studies without a date, which no range of dates finds, added to what was counted by date. Asks nobody. */
import { atLeast, type Estimate } from '../../model/exposure.js';
import { interval } from './stratified.js';
import type { Figures } from './study-parts.js';

/** `seen` studies without a date among the first `of`; `null`: they are counted with the rest. */
export type Undated = { readonly seen: number; readonly of: number } | null;

/**
 * An estimate takes their share in the first answer for their share in the archive, with a wide margin: an archive lists in what order it
 * likes. A count that was exact becomes a lower bound, since nobody can say that no other one is without a date.
 */
export function withUndated(figures: Figures, undated: Undated): Figures {
  if (undated === null || undated.seen === 0) return figures;
  const { seen, of } = undated;
  const dated = of - seen;
  const share = dated === 0 ? 0 : seen / dated;
  const highest = (seen + 2 * Math.sqrt(seen) + 2) / Math.max(1, dated);
  const more = (figure: Estimate | null, least: number): Estimate | null => {
    if (figure === null) return null;
    if (figure.basis !== 'estimate' || figure.high === null) return atLeast(figure.low + least);
    return interval(figure.value * (1 + share), figure.low + least, figure.high * (1 + highest));
  };
  const timeline = figures.timeline.some(({ year }) => year === null)
    ? figures.timeline
    : [...figures.timeline, { year: null, studies: seen, images: null, basis: 'at-least' as const }];
  return { studies: more(figures.studies, seen) ?? figures.studies, images: more(figures.images, 0), patients: more(figures.patients, 0), timeline };
}
