/** Which state's number a text has the shape and the check digits of. Returns a word of a fixed list, never the number. */
import type { NationalIdentifier } from '../../../model/record-facts.js';
import { easternShapes } from './eastern-europe.js';
import type { Likeness, NationalShape } from './likeness.js';
import { nordicShapes } from './nordic.js';
import { otherShapes } from './other-continents.js';
import { westernShapes } from './western-europe.js';

export const nationalShapes: readonly NationalShape[] = [...nordicShapes, ...westernShapes, ...easternShapes, ...otherShapes];

/** What else the record holds that can bear a number out. */
export interface Beside {
  /** YYYYMMDD; `null` where the record has none that reads like one. */
  readonly born: string | null;
  /** Issuer of Patient ID. */
  readonly issuer: string;
}

const longest = 40;
const rank: Readonly<Record<Likeness, number>> = { no: 0, weak: 0, likely: 1, certain: 2 };

/** `null`: none, or one that a running number would pass for as easily. */
export function nationalIdentifierOf(text: string, { born, issuer }: Beside): NationalIdentifier | null {
  const tidy = text.normalize('NFKC').trim().toUpperCase();
  if (tidy.length < 8 || tidy.length > longest || !/\d/.test(tidy)) return null;
  // A counter that began at one; no state gives these out.
  if (/^0000\d*$/.test(tidy)) return null;
  const named = issuer.slice(0, 64).toUpperCase();
  let best = 0;
  let kinds: NationalIdentifier[] = [];
  for (const shape of nationalShapes) {
    const found = rank[raised(shape.likeness(tidy, born), shape.issuer.test(named))];
    if (found > best) kinds = [];
    if (found >= best && found > 0) kinds.push(shape.kind);
    best = Math.max(best, found);
  }
  return kinds.length > 1 ? 'one-of-several' : (kinds[0] ?? null);
}

const raised = (likeness: Likeness, isNamed: boolean): Likeness =>
  isNamed && likeness === 'weak' ? 'likely' : isNamed && likeness === 'likely' ? 'certain' : likeness;
