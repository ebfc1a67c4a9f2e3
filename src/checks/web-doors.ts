/** What several web checks read off the doors of a site. Judges nothing by itself. */
import type { SubjectVerdict, Verdict } from '../model/check.js';
import { notApplicable, unknown } from '../model/check.js';
import type { HttpEvidence, WebDoor } from '../protocols/http/evidence.js';
import { amount, isCounted } from './amount-words.js';

export const doorsOf = (evidence: HttpEvidence, ...kinds: readonly WebDoor['kind'][]): readonly WebDoor[] =>
  evidence.doors.filter(({ kind }) => kinds.includes(kind));

/** One verdict a door; one for the whole site where there is none: not there, or not asked to the end. */
export function judgeDoors(evidence: HttpEvidence, doors: readonly WebDoor[], none: string, judge: (door: WebDoor) => Verdict): readonly SubjectVerdict[] {
  if (doors.length > 0) return doors.map((door) => ({ subject: door.path, verdict: judge(door) }));
  const because = siteFacts(evidence);
  return [
    {
      subject: '',
      verdict: evidence.budgetSpent
        ? unknown('the requests that one host may get were used up before it was asked for', because)
        : notApplicable(none, because),
    },
  ];
}

export const siteFacts = (evidence: HttpEvidence): Verdict['because'] => ({
  transport: evidence.transport,
  front: evidence.front.kind,
  status: evidence.front.status,
  requests: evidence.requests,
});

export const doorFacts = (door: WebDoor): Verdict['because'] => ({
  door: door.kind,
  access: door.access,
  status: door.status,
  ...(door.images && { images: door.images.value }),
  ...(door.studies && { studies: door.studies.value }),
  ...(door.patients && { patients: door.patients.value }),
  read: door.rights.read,
  create: door.rights.create,
  edit: door.rights.edit,
  delete: door.rights.delete,
});

/** ` and lists exactly 3 studies with exactly 40 images of exactly 2 patients`, as far as they were counted. */
export function countWords(door: WebDoor, verb = 'lists'): string {
  const studies = isCounted(door.studies) ? [amount(door.studies, 'study', 'studies')] : [];
  const images = isCounted(door.images) ? [amount(door.images, 'image', 'images')] : [];
  const patients = isCounted(door.patients) ? [`of ${amount(door.patients, 'patient', 'patients')}`] : [];
  const words = [[...studies, ...images].join(' with '), ...patients].filter((part) => part !== '');
  return words.length === 0 ? '' : ` and ${verb} ${words.join(' ')}`;
}

export const isEmpty = ({ images, studies }: WebDoor): boolean => studies?.basis === 'exact' && studies.value === 0 && (images === null || images.value === 0);

/** How a door that does not let one in was closed. */
export function closedWords({ access, status }: WebDoor): string {
  return access === 'login' ? 'it asks for credentials first' : `it refuses (${status})`;
}
