/**
 * The acceptor's side of one DICOM association: real bytes, invented contents. It stores nothing and sends no image:
 * C-STORE, C-GET, C-MOVE and N-services are answered with A-ABORT and written down as violations.
 */
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { abstractSyntaxes } from '../protocols/dicom/wire/contexts.js';
import { decodePdu } from '../protocols/dicom/wire/decode-pdu.js';
import { commandFields, type DimseCommand, decodeCommand, statuses } from '../protocols/dicom/wire/dimse-command.js';
import { encodePdu } from '../protocols/dicom/wire/encode-pdu.js';
import type { AssociateRequest, DataValue, Pdu } from '../protocols/dicom/wire/pdu.js';
import type { DicomBehaviour } from './behaviour.js';
import type { DeviceLog } from './device-log.js';
import { answerAssociation } from './negotiate.js';
import { answerRows, worklistRows } from './query.js';
import { type ResponseTo, response } from './response.js';

/** Requests are small; whatever is longer is not for us. */
const longestPdu = 131_072;
const mostFragments = 64;
/** Rows between two looks at whether the query was cancelled. */
const batch = 16;
/**
 * After each batch, milliseconds: about as fast as a good database. Without it thousands of rows lie in the system's buffers
 * before a caller in another process has read the first and can cancel.
 */
const batchPauseMs = 1;
/** Refused: out of resources (PS3.4 table C.4-1). */
const outOfResources = 0xa700;
const garbled = new Uint8Array([0x00, 0xff, 0x13, 0x37, 0x00, 0xff, 0x13, 0x37]);

/** Command Field values of PS3.7 table E.1-1 that a scan must never say. */
const forbidden: ReadonlyMap<number, 'store' | 'get' | 'move'> = new Map([
  [0x0001, 'store'],
  [0x0010, 'get'],
  [0x0021, 'move'],
]);

interface Established {
  readonly maximumLength: number;
  readonly contexts: ReadonlyMap<number, { readonly abstractSyntax: string; readonly transferSyntax: string }>;
}

/** Holds the conversation of one connection until either side ends it. */
export function serveDicom(socket: Socket, behaviour: DicomBehaviour, log: DeviceLog): void {
  const acceptor = new Acceptor(socket, behaviour, log);
  socket.on('data', (chunk: Uint8Array) => acceptor.receive(chunk));
  socket.on('close', () => acceptor.connectionClosed());
}

class Acceptor {
  readonly #socket: Socket;
  readonly #behaviour: DicomBehaviour;
  readonly #log: DeviceLog;
  #pending: Uint8Array = new Uint8Array(0);
  #established: Established | undefined;
  /** The parts of the message that is arriving. */
  #command: DimseCommand | undefined;
  #parts: Uint8Array[] = [];
  readonly #cancelled = new Set<number>();
  #over = false;

  constructor(socket: Socket, behaviour: DicomBehaviour, log: DeviceLog) {
    this.#socket = socket;
    this.#behaviour = behaviour;
    this.#log = log;
  }

