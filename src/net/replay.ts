/** Plays a cassette instead of a network. A probe that sends something else than was recorded fails the test that replays it. */
import { type Connection, ConnectionFailure, type Dial } from '../model/connection.js';
import type { Decode } from '../model/wire.js';
import { type CassetteEntry, type EndingFacts, fromHex, toHex } from './cassette.js';
import { ReceiveBuffer } from './receive-buffer.js';

export interface ReplayOptions {
  /** Bytes that a read delivers at a time; 1 shows that a decoder waits for more instead of guessing. */
  readonly bytesPerRead?: number;
}

export function replayDial(entries: readonly CassetteEntry[], options: ReplayOptions = {}): Dial {
  const tape = [...entries];
  return {
    pause: async () => undefined,
    async open(transport, beside) {
      const entry = tape.shift();
      if (entry && 'refuse' in entry) throw failure(entry.refuse, entry, false);
      if (
        !entry ||
        !('open' in entry) ||
        entry.open !== transport ||
        entry.port !== beside?.port ||
        (entry.from === 'reserved') !== (beside?.reservedSourcePort ?? false)
      )
        throw new Error(`the cassette does not open ${transport} here: ${JSON.stringify(entry)}`);
      return new ReplayConnection(tape, entry.secure, options.bytesPerRead ?? Number.MAX_SAFE_INTEGER);
    },
  };
}

function failure(outcome: ConnectionFailure['outcome'], facts: EndingFacts, stood: boolean): ConnectionFailure {
  return new ConnectionFailure(outcome, 'as recorded', { alert: facts.alert, connected: facts.connected ?? stood, spoke: facts.spoke ?? stood });
}

class ReplayConnection implements Connection {
  readonly secure: Connection['secure'];
  readonly #tape: CassetteEntry[];
  readonly #bytesPerRead: number;
  readonly #buffer = new ReceiveBuffer();
  /** Recorded bytes that no read has delivered yet. A decoder that gives up early leaves some; they end with the connection. */
  #undelivered: Uint8Array = new Uint8Array(0);

  constructor(tape: CassetteEntry[], secure: Extract<CassetteEntry, { open: unknown }>['secure'], bytesPerRead: number) {
    this.#tape = tape;
    this.#bytesPerRead = bytesPerRead;
    this.secure = secure ? { ...secure, chain: secure.chain.map(fromHex) } : undefined;
  }

  async send(bytes: Uint8Array): Promise<void> {
    const entry = this.#tape.shift();
    if (!entry || !('send' in entry)) throw new Error(`the cassette does not expect a send here: ${JSON.stringify(entry)}`);
    if (entry.send !== toHex(bytes)) throw new Error(`sent other bytes than recorded:\n  recorded ${entry.send}\n  sent     ${toHex(bytes)}`);
  }

  async receive<Message>(decode: Decode<Message>): Promise<Message> {
    for (;;) {
      const decoded = decode(this.#buffer.pending);
      if (decoded) {
        this.#buffer.consume(decoded.consumed);
        return decoded.message;
      }
      this.#feed();
    }
  }

  /** Gives the next few bytes of the recorded message. */
  #feed(): void {
    if (this.#undelivered.length === 0) this.#undelivered = this.#nextReceived();
    this.#buffer.append(this.#undelivered.subarray(0, this.#bytesPerRead));
    this.#undelivered = this.#undelivered.subarray(this.#bytesPerRead);
  }

  #nextReceived(): Uint8Array {
    const entry = this.#tape.shift();
    if (entry && 'end' in entry) throw failure(entry.end, entry, true);
    if (!entry || !('receive' in entry)) throw new Error(`the cassette has nothing to receive here: ${JSON.stringify(entry)}`);
    return fromHex(entry.receive);
  }

  async startTls(): Promise<Connection> {
    const entry = this.#tape.shift();
    if (entry && 'end' in entry) throw failure(entry.end, entry, true);
    if (!entry || !('startTls' in entry)) throw new Error(`the cassette does not start TLS here: ${JSON.stringify(entry)}`);
    return new ReplayConnection(this.#tape, entry.secure, this.#bytesPerRead);
  }

  close(): void {
    const next = this.#tape[0];
    if (next && 'end' in next) this.#tape.shift();
  }
}
