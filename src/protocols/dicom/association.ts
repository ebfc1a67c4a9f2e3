/**
 * The requestor's side of one association: ask, exchange DIMSE messages one at a time, release. The order of the code is
 * the state. Decides nothing about what an answer means for security.
 */
import type { Connection, Dial, ServiceHint, Transport } from '../../model/connection.js';
import { ConnectionFailure, NotThisProtocol } from '../../model/connection.js';
import { type Decoded, WireError } from '../../model/wire.js';
import { isUnfinishedReply, recogniseService } from '../recognise.js';
import { decodePdu } from './wire/decode-pdu.js';
import { type DimseCommand, decodeCommand, encodeCommand } from './wire/dimse-command.js';
import { encodePdu } from './wire/encode-pdu.js';
import type { Abort, AssociateAccept, AssociateReject, AssociateRequest, DataValue, Pdu } from './wire/pdu.js';

/** What we let a peer send in one PDU; also what we tell it (sub-item 51H). */
export const ownMaximumLength = 16_384;
/** A peer may send more than we asked for; beyond this it is not a peer we talk to. */
const toleratedLength = 131_072;
/** C-FIND responses are small; a larger one is an attack. */
const dataSetLimit = 1_048_576;
const releaseWithinMs = 2_000;

/** The peer sent A-ABORT in the middle of an association. */
export class PeerAborted extends Error {
  readonly abort: Abort;

  constructor(abort: Abort) {
    super(`A-ABORT, source ${abort.source}, reason ${abort.reason}`);
    this.name = 'PeerAborted';
    this.abort = abort;
  }
}

export interface DimseMessage {
  readonly contextId: number;
  readonly command: DimseCommand;
  /** Empty when the message has none. */
  readonly dataSet: Uint8Array;
}

export type Reply = AssociateAccept | AssociateReject | Abort;

/** `reply` first; `association` only when it was accepted. */
export interface Requested {
  readonly reply: Reply;
  readonly association: Association | undefined;
}

