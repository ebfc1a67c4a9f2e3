/**
 * A peer on 127.0.0.1 that does what its script says, right or wrong, and counts what callers do. Understands PDUs and
 * DIMSE messages, so that a script can answer them; follows no rule of the standard by itself.
 */
import net from 'node:net';
import type { Endpoint } from '../../src/model/endpoint.js';
import { ReceiveBuffer } from '../../src/net/receive-buffer.js';
import { decodePdu } from '../../src/protocols/dicom/wire/decode-pdu.js';
import { type DimseCommand, decodeCommand, encodeCommand } from '../../src/protocols/dicom/wire/dimse-command.js';
import { encodePdu } from '../../src/protocols/dicom/wire/encode-pdu.js';
import type { DataValue, Pdu } from '../../src/protocols/dicom/wire/pdu.js';

/** The caller left; ends a script quietly. */
export class CallerGone extends Error {}

export interface HeardMessage {
  readonly contextId: number;
  readonly command: DimseCommand;
  readonly dataSet: Uint8Array;
}

/** How a message is cut: bytes a fragment, and whether command and data share one PDU. */
export interface Cut {
  readonly fragment?: number;
  readonly together?: boolean;
}

/** When a script returns, its connection stays open and silent until the caller leaves. */
export type Script = (caller: Caller) => Promise<void>;

export interface ScriptedPeer {
  readonly endpoint: Endpoint;
  /** Connections that came in so far. */
  readonly connections: number;
  /** Every PDU that callers sent, in order. */
  readonly heard: readonly Pdu[];
  /** Resolves once every connection so far has been closed, by whichever side. */
  allClosed(): Promise<void>;
  /** Closes everything. Rejects when a script failed by itself. */
  stop(): Promise<void>;
}

export async function scriptedPeer(script: Script, address = '127.0.0.1'): Promise<ScriptedPeer> {
  const heard: Pdu[] = [];
  const closings: Promise<void>[] = [];
  const sockets = new Set<net.Socket>();
  const failures: unknown[] = [];
  const server = net.createServer({ noDelay: true }, (socket) => {
    const caller = new Caller(socket, closings.length, heard);
    sockets.add(socket);
    closings.push(caller.gone.then(() => void sockets.delete(socket)));
    script(caller).catch((error: unknown) => {
      if (!(error instanceof CallerGone)) failures.push(error);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  const { port } = server.address() as net.AddressInfo;
  return {
    endpoint: { host: address, address, port },
    heard,
    get connections() {
      return closings.length;
    },
    allClosed: async () => void (await Promise.all(closings)),
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      if (failures.length > 0) throw failures[0];
    },
  };
}

/** One connection, seen from the peer. */
export class Caller {
  /** 0 for the first connection. */
  readonly index: number;
  readonly gone: Promise<void>;
  readonly #socket: net.Socket;
  readonly #heard: Pdu[];
  readonly #buffer = new ReceiveBuffer();
  #values: DataValue[] = [];
  #wake: (() => void) | undefined;

  constructor(socket: net.Socket, index: number, heard: Pdu[]) {
    this.index = index;
    this.#socket = socket;
    this.#heard = heard;
    this.gone = new Promise((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => undefined); // a caller that resets is no failure of ours
    socket.on('data', (chunk: Uint8Array) => {
      this.#buffer.append(chunk);
      this.#wake?.();
    });
    socket.on('close', () => this.#wake?.());
  }

  /** The next PDU, waited for. */
  async hear(): Promise<Pdu> {
    for (;;) {
      const pdu = this.#next();
      if (pdu) return pdu;
      if (this.#socket.closed) throw new CallerGone();
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** A PDU that is already there, after what arrived was looked at once. */
  async hearNow(): Promise<Pdu | undefined> {
    await new Promise((resolve) => setImmediate(resolve));
    return this.#next();
  }

  #next(): Pdu | undefined {
    const decoded = decodePdu(this.#buffer.pending, 1_000_000);
    if (!decoded) return undefined;
    this.#buffer.consume(decoded.consumed);
    this.#heard.push(decoded.message);
    return decoded.message;
  }

  /** The rest of a message whose first PDU was heard; our own probe never cuts a command or a data set. */
  async messageOf(pdu: Extract<Pdu, { type: 'data-transfer' }>): Promise<HeardMessage> {
    this.#values = [...pdu.values];
    const first = await this.#nextValue();
    const command = decodeCommand(first.data);
    const dataSet = command.hasDataSet ? (await this.#nextValue()).data : new Uint8Array(0);
    return { contextId: first.contextId, command, dataSet };
  }

  async #nextValue(): Promise<DataValue> {
    for (;;) {
      const value = this.#values.shift();
      if (value) return value;
      const pdu = await this.hear();
      if (pdu.type !== 'data-transfer') throw new Error(`a ${pdu.type} in the middle of a message`);
      this.#values = [...pdu.values];
    }
  }

  async say(...pdus: readonly Pdu[]): Promise<void> {
    for (const pdu of pdus) await this.sayBytes(encodePdu(pdu));
  }

  async sayMessage(contextId: number, command: DimseCommand, dataSet: Uint8Array, cut: Cut = {}): Promise<void> {
    const values = [...fragments(contextId, true, encodeCommand(command), cut), ...(command.hasDataSet ? fragments(contextId, false, dataSet, cut) : [])];
    const pdus = cut.together ? [values] : values.map((value) => [value]);
    await this.say(...pdus.map((part) => ({ type: 'data-transfer' as const, values: part })));
  }

  /** Lets the caller, who lives in the same process, have its turn too. */
  async sayBytes(bytes: Uint8Array): Promise<void> {
    if (this.#socket.destroyed || !this.#socket.writable) throw new CallerGone();
    await new Promise<void>((resolve, reject) => {
      this.#socket.write(bytes, (error) => (error ? reject(new CallerGone()) : setImmediate(resolve)));
    });
  }

  hangUp(): void {
    this.#socket.end();
  }

  /** TCP RST. */
  reset(): void {
    this.#socket.resetAndDestroy();
  }
}

function fragments(contextId: number, isCommand: boolean, data: Uint8Array, { fragment = data.length || 1 }: Cut): readonly DataValue[] {
  const count = Math.max(1, Math.ceil(data.length / fragment));
  return Array.from({ length: count }, (_, index) => ({
    contextId,
    isCommand,
    isLast: index === count - 1,
    data: data.subarray(index * fragment, (index + 1) * fragment),
  }));
}
