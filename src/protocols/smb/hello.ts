/** The first words: NEGOTIATE of SMB 2 and 3, and SMB 1 on a connection of its own. Reads capabilities off; keeps no GUID. */
import { ConnectionFailure, type Dial, NotThisProtocol } from '../../model/connection.js';
import type { ProbeTarget } from '../../model/probe.js';
import { WireError } from '../../model/wire.js';
import { Conversation, nowhere, overOf } from './conversation.js';
import type { SmbEvidence } from './evidence.js';
import { asciiBytes } from './wire/byte-writer.js';
import { allDialects, type Dialect, decodeNegotiateResponse, encodeNegotiate, type NegotiateResponse } from './wire/negotiate.js';
import { decodeSmb1NegotiateResponse, decodeSmb1SessionSetupResponse, encodeSmb1AnonymousSetup, encodeSmb1Negotiate, type Smb1Session } from './wire/smb1.js';
import { isSmb1 } from './wire/smb1-message.js';
import { encodeSmb1Logoff } from './wire/smb1-tree.js';
import { statuses } from './wire/status.js';

export interface Greeted {
  readonly conversation: Conversation;
  readonly response: NegotiateResponse;
}

const directPort = 445;

/** Makes connections to one server, each with a client GUID of its own: servers end a connection that shares one with another dialect. */
export class Door {
  readonly #dial: Dial;
  readonly #target: ProbeTarget;
  #opened = 0;

  constructor(dial: Dial, target: ProbeTarget) {
    this.#dial = dial;
    this.#target = target;
  }

  get over(): 'direct' | 'netbios' {
    return overOf(this.#target.endpoint.port);
  }

  /** Port 139 leads to the server that port 445 leads to: asked twice, its images would count twice. */
  async hasTwin(): Promise<boolean> {
    if (this.over === 'direct') return false;
    try {
      (await this.#dial.open('plain', { port: directPort })).close();
      return true;
    } catch (error) {
      if (isExpected(error)) return false;
      throw error;
    }
  }

  open(): Promise<Conversation> {
    return Conversation.open(this.#dial, this.over);
  }

  /** `refused`: none of these dialects. Whoever gets `Greeted` closes it. */
  async greet(dialects: readonly Dialect[], offersCompression = false): Promise<Greeted | 'refused'> {
    const conversation = await this.open();
    try {
      this.#opened += 1;
      const { nonce } = this.#target.settings;
      const clientGuid = asciiBytes(`DOSIMETER${nonce}`.padEnd(16, '0')).slice(0, 16);
      clientGuid[15] = this.#opened;
      const salt = asciiBytes(`DOSIMETER ${nonce}`.padEnd(32, '.'));
      const body = () => encodeNegotiate({ dialects, clientGuid, salt, offersCompression });
      const [message] = await conversation.exchange(nowhere, [{ command: 'negotiate', body }]);
      if (message?.status === statuses.success) return { conversation, response: decodeNegotiateResponse(message) };
      conversation.close();
      return 'refused';
    } catch (error) {
      conversation.close();
      throw error;
    }
  }
}

export const greetFully = (door: Door): Promise<Greeted | 'refused'> => door.greet(allDialects, true);

/** Two more connections at most: 2.0.2, and 2.1 where that was refused. */
export async function oldestDialect(door: Door, newest: Dialect): Promise<SmbEvidence['oldestDialect']> {
  for (const dialect of ['2.0.2', '2.1'] as const) {
    if (newest === dialect) return dialect;
    const taken = await takes(door, dialect);
    if (taken === undefined) return 'unknown';
    if (taken) return dialect;
  }
  return '3.x';
}

/** `undefined`: it did not say. Some hang up where others refuse, which may also be a limit on connections. */
async function takes(door: Door, dialect: Dialect): Promise<boolean | undefined> {
  try {
    const greeted = await door.greet([dialect]);
    if (greeted === 'refused') return false;
    greeted.conversation.close();
    return true;
  } catch (error) {
    if (isExpected(error)) return undefined;
    throw error;
  }
}

export interface Smb1Hello {
  readonly smb1: SmbEvidence['smb1'];
  readonly serverTime: number | null;
  readonly said: Pick<Smb1Session, 'nativeOs' | 'nativeLanMan'>;
}

const unsaid = { nativeOs: null, nativeLanMan: null } as const;

/** Offers "NT LM 0.12" and nothing else. A server that answers without choosing it has refused. */
export async function askSmb1(door: Door, asksSession: boolean): Promise<Smb1Hello> {
  const none = { signing: 'unknown', session: 'not-tried' } as const;
  let conversation: Conversation | undefined;
  try {
    conversation = await door.open();
    const answer = await conversation.exchangeSmb1(encodeSmb1Negotiate());
    const negotiation = isSmb1(answer) ? decodeSmb1NegotiateResponse(answer) : undefined;
    if (!negotiation?.accepted) return { smb1: { answer: 'refused', ...none }, serverTime: null, said: unsaid };
    const smb1 = { answer: 'accepted', signing: negotiation.signing, session: 'not-tried' } as const;
    const { systemTime: serverTime } = negotiation;
    return asksSession ? await askSmb1Session(conversation, smb1, serverTime) : { smb1, serverTime, said: unsaid };
  } catch (error) {
    if (!isExpected(error)) throw error;
    return { smb1: { answer: wasSilent(error) ? 'no-answer' : 'closed', ...none }, serverTime: null, said: unsaid };
  } finally {
    conversation?.close();
  }
}

async function askSmb1Session(conversation: Conversation, smb1: SmbEvidence['smb1'], serverTime: number | null): Promise<Smb1Hello> {
  try {
    const session = decodeSmb1SessionSetupResponse(await conversation.exchangeSmb1(encodeSmb1AnonymousSetup()));
    const outcome = session.status !== statuses.success ? 'refused' : session.isGuest ? 'guest' : 'granted';
    if (session.status === statuses.success) await logOffSmb1(conversation, session.userId);
    return { smb1: { ...smb1, session: outcome }, serverTime, said: { nativeOs: session.nativeOs, nativeLanMan: session.nativeLanMan } };
  } catch (error) {
    if (!isExpected(error)) throw error;
    return { smb1: { ...smb1, session: 'no-answer' }, serverTime, said: unsaid };
  }
}

/** In order; what was learnt stands, however the peer takes it. */
async function logOffSmb1(conversation: Conversation, userId: number): Promise<void> {
  try {
    await conversation.exchangeSmb1(encodeSmb1Logoff({ userId, treeId: 0 }, 3));
  } catch (error) {
    if (!isExpected(error)) throw error;
  }
}

/** A peer's doing, not a defect of ours. */
export const isExpected = (error: unknown): error is ConnectionFailure | WireError | NotThisProtocol =>
  error instanceof ConnectionFailure || error instanceof WireError || error instanceof NotThisProtocol;

export const wasSilent = (error: unknown): boolean => error instanceof ConnectionFailure && error.outcome === 'timed-out';