/** Opens a connection and asks for an association. Throws `NotThisProtocol` or `ConnectionFailure` when no DICOM answer came. */
export async function requestAssociation(dial: Dial, transport: Transport, request: AssociateRequest): Promise<Requested> {
  const connection = await dial.open(transport);
  try {
    await connection.send(encodePdu(request));
    const reply = await connection.receive(decodeReply);
    if (reply.type === 'associate-accept') return { reply, association: new Association(connection, reply) };
    connection.close();
    return { reply, association: undefined };
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** The first answer decides what the peer is: eight bytes are waited for where they are not the start of a PDU. */
function decodeReply(bytes: Uint8Array): Decoded<Reply> | undefined {
  const hint = recogniseService(bytes);
  if (hint !== 'dicom' && hint !== 'unknown') throw new NotThisProtocol(hint);
  if (hint === 'unknown' && (bytes.length < 8 || isUnfinishedReply(bytes))) return undefined;
  const decoded = decodeOrElse(bytes, hint);
  if (!decoded) return undefined;
  const { message, consumed } = decoded;
  if (message.type === 'associate-accept' || message.type === 'associate-reject' || message.type === 'abort') return { message, consumed };
  throw new NotThisProtocol('unknown');
}

function decodeOrElse(bytes: Uint8Array, hint: ServiceHint): Decoded<Pdu> | undefined {
  try {
    return decodePdu(bytes, toleratedLength);
  } catch (error) {
    if (error instanceof WireError) throw new NotThisProtocol(hint === 'dicom' ? 'unknown' : hint);
    throw error;
  }
}

export class Association {
  readonly accept: AssociateAccept;
  readonly #connection: Connection;
  #waiting: DataValue[] = [];
  #messageId = 0;
  #open = true;
  #received = 0;
  #brokenOffBy: unknown;

  constructor(connection: Connection, accept: AssociateAccept) {
    this.#connection = connection;
    this.accept = accept;
  }

  /** False once the peer aborted, closed or stopped making sense. */
  get isOpen(): boolean {
    return this.#open;
  }

  /** Bytes of commands and data sets that came. */
  get bytesReceived(): number {
    return this.#received;
  }

  /** The error that ended it; `undefined` while it is open and where we left by ourselves. */
  get brokenOffBy(): unknown {
    return this.#brokenOffBy;
  }

  nextMessageId(): number {
    this.#messageId += 1;
    return this.#messageId;
  }

  /** Sends one command, and its data set when there is one, in one PDU. Throws `ConnectionFailure`, after which the association is over. */
  async send(contextId: number, command: DimseCommand, dataSet?: Uint8Array): Promise<void> {
    const values = [{ contextId, isCommand: true, isLast: true, data: encodeCommand(command) }];
    if (dataSet) values.push({ contextId, isCommand: false, isLast: true, data: dataSet });
    try {
      await this.#connection.send(encodePdu({ type: 'data-transfer', values }));
    } catch (error) {
      this.#breakOff(error);
      throw error;
    }
  }

  /** The next whole message. Throws `PeerAborted`, `ConnectionFailure` or `WireError`, after which the association is over. */
  async receive(withinMs: number): Promise<DimseMessage> {
    try {
      const { contextId, data } = await this.#collect(true, withinMs);
      const command = decodeCommand(data);
      const dataSet = command.hasDataSet ? (await this.#collect(false, withinMs)).data : new Uint8Array(0);
      return { contextId, command, dataSet };
    } catch (error) {
      if (error instanceof WireError) await this.abort();
      this.#breakOff(error);
      throw error;
    }
  }

  /** A-RELEASE; returns how it went. */
  async release(): Promise<'released' | 'aborted' | 'closed' | 'no-answer'> {
    if (!this.#open) return 'closed';
    this.#open = false;
    try {
      await this.#connection.send(encodePdu({ type: 'release-request' }));
      return await this.#awaitReleaseResponse();
    } catch (error) {
      return error instanceof ConnectionFailure && error.outcome === 'timed-out' ? 'no-answer' : 'closed';
    } finally {
      this.#connection.close();
    }
  }

  /** A-ABORT (PS3.8 section 9.3.8): for a peer that does not stop. */
  async abort(): Promise<void> {
    if (!this.#open) return;
    await this.#connection.send(encodePdu({ type: 'abort', source: 0, reason: 0 })).catch(() => undefined);
    this.abandon();
  }

  abandon(): void {
    this.#open = false;
    this.#connection.close();
  }

  #breakOff(error: unknown): void {
    this.#brokenOffBy = error;
    this.abandon();
  }

  /** Late data (responses after a cancellation) may still stand before the answer; a few PDUs of it are let pass. */
  async #awaitReleaseResponse(): Promise<'released' | 'aborted'> {
    for (let passed = 0; passed < 64; passed += 1) {
      const pdu = await this.#connection.receive((bytes) => decodePdu(bytes, toleratedLength), { withinMs: releaseWithinMs });
      if (pdu.type === 'release-response') return 'released';
      if (pdu.type === 'abort') return 'aborted';
      // Both sides may ask to leave at once (PS3.8 section 7.2.2.3): the requestor answers, then waits on.
      if (pdu.type === 'release-request') await this.#connection.send(encodePdu({ type: 'release-response' }));
    }
    return 'aborted';
  }

  /** Joins the fragments of one command or data set, PS3.8 annex E.1. */
  async #collect(isCommand: boolean, withinMs: number): Promise<{ contextId: number; data: Uint8Array }> {
    const parts: Uint8Array[] = [];
    let length = 0;
    for (;;) {
      const value = await this.#nextValue(withinMs);
      if (value.isCommand !== isCommand)
        throw new WireError('message-control-header', 0, isCommand ? 'data came where a command was due' : 'a command came where data was due');
      length += value.data.length;
      this.#received += value.data.length;
      if (length > dataSetLimit) throw new WireError('message', 0, `is longer than ${dataSetLimit} bytes`);
      parts.push(value.data);
      if (value.isLast) return { contextId: value.contextId, data: join(parts, length) };
    }
  }

  async #nextValue(withinMs: number): Promise<DataValue> {
    for (;;) {
      const value = this.#waiting.shift();
      if (value) return value;
      const pdu = await this.#connection.receive((bytes) => decodePdu(bytes, toleratedLength), { withinMs });
      if (pdu.type === 'release-request') await this.#connection.send(encodePdu({ type: 'release-response' }));
      this.#waiting = [...valuesOf(pdu)];
    }
  }
}

function valuesOf(pdu: Pdu): readonly DataValue[] {
  if (pdu.type === 'data-transfer') return pdu.values;
  if (pdu.type === 'abort') throw new PeerAborted(pdu);
  if (pdu.type === 'release-request') throw new ConnectionFailure('closed', 'the peer asked to release the association', { connected: true, spoke: true });
  throw new WireError('PDU-type', 0, `${pdu.type} has no place in an association`);
}

function join(parts: readonly Uint8Array[], length: number): Uint8Array {
  const only = parts[0];
  if (parts.length === 1 && only) return only;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
