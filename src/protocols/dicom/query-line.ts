/**
 * The queries of one count: in one association, and in a new one where a peer breaks off over a question that was too much for it.
 * Adds up what they cost the device.
 */
import type { Association } from './association.js';
import { acceptedTransferSyntax, type FindRequest, type FindResult, find } from './find.js';
import type { ContextName } from './wire/contexts.js';

/** A device that hangs up over every question is not called for ever. */
const mostReopenings = 2;

export interface QueryCost {
  /** C-FIND requests. */
  readonly requests: number;
  /** C-FIND responses, the last of each request and those after C-CANCEL included. */
  readonly responses: number;
  /** Bytes of these responses. */
  readonly bytes: number;
}

export class QueryLine {
  readonly #reopen: () => Promise<Association | undefined>;
  #association: Association;
  #reopenings = 0;
  #requests = 0;
  #responses = 0;
  #bytes = 0;
  #last: FindResult | undefined;

  constructor(association: Association, reopen: () => Promise<Association | undefined>) {
    this.#association = association;
    this.#reopen = reopen;
  }

  get association(): Association {
    return this.#association;
  }

  get cost(): QueryCost {
    return { requests: this.#requests, responses: this.#responses, bytes: this.#bytes };
  }

  takes(context: ContextName): boolean {
    return acceptedTransferSyntax(this.#association, context) !== undefined;
  }

  async find(request: FindRequest): Promise<FindResult> {
    const before = this.#association.bytesReceived;
    const result = await find(this.#association, request);
    if (result.answer !== 'not-negotiated') this.#requests += 1;
    this.#last = result;
    this.#responses += result.responses;
    this.#bytes += this.#association.bytesReceived - before;
    return result;
  }

  /** There is an association, or one more may be asked for. One that fell silent or made no sense is not replaced. */
  get canGoOn(): boolean {
    return this.#association.isOpen || (this.#reopenings < mostReopenings && wasTooMuch(this.#last));
  }

  /** Asks for an association where there is none; true where there is one then. */
  async isUsable(): Promise<boolean> {
    if (this.#association.isOpen || !this.canGoOn) return this.#association.isOpen;
    this.#reopenings += 1;
    const next = await this.#reopen();
    if (next) this.#association = next;
    return next !== undefined;
  }
}

/** Aborted by the peer, or left by us because the answers after C-CANCEL did not end. */
const wasTooMuch = (last: FindResult | undefined): boolean => last?.answer === 'aborted' || (last?.answer === 'success' && last.cancelled);
