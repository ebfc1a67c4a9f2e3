/**
 * What the DICOM checks have in common: which verdicts already follow from the door (the association) and from the desk
 * (the query), so that each check judges only what lies behind. A silence, a busy device or an unexplained refusal is never a pass.
 */
import { type Because, notApplicable, pass, unknown, type Verdict } from '../model/check.js';
import type { Product } from '../model/product.js';
import {
  type AssociationAnswer,
  type DicomEvidence,
  dicom,
  isGrantedToGivenTitle,
  isPromiscuous,
  isRefusedBesideGivenTitle,
  negotiated,
  storageContexts,
} from '../protocols/dicom/evidence.js';

const productOf = (evidence: DicomEvidence): Product | null => dicom.readers.product?.(evidence) ?? null;

/** Orthanc takes every context that it knows from every caller, and aborts the operation that it does not allow. */
export const isOrthanc = (evidence: DicomEvidence): boolean => productOf(evidence)?.id === 'orthanc';

/** DCMTK's own servers refuse at negotiation what they do not allow: an accepted context is the right itself (seen with 3.6.7). */
export const isDcmtk = (evidence: DicomEvidence): boolean => productOf(evidence)?.id === 'dcmtk';

/** It refused none of the contexts, not even the one that does not exist: what it accepts then says nothing. */
export const refusesNothing = (evidence: DicomEvidence): boolean =>
  isPromiscuous(evidence) && Object.values(evidence.contexts).every((result) => result === 'accepted');

/** It said no to each of these contexts, rather than not understanding or not answering. */
export function declines({ contexts }: DicomEvidence, names: readonly (keyof DicomEvidence['contexts'])[]): boolean {
  return names.every((name) => {
    const result = contexts[name];
    return result === 'abstract-syntax-not-supported' || result === 'user-rejection' || result === 'provider-rejection';
  });
}

/** Ends a reason where the peer may be bait. */
export const suspicion = (evidence: DicomEvidence): string =>
  isPromiscuous(evidence) ? '; it accepts even a service that does not exist, so it may be a honeypot' : '';

/** The facts about the door that every reason may rest on. */
export function doorFacts(evidence: DicomEvidence): Because {
  const { association, strangerAssociation, calledTitle, callingTitle, userIdentity } = evidence;
  return {
    association: inShort(association),
    strangerAssociation: inShort(strangerAssociation),
    calledTitle,
    callingTitle,
    userIdentity,
    promiscuous: isPromiscuous(evidence),
  };
}

/** `accepted`, `rejected 1/1/3` (result, source and reason of PS3.8 table 9-21), `aborted`, ... */
const inShort = (answer: AssociationAnswer): string =>
  answer.answer === 'rejected' ? `rejected ${answer.result}/${answer.source}/${answer.reason}` : answer.answer;

/** `undefined`: a stranger was let in, and what the evidence shows further on, it shows to any caller. */
export function decidedAtTheDoor(evidence: DicomEvidence): Verdict | undefined {
  if (isGrantedToGivenTitle(evidence)) return behindGivenTitle(evidence);
  return evidence.association.answer === 'accepted' ? undefined : notLetIn(evidence.association, evidence);
}

/** The rights of a registered caller are no stranger's; only a refusal at the door is known of those. */
function behindGivenTitle(evidence: DicomEvidence): Verdict {
  const stranger = evidence.strangerAssociation;
  if (stranger.answer !== 'accepted') return notLetIn(stranger, evidence);
  const reason = 'only the calling AE title that was given was looked at: scan without --calling-ae to see what any caller may do';
  return unknown(reason, doorFacts(evidence));
}

/** What it means for strangers that one was not let in. */
export function notLetIn(answer: AssociationAnswer, evidence: DicomEvidence): Verdict {
  const because = doorFacts(evidence);
  switch (answer.answer) {
    case 'rejected':
      return rejected(answer, evidence);
    case 'accepted':
    case 'not-tried':
      return unknown('no association was tried under a title that nobody registered', because);
    case 'aborted':
      return unknown('it aborted the association request, which says nothing about callers', because);
    case 'closed':
      return unknown('it hung up on the association request', because);
    case 'no-answer':
      return unknown('it did not answer the association request', because);
  }
}