  receive(chunk: Uint8Array): void {
    if (this.#over) return;
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    try {
      this.#decodeAll();
    } catch {
      this.#abort(2, 1); // unrecognised PDU, PS3.8 table 9-26
    }
  }

  connectionClosed(): void {
    if (this.#established && !this.#over) this.#log.brokenOff += 1;
    this.#over = true;
  }

  #decodeAll(): void {
    while (!this.#over) {
      const decoded = decodePdu(this.#pending, longestPdu);
      if (!decoded) return;
      this.#pending = this.#pending.subarray(decoded.consumed);
      this.#handle(decoded.message);
    }
  }

  #handle(pdu: Pdu): void {
    if (pdu.type === 'associate-request' && !this.#established) return this.#associate(pdu);
    if (pdu.type === 'abort') return this.#wasAborted();
    if (!this.#established) return this.#abort(2, 2); // unexpected PDU
    if (pdu.type === 'data-transfer') return this.#takeValues(pdu.values, this.#established);
    if (pdu.type === 'release-request') return this.#release();
    this.#abort(2, 2);
  }

  #associate(request: AssociateRequest): void {
    const answer = answerAssociation(request, this.#behaviour, this.#log.associations);
    this.#log.associations += 1;
    if (answer.type === 'associate-reject') {
      this.#log.rejected += 1;
      return this.#leave(encodePdu(answer));
    }
    this.#log.accepted += 1;
    const syntaxOf = new Map(request.contexts.map(({ id, abstractSyntax }) => [id, abstractSyntax]));
    const taken = answer.contexts.filter(({ result }) => result === 0);
    const contexts = new Map(taken.map(({ id, transferSyntax }) => [id, { abstractSyntax: syntaxOf.get(id) ?? '', transferSyntax: transferSyntax ?? '' }]));
    this.#established = { maximumLength: request.userInformation.maximumLength ?? 0, contexts };
    this.#socket.write(encodePdu(answer));
  }

  #release(): void {
    this.#log.released += 1;
    this.#leave(encodePdu({ type: 'release-response' }));
  }

  #wasAborted(): void {
    if (this.#established) this.#log.aborted += 1;
    this.#leave();
  }

  /** Source 0: the application; 2: the protocol machine. */
  #abort(source: 0 | 2, reason: number): void {
    if (this.#over) return;
    if (this.#established) this.#log.abortedByDevice += 1;
    this.#leave(encodePdu({ type: 'abort', source, reason }));
  }

  #leave(lastWords?: Uint8Array): void {
    this.#over = true;
    if (lastWords) this.#socket.end(lastWords);
    else this.#socket.end();
  }

  #takeValues(values: readonly DataValue[], established: Established): void {
    for (const { contextId, isCommand, isLast, data } of values) {
      if (this.#over) return;
      if (isCommand === (this.#command !== undefined) || !established.contexts.has(contextId)) return this.#abort(2, 2);
      this.#parts.push(data);
      if (this.#parts.length > mostFragments) return this.#abort(2, 6); // invalid parameter value
      if (isLast) this.#partIsWhole(contextId, established);
    }
  }

  /** A command is whole, or the data set that belongs to it. */
  #partIsWhole(contextId: number, established: Established): void {
    const whole = Buffer.concat(this.#parts);
    this.#parts = [];
    const waiting = this.#command;
    const command = waiting ?? decodeCommand(whole);
    // Only a query's data set is waited for: what comes with C-STORE is never taken in.
    this.#command = !waiting && command.hasDataSet && command.commandField === commandFields['find-request'] ? command : undefined;
    if (this.#command) return;
    this.#answer({ request: command, contextId, maximumLength: established.maximumLength }, waiting ? whole : new Uint8Array(0));
  }

  #answer(to: ResponseTo, dataSet: Uint8Array): void {
    switch (to.request.commandField) {
      case commandFields['echo-request']:
        this.#log.echo += 1;
        if (this.#behaviour.garblesEcho) return this.#leave(garbled);
        this.#socket.write(response(to, statuses.success));
        return;
      case commandFields['find-request']:
        this.#log.find += 1;
        return this.#find(to, dataSet);
      case commandFields['cancel-request']:
        this.#log.cancel += 1;
        this.#cancelled.add(to.request.messageIdBeingRespondedTo ?? 0);
        return;
      default:
        return this.#refuse(to.request.commandField);
    }
  }

  #refuse(commandField: number): void {
    const kind = forbidden.get(commandField) ?? 'other';
    this.#log[kind] += 1;
    this.#log.violations.push(kind === 'other' ? `command ${commandField.toString(16).padStart(4, '0')}H` : `C-${kind.toUpperCase()}`);
    this.#abort(0, 0);
  }

  #find(to: ResponseTo, identifier: Uint8Array): void {
    this.#cancelled.delete(to.request.messageId ?? 0); // one that came too late for an earlier request of the same number
    const policy = this.#behaviour.query ?? 'grants';
    if (policy === 'aborts') return this.#abort(0, 0);
    if (policy === 'not-authorised') return void this.#socket.write(response(to, statuses.notAuthorised));
    this.#sendRows(to, this.#rows(to.contextId, identifier)).catch(() => this.#abort(0, 0));
  }

  #rows(contextId: number, identifier: Uint8Array): Iterable<Uint8Array> {
    const { abstractSyntax = '', transferSyntax = '' } = this.#established?.contexts.get(contextId) ?? {};
    const rows = abstractSyntax === abstractSyntaxes['worklist-find'] ? worklistRows : answerRows;
    return { [Symbol.iterator]: () => rows(identifier, transferSyntax, this.#behaviour) };
  }

  /** A few rows at a time, and no more while the caller has not read them: C-CANCEL is heard in between. */
  async #sendRows(to: ResponseTo, rows: Iterable<Uint8Array>): Promise<void> {
    const { answerLimit = Number.POSITIVE_INFINITY, limitEnds = 'silently' } = this.#behaviour;
    if (limitEnds === 'refused' && hasMore(rows, answerLimit)) return void this.#socket.write(response(to, outOfResources));
    let ready: Uint8Array[] = [];
    let sent = 0;
    let last: number = statuses.success;
    for (const row of rows) {
      if (sent >= answerLimit) {
        if (limitEnds === 'cancelled') last = statuses.cancelled;
        break;
      }
      sent += 1;
      ready.push(response(to, statuses.pending, row));
      if (ready.length < batch) continue;
      await this.#flush(ready);
      ready = [];
      if (this.#over) return;
      if (this.#cancelled.delete(to.request.messageId ?? 0)) return void this.#socket.write(response(to, statuses.cancelled));
    }
    if (this.#over) return;
    this.#log.rows += ready.length;
    this.#socket.write(Buffer.concat([...ready, response(to, last)]));
  }

  async #flush(rows: readonly Uint8Array[]): Promise<void> {
    this.#log.rows += rows.length;
    if (!this.#socket.write(Buffer.concat(rows))) await drained(this.#socket);
    await pause(batchPauseMs);
  }
}

/** More rows than `limit`; each is computed once more when it is sent. */
function hasMore(rows: Iterable<Uint8Array>, limit: number): boolean {
  let count = 0;
  for (const _ of rows) {
    count += 1;
    if (count > limit) return true;
  }
  return false;
}

/** Resolves when the socket takes more, or is gone. */
function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done).off('close', done);
      resolve();
    };
    socket.on('drain', done).on('close', done);
  });
}
