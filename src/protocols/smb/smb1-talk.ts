/** Questions and answers of SMB 1 on one connection, one at a time. Decides nothing about what an answer means. */
import { ConnectionFailure } from '../../model/connection.js';
import { WireError } from '../../model/wire.js';
import type { Conversation } from './conversation.js';
import type { Door } from './hello.js';
import { decodeSmb1NegotiateResponse, encodeSmb1Negotiate } from './wire/smb1.js';
import { decodeSmb1Message, type Smb1Message } from './wire/smb1-message.js';
import { decodeSmb1TransactionResponse, Smb1Parts, type Smb1TransactionResult } from './wire/smb1-transaction.js';

/** Requests of the server's own and late answers that may come before the answer. */
const mostAsides = 64;
/** Messages of one answer. */
const mostParts = 64;

export type Smb1Question = (multiplexId: number) => Uint8Array;

export class Smb1Talk {
  readonly #conversation: Conversation;
  /** Above those of the first words. */
  #multiplexId = 16;

  private constructor(conversation: Conversation) {
    this.#conversation = conversation;
  }

  /** A connection that has negotiated. */
  static async open(door: Door): Promise<Smb1Talk> {
    const conversation = await door.open();
    try {
      const { accepted } = decodeSmb1NegotiateResponse(await conversation.exchangeSmb1(encodeSmb1Negotiate()));
      if (accepted) return new Smb1Talk(conversation);
      throw new ConnectionFailure('closed', 'it negotiated once and then no more', { connected: true, spoke: true });
    } catch (error) {
      conversation.close();
      throw error;
    }
  }

  /** Bytes that came in so far. */
  get received(): number {
    return this.#conversation.received;
  }

  /** One of the first words, which number themselves. */
  first(request: Uint8Array): Promise<Uint8Array> {
    return this.#conversation.exchangeSmb1(request);
  }

  async ask(question: Smb1Question, withinMs?: number): Promise<Smb1Message> {
    this.#multiplexId = 16 + ((this.#multiplexId - 15) % 32_000);
    return this.#answer(await this.#conversation.exchangeSmb1(question(this.#multiplexId), withinMs), withinMs);
  }

  /** All messages of an answer; `result` is absent where the status speaks for itself. */
  async transact(
    command: 'transaction' | 'transaction2',
    question: Smb1Question,
    withinMs?: number,
  ): Promise<{ status: number; result?: Smb1TransactionResult }> {
    const parts = new Smb1Parts();
    let message = await this.ask(question, withinMs);
    for (let count = 0; count < mostParts; count += 1) {
      const { status } = message;
      if (message.words.length === 0) return { status };
      const result = parts.add(decodeSmb1TransactionResponse(message, command));
      if (result) return { status, result };
      message = await this.#answer(await this.#conversation.receiveSmb1(withinMs), withinMs);
    }
    throw new WireError('TotalDataCount', 0, `more than ${mostParts} messages for one answer`);
  }

  async #answer(frame: Uint8Array, withinMs: number | undefined): Promise<Smb1Message> {
    let message = decodeSmb1Message(frame);
    for (let asides = 0; !message.isReply || message.multiplexId !== this.#multiplexId; asides += 1) {
      if (asides === mostAsides) throw new WireError('MID', 30, `${mostAsides} messages came that answer nothing`);
      message = decodeSmb1Message(await this.#conversation.receiveSmb1(withinMs));
    }
    return message;
  }

  close(): void {
    this.#conversation.close();
  }
}
