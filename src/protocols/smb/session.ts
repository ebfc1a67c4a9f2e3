/** Sessions of a caller without an account: without a name, and under a name that nobody has. No password is sent, and none is tried. */
import { shapeOf } from '../../content/share-label.js';
import { WireError } from '../../model/wire.js';
import { type Conversation, nowhere, ownName } from './conversation.js';
import type { Caller, SessionAnswer } from './evidence.js';
import { isExpected, wasSilent } from './hello.js';
import { decodeChallenge, encodeAnonymousAuthenticate, encodeNtlmNegotiate, encodeStrangerAuthenticate, type NtlmChallenge } from './wire/ntlm.js';
import { decodeSessionSetupResponse, encodeFarewell, encodeSessionSetup } from './wire/session-setup.js';
import { encodeNegTokenInit, encodeNegTokenResp } from './wire/spnego.js';
import { refusalOf, statuses } from './wire/status.js';

export interface SessionSetup {
  readonly answer: SessionAnswer;
  /** To speak in, where it was granted. */
  readonly sessionId: bigint;
  readonly challenge: NtlmChallenge | undefined;
}

/** Two messages: NTLM's first word, then the answer to its challenge. What was learnt before the peer broke off is kept. */
export async function setUpSession(conversation: Conversation, caller: Caller, nonce: string): Promise<SessionSetup> {
  let challenge: NtlmChallenge | undefined;
  const ended = (answer: SessionAnswer, sessionId = 0n): SessionSetup => ({ answer, sessionId, challenge });
  try {
    const [first] = await conversation.exchange(nowhere, [asking(encodeNegTokenInit(encodeNtlmNegotiate()))]);
    if (!first) return ended({ answer: 'wrong-answer' });
    if (first.status !== statuses.moreProcessingRequired) return ended(refused(first.status));
    challenge = decodeChallenge(decodeSessionSetupResponse(first).securityBuffer, shapeOf);
    const { sessionId } = first;
    const token =
      caller === 'anonymous'
        ? encodeAnonymousAuthenticate(ownName)
        : encodeStrangerAuthenticate(`${ownName}-${nonce}`, ownName, challenge?.targetInfo ?? new Uint8Array(0));
    const [second] = await conversation.exchange({ sessionId, treeId: 0 }, [asking(encodeNegTokenResp(token))]);
    if (!second) return ended({ answer: 'wrong-answer' });
    if (second.status !== statuses.success) return ended(refused(second.status));
    const { isAnonymous, isGuest, encryptData } = decodeSessionSetupResponse(second);
    return ended({ answer: 'granted', as: isGuest ? 'guest' : isAnonymous ? 'anonymous' : 'unmarked', encryptData }, sessionId);
  } catch (error) {
    if (!isExpected(error)) throw error;
    return ended({ answer: wasSilent(error) ? 'no-answer' : error instanceof WireError ? 'wrong-answer' : 'closed' });
  }
}

const asking = (token: Uint8Array) => ({ command: 'sessionSetup', body: () => encodeSessionSetup(token) }) as const;

const refused = (status: number): SessionAnswer =>
  status === statuses.success || status === statuses.moreProcessingRequired
    ? { answer: 'wrong-answer' }
    : { answer: 'refused', status, meaning: refusalOf(status) };

/** LOGOFF ends its trees and files too. */
export async function logOff(conversation: Conversation, sessionId: bigint): Promise<boolean> {
  const [answer] = await conversation.exchange({ sessionId, treeId: 0 }, [{ command: 'logoff', body: encodeFarewell }]);
  return answer?.status === statuses.success;
}
