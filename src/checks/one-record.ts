/**
 * What one record says of an archive: whether patients can be told from it, and whether it is a patient's at all. A record of a
 * phantom, a test or a public collection is never passed over in silence, and never taken for a patient's.
 */
import { type Because, fail, notApplicable, pass, type Severity, unknown, type Verdict } from '../model/check.js';
import type { Estimate, ValueClass } from '../model/exposure.js';
import type { RecordFacts, RecordSign } from '../model/record-facts.js';
import { listed } from './amount-words.js';
import { classFacts, nationalWords, realLooking, signWords } from './identifier-words.js';

export interface OneRecord {
  readonly identifiers: Readonly<Record<string, ValueClass>>;
  readonly record: RecordFacts | null;
  /** Who gets it, as the sentence begins. */
  readonly who: string;
  readonly studies: Estimate | null;
  readonly patients: Estimate | null;
}

/** Facts for `because`: classes, kinds of numbers, signs. */
export function recordFacts({ identifiers, record }: Pick<OneRecord, 'identifiers' | 'record'>): Because {
  const numbers = Object.entries(record?.nationalIdentifiers ?? {}).map(([keyword, kind]) => `${keyword}: ${kind}`);
  const signs = record?.signs ?? [];
  return { ...classFacts(identifiers), ...(numbers.length > 0 && { nationalIdentifier: numbers }), ...(signs.length > 0 && { signs }) };
}

const nobodys: ReadonlySet<RecordSign> = new Set(['phantom', 'quality-assurance', 'test', 'demonstration', 'public-collection']);
const meantToBeOpen: ReadonlySet<RecordSign> = new Set(['demonstration', 'public-collection']);
const replaced: ReadonlySet<RecordSign> = new Set(['de-identified', 'says-de-identified']);
const looked = 'the one record that was looked at';

/** `suspicion` ends a reason where the peer may be bait. */
export function judgeRecord(one: OneRecord, because: Because, suspicion = ''): Verdict {
  const signs = one.record?.signs ?? [];
  const real = realLooking(one.identifiers);
  const states = Object.entries(one.record?.nationalIdentifiers ?? {});
  const isPersons = real.isPersonal || states.length > 0;
  if (!isPersons && signs.some((sign) => nobodys.has(sign))) return judgeNobodys(one, signs, because);
  if (real.weight === 'none') return pass(`${looked} held placeholders, codes or nothing where patients are named`, because);
  if (real.weight === 'retained') {
    return pass(`${looked} held placeholders, codes or nothing where patients are named; ${real.named} came with it, which a de-identifier may keep`, because);
  }
  const numbers = states.map(([keyword, kind]) => `; ${keyword} has the shape and the check digits of ${nationalWords[kind]}`).join('');
  const doubt = isPersons
    ? contradiction(signs)
    : signs.some((sign) => replaced.has(sign))
      ? '; it is said to be de-identified, so see whether these were replaced'
      : '';
  const reason = `${one.who} gets ${real.named}, which read like a person's own in ${looked}${numbers}${doubt}${suspicion}`;
  return fail(reason, because, severity(real.weight, isPersons, signs));
}

/** The record is a phantom's, a test's or an example: it says nothing of patients who may lie beside it. */
function judgeNobodys(one: OneRecord, signs: readonly RecordSign[], because: Because): Verdict {
  const what = nobodysIn(signs);
  if (signs.some((sign) => meantToBeOpen.has(sign)))
    return notApplicable(`${looked} is of ${what}, which is nobody's secret; what else it holds was not looked at`, because);
  return isOfFew(one.studies, one.patients)
    ? notApplicable(`${looked} is of ${what}, and so few patients with so many studies are no patients of a hospital`, because)
    : unknown(`${looked} is of ${what} and says nothing of the patients who may lie beside it`, because);
}

const nobodysIn = (signs: readonly RecordSign[]): string => listed(signs.filter((sign) => nobodys.has(sign)).map((sign) => signWords[sign]));

/**
 * The failure of a check on a door that stands open, said with what speaks for its being meant to: then it is `high` and no more, since one record is
 * no proof of all. The door is open all the same, so it stays a failure.
 */
export function orOnPurpose(verdict: Verdict, one: Omit<OneRecord, 'who'> | null): Verdict {
  if (verdict.verdict !== 'fail' || one === null) return verdict;
  const signs = one.record?.signs ?? [];
  const isPersons = realLooking(one.identifiers).isPersonal || Object.keys(one.record?.nationalIdentifiers ?? {}).length > 0;
  const isMeant = signs.some((sign) => meantToBeOpen.has(sign)) || (signs.some((sign) => nobodys.has(sign)) && isOfFew(one.studies, one.patients));
  if (isPersons || !isMeant) return verdict;
  return { ...verdict, reason: `${verdict.reason}; ${looked} is of ${nobodysIn(signs)}, so it may be open on purpose`, severity: verdict.severity ?? 'high' };
}

/** A device that is checked every day is one patient with hundreds of studies. */
const isOfFew = (studies: Estimate | null, patients: Estimate | null): boolean =>
  studies !== null && patients !== null && patients.basis === 'exact' && patients.value <= 20 && studies.value >= 10 * patients.value;

const contradiction = (signs: readonly RecordSign[]): string => {
  const against = signs.filter((sign) => sign !== 'clinical-trial');
  return against.length > 0 ? `, although it also reads like ${listed(against.map((sign) => signWords[sign]))}` : '';
};

/** `undefined`: the check's own. */
function severity(weight: 'direct' | 'indirect', isPersons: boolean, signs: readonly RecordSign[]): Severity | undefined {
  const isReplaced = signs.some((sign) => replaced.has(sign));
  if (weight === 'indirect') return isReplaced ? 'low' : 'medium';
  if (isPersons) return signs.some((sign) => nobodys.has(sign)) ? 'high' : undefined;
  return isReplaced ? 'medium' : undefined;
}