/** Reject reasons differ by product: called AE title (1/1/7) is also what DCMTK's dcmqrscp says of an unknown caller. */
function rejected(answer: Extract<AssociationAnswer, { answer: 'rejected' }>, evidence: DicomEvidence): Verdict {
  const because = doorFacts(evidence);
  if (isRefusedBesideGivenTitle(evidence)) return pass('it lets in the calling AE title that was given, and turns away one that nobody registered', because);
  if (answer.result === 2) return unknown(busyReason, because); // rejected-transient, whatever the reason
  switch (answer.meaning) {
    case 'calling-ae-not-recognised':
      return pass('it turns a caller away that it does not know', because);
    case 'user-identity-refused':
      return pass('it turns a caller away whose user identity it does not know', because);
    case 'called-ae-not-recognised':
      return unknown(calledTitleReason(evidence), because);
    case 'congestion':
    case 'local-limit':
      return unknown(busyReason, because);
    case 'no-reason-given':
      if (evidence.userIdentity === 'refused') return pass('it turns a caller away whose user identity it does not know', because);
      return unknown('it rejected the association without a reason: it may be so with known callers too', because);
    case 'application-context-not-supported':
    case 'protocol-version-not-supported':
    case 'other':
      return unknown('it rejected the association for another reason than who called', because);
  }
}

const busyReason = 'it was too busy to accept an association, which says nothing about callers: scan it again later';

function calledTitleReason({ calledTitle }: DicomEvidence): string {
  return calledTitle === 'unguessable'
    ? 'a called AE title is asked for first: give it with --called-ae'
    : 'it rejected the called AE title that was given: it is wrong, or, as with DCMTK dcmqrscp, the caller is unknown; a known --calling-ae tells';
}

const findContexts = ['patient-root-find', 'study-root-find'] as const;

/** `undefined`: queries are granted to any caller. */
export function decidedAtTheDesk(evidence: DicomEvidence): Verdict | undefined {
  const early = decidedAtTheDoor(evidence);
  if (early) return early;
  const { answer, status } = evidence.query;
  const because = queryFacts(evidence);
  switch (answer) {
    case 'success':
      return undefined;
    case 'not-authorised':
      return pass('it refuses the queries of a caller that it does not know: not authorised', because);
    case 'aborted':
      return isOrthanc(evidence)
        ? pass('it breaks off where a caller that it does not know sends a query, which is how Orthanc refuses', because)
        : unknown('it broke off over the query, which may be a refusal or a fault', because);
    case 'not-negotiated':
    case 'not-tried':
      return notAsked(evidence, because);
    case 'failed':
      return unknown(`it answered the query with status ${hex(status)}, which is neither a grant nor a refusal`, because);
    case 'closed':
      return unknown('it hung up over the query', because);
    case 'no-answer':
      return unknown('it did not answer the query', because);
    case 'wrong-answer':
      return unknown('it answered the query with something that cannot be read', because);
  }
}

function notAsked(evidence: DicomEvidence, because: Because): Verdict {
  if (declines(evidence, findContexts)) return notApplicable(`it offers no queries for patients or studies${instead(evidence)}`, because);
  if (evidence.query.answer === 'not-tried') return unknown('no query was tried', because);
  return unknown('it said neither yes nor no to a query service', because);
}

/** What a node without queries is there for, as far as it negotiated. */
function instead(evidence: DicomEvidence): string {
  if (negotiated(evidence, 'worklist-find')) return ', but a worklist of what is scheduled, which was not asked';
  if (negotiated(evidence, ...storageContexts)) return ': it only takes images';
  return negotiated(evidence, 'storage-commitment') ? ': it only confirms what was stored' : '';
}

export const queryFacts = (evidence: DicomEvidence): Because => ({
  ...doorFacts(evidence),
  query: evidence.query.answer,
  status: evidence.query.status === null ? null : hex(evidence.query.status),
  rows: evidence.query.rows,
});

const hex = (status: number | null): string => (status === null ? 'unknown' : `${status.toString(16).toUpperCase().padStart(4, '0')}H`);

/** The one record of patients that was looked at; `null` where none was. */
export function recordOf({ sample, identifiers, record, archive }: DicomEvidence) {
  return sample === 'taken' ? { identifiers, record, studies: archive?.studies ?? null, patients: archive?.patients ?? null } : null;
}
