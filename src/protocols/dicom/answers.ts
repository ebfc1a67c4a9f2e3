/** Replies and failures → the words of the evidence. Opens no sockets. */
import { ConnectionFailure, NotThisProtocol } from '../../model/connection.js';
import { WireError } from '../../model/wire.js';
import { PeerAborted, type Reply } from './association.js';
import type { AssociationAnswer, DimseAnswer, RejectMeaning } from './evidence.js';
import type { ContextResult } from './wire/contexts.js';
import { statuses } from './wire/dimse-command.js';
import type { AssociateReject } from './wire/pdu.js';

/** PS3.8 table 9-21. */
const rejectMeanings: Readonly<Record<string, RejectMeaning>> = {
  '1/1': 'no-reason-given',
  '1/2': 'application-context-not-supported',
  '1/3': 'calling-ae-not-recognised',
  '1/7': 'called-ae-not-recognised',
  '2/1': 'no-reason-given',
  '2/2': 'protocol-version-not-supported',
  '3/1': 'congestion',
  '3/2': 'local-limit',
};

/** A refused user identity shows as rejected-permanent, source 2, reason 1 (PS3.7 section D.3.3.7.3); the same as transient is a busy peer. */
export function rejectMeaning({ result, source, reason }: AssociateReject, identityProposed: boolean): RejectMeaning {
  if (identityProposed && result === 1 && source === 2 && reason === 1) return 'user-identity-refused';
  return rejectMeanings[`${source}/${reason}`] ?? 'other';
}

export function answerOf(reply: Reply, identityProposed = false): AssociationAnswer {
  switch (reply.type) {
    case 'associate-accept':
      return { answer: 'accepted' };
    case 'associate-reject': {
      const { result, source, reason } = reply;
      return { answer: 'rejected', result, source, reason, meaning: rejectMeaning(reply, identityProposed) };
    }
    case 'abort':
      return { answer: 'aborted', source: reply.source, reason: reply.reason };
  }
}

/** Rejected-transient, or the presentation provider is out of room: busy, never a statement about access. */
export function isBusy(reply: Reply): boolean {
  return reply.type === 'associate-reject' && (reply.result === 2 || reply.source === 3);
}

/** How a conversation broke off, or the error again where it was not the peer's doing. */
export function brokeOff(error: unknown): 'aborted' | 'closed' | 'no-answer' | 'wrong-answer' {
  if (error instanceof PeerAborted) return 'aborted';
  if (error instanceof WireError || error instanceof NotThisProtocol) return 'wrong-answer';
  if (!(error instanceof ConnectionFailure)) throw error;
  if (error.outcome === 'timed-out') return 'no-answer';
  return error.outcome === 'over-limit' ? 'wrong-answer' : 'closed';
}

export function associationBrokeOff(error: unknown): AssociationAnswer {
  const how = brokeOff(error);
  if (how === 'aborted') return { answer: 'closed' };
  return how === 'no-answer' ? { answer: 'no-answer' } : { answer: 'closed' };
}

export function finalAnswer(status: number): DimseAnswer {
  if (status === statuses.success) return 'success';
  return status === statuses.notAuthorised ? 'not-authorised' : 'failed';
}

const contextResults: readonly ContextResult[] = [
  'accepted',
  'user-rejection',
  'provider-rejection',
  'abstract-syntax-not-supported',
  'transfer-syntaxes-not-supported',
];

export const contextResult = (result: number | undefined): ContextResult => (result === undefined ? 'not-answered' : (contextResults[result] ?? 'other'));
