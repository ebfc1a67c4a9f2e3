/** What the rights at a DICOM node rest on, in words. Decides no right: those are given. */
import type { DoorRights, Right, Rights } from '../../model/rights.js';

interface Association {
  readonly answer: 'accepted' | 'rejected' | 'aborted' | 'closed' | 'no-answer' | 'not-tried';
  readonly result?: number;
  readonly source?: number;
  readonly reason?: number;
  readonly meaning?: string;
}

/** The part of the evidence that rights are read off. */
export interface DicomGrounds {
  readonly callingTitle: 'unguessable' | 'given';
  readonly association: Association;
  readonly strangerAssociation: Association;
  readonly contexts: Readonly<Record<string, string | undefined>>;
  readonly query: { readonly answer: string; readonly status: number | null };
}

type From = DoorRights['from'];

export function dicomGrounds(seen: DicomGrounds, rights: Rights): From {
  if (seen.callingTitle === 'given' && seen.association.answer === 'accepted') return besideGivenTitle(seen.strangerAssociation, rights);
  if (seen.association.answer !== 'accepted') {
    const atTheDoor = (right: Right): string =>
      `${associationWords(seen.association)}${right === 'unknown' ? ', which says nothing of what callers may do' : ''}`;
    return { read: atTheDoor(rights.read), create: atTheDoor(rights.create), edit: atTheDoor(rights.edit), delete: atTheDoor(rights.delete) };
  }
  const storage = storageWords(seen.contexts);
  const change =
    rights.edit === 'no' ? `${storage}, and without storing DICOM changes nothing` : 'DICOM has no request that would tell without changing something';
  return { read: queryWords(seen, rights.read), create: storage, edit: change, delete: change };
}

function besideGivenTitle(stranger: Association, { read }: Rights): From {
  const text =
    read === 'no'
      ? `${associationWords(stranger)} for a calling AE title that no list holds, where the given one was let in`
      : 'only the calling AE title that was given was looked at';
  return { read: text, create: text, edit: text, delete: text };
}

const meanings: Readonly<Record<string, string>> = {
  'calling-ae-not-recognised': 'calling AE title not recognised',
  'called-ae-not-recognised': 'called AE title not recognised',
  'user-identity-refused': 'user identity refused',
  congestion: 'temporary congestion',
  'local-limit': 'local limit exceeded',
  'no-reason-given': 'no reason given',
};

function associationWords({ answer, result, source, reason, meaning }: Association): string {
  const why = meanings[meaning ?? ''];
  const words = {
    accepted: 'the association was accepted',
    rejected: `the association was rejected (${result}/${source}/${reason}${why === undefined ? '' : `: ${why}`})`,
    aborted: 'the association request was aborted',
    closed: 'the peer hung up on the association request',
    'no-answer': 'the association request was not answered',
    'not-tried': 'no association was asked for',
  } as const satisfies Record<Association['answer'], string>;
  return words[answer];
}

function queryWords({ query: { answer, status }, contexts }: DicomGrounds, right: Right): string {
  const code = status === null ? '' : ` ${status.toString(16).toUpperCase().padStart(4, '0')}H`;
  if (answer === 'success') return `C-FIND with a key that matches nothing was answered${code} to a calling AE title that no list holds`;
  const asked = queryAnswers[answer] ?? `C-FIND ended with ${answer}`;
  const taken = Object.entries(contexts).filter(([name, result]) => /-(?:find|get|move)$/.test(name) && name !== 'worklist-find' && result === 'accepted');
  if (right === 'negotiated') return `${taken.length} contexts to query or retrieve were accepted; ${asked}${answer === 'failed' ? code : ''}`;
  if (answer === 'aborted' && right === 'no') return `${asked}, which is how Orthanc refuses a caller`;
  return `${asked}${answer === 'failed' || answer === 'not-authorised' ? code : ''}`;
}

const queryAnswers: Readonly<Record<string, string>> = {
  'not-authorised': 'C-FIND was refused as not authorised:',
  failed: 'C-FIND was answered with the failure',
  aborted: 'C-FIND was answered with an abort',
  closed: 'the peer hung up on C-FIND',
  'no-answer': 'C-FIND was not answered',
  'wrong-answer': 'C-FIND was answered with something else',
  'not-negotiated': 'no context for C-FIND was accepted',
  'not-tried': 'C-FIND was not tried',
};

function storageWords(contexts: DicomGrounds['contexts']): string {
  const proposed = Object.entries(contexts).filter(([name]) => /^storage-(?:ct|mr|cr|dx|us|sc)$/.test(name));
  const accepted = proposed.filter(([, result]) => result === 'accepted').length;
  return accepted === 0
    ? `none of ${proposed.length} storage contexts was accepted`
    : `${accepted} of ${proposed.length} storage contexts were accepted; none was used`;
}
