/** SMB 2 and 3 for the visitor: what is asked of a server, each in the words of its own file. */
import { ConnectionFailure } from '../../model/connection.js';
import type { Conversation } from './conversation.js';
import type { Door } from './hello.js';
import { logOff, setUpSession } from './session.js';
import { connectShare } from './share-access.js';
import { listShares } from './share-list.js';
import type { Tongue } from './visit.js';
import { allDialects } from './wire/negotiate.js';

export const smb2Tongue = (door: Door): Tongue<Conversation, bigint> => ({
  async connect() {
    const greeted = await door.greet(allDialects);
    if (greeted === 'refused') throw new ConnectionFailure('closed', 'it negotiated once and then no more', { connected: true, spoke: true });
    return greeted.conversation;
  },
  async setUp(conversation, caller, nonce) {
    const { answer, sessionId: session, challenge } = await setUpSession(conversation, caller, nonce);
    return { answer, session, challenge };
  },
  list: listShares,
  open: connectShare,
  logOff: async (conversation, sessionId) => void (await logOff(conversation, sessionId)),
});
