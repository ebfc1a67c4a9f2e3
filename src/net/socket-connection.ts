/** One TCP or TLS connection with its deadlines and byte limits. Knows no protocol. */
import type { Socket } from 'node:net';
import { type Connection, ConnectionFailure, type FailureOutcome, type SecureSession, type Traffic } from '../model/connection.js';
import type { Decode } from '../model/wire.js';
import { toFailure } from './failure.js';
import type { DialLimits } from './limits.js';
import { ReceiveBuffer } from './receive-buffer.js';

/** Why a connection ended. An error object is made only when somebody waits for more: most connections end because we close them. */
interface Ending {
  readonly outcome: FailureOutcome;
  readonly detail: string;
  readonly alert?: string | undefined;
}

const closedByUs: Ending = { outcome: 'closed', detail: 'closed by us' };
const handedOver: Ending = { outcome: 'closed', detail: 'TLS took the connection over' };
const closedByPeer: Ending = { outcome: 'closed', detail: 'the peer closed the connection' };

export class SocketConnection implements Connection {
  readonly secure: SecureSession | undefined;
  readonly #socket: Socket;
  readonly #limits: DialLimits;
  readonly #traffic: Traffic;
  readonly #onEnd: (connection: SocketConnection) => void;
  readonly #buffer = new ReceiveBuffer();
  readonly #totalUntil: number;
  readonly #upgrade: (() => Promise<Connection>) | undefined;
  #received = 0;
  #ending: Ending | undefined;
  #wake: (() => void) | undefined;

  /** `onEnd` is called once, when the connection is over for whatever reason; `upgrade` makes a TLS connection of the same socket. */
  constructor(
    socket: Socket,
    secure: SecureSession | undefined,
    limits: DialLimits,
    traffic: Traffic,
    onEnd: (connection: SocketConnection) => void,
    upgrade?: () => Promise<Connection>,
  ) {
    this.#socket = socket;
    this.secure = secure;
    this.#limits = limits;
    this.#traffic = traffic;
    this.#onEnd = onEnd;
    this.#upgrade = upgrade;
    this.#totalUntil = performance.now() + limits.totalMs;
    socket.on('error', (error) => {
      const { outcome, message: detail, alert } = toFailure(error, this.#state);
      this.end({ outcome, detail, alert });
    });
    socket.on('end', () => this.end(closedByPeer));
    socket.on('close', () => this.end(closedByPeer));
  }

  async send(bytes: Uint8Array): Promise<void> {
    if (this.#ending) throw this.#failure();
    this.#traffic.messagesSent += 1;
    this.#traffic.bytesSent += bytes.length;
    this.#socket.write(bytes);
  }

  async receive<Message>(decode: Decode<Message>, options: { withinMs?: number } = {}): Promise<Message> {
    const until = Math.min(performance.now() + (options.withinMs ?? this.#limits.answerMs), this.#totalUntil);
    let seen = -1;
    if (performance.now() >= this.#totalUntil) throw this.#tooLate(); // however much lies ready
    for (;;) {
      const pending = this.#buffer.pending;
      const decoded = pending.length > seen ? decode(pending) : undefined;
      if (decoded) {
        this.#buffer.consume(decoded.consumed);
        return decoded.message;
      }
      seen = pending.length;
      if (this.#ending) throw this.#failure();
      if (performance.now() >= until) throw this.#tooLate();
      await this.#moreBytes(until);
    }
  }

  /** What the peer sent in the clear after it agreed to TLS is dropped unread (RFC 4217 section 12.4 names that attack). */
  async startTls(): Promise<Connection> {
    if (this.#ending) throw this.#failure();
    if (!this.#upgrade) throw new TypeError('TLS runs on this connection already');
    this.#ending = handedOver;
    this.#socket.removeAllListeners('error').removeAllListeners('end').removeAllListeners('close');
    this.#onEnd(this);
    return await this.#upgrade();
  }

  close(): void {
    this.end(closedByUs);
  }

  /** The first reason stays; what follows (a reset after a timeout, say) is only its echo. */
  end(ending: Ending): void {
    if (this.#ending) return;
    this.#ending = ending;
    if (ending === closedByUs) this.#flush();
    else this.#socket.destroy();
    this.#onEnd(this);
    this.#wake?.();
  }

  /** What was sent still goes out, but a peer that takes nothing does not keep the socket. */
  #flush(): void {
    if (this.#socket.writableLength > 0) {
      const timer = setTimeout(() => this.#socket.destroy(), this.#limits.answerMs);
      this.#socket.once('close', () => clearTimeout(timer));
    }
    this.#socket.destroySoon();
  }

  get #state() {
    return { connected: true, spoke: this.#received > 0 };
  }

  #failure(): ConnectionFailure {
    const { outcome, detail, alert } = this.#ending ?? closedByPeer;
    return new ConnectionFailure(outcome, detail, { ...this.#state, alert });
  }

  /** Bytes that arrived; copied, so that the caller may use their place again. */
  accept(chunk: Uint8Array): void {
    this.#received += chunk.length;
    this.#traffic.bytesReceived += chunk.length;
    if (this.#ending) {
      // While what we sent last goes out, the peer may still speak; not for ever.
      if (this.#received > this.#limits.receiveBytes) this.#socket.destroy();
      return;
    }
    if (this.#received > this.#limits.receiveBytes) {
      this.end({ outcome: 'over-limit', detail: `the peer sent more than ${this.#limits.receiveBytes} bytes` });
      return;
    }
    this.#buffer.append(chunk);
    this.#wake?.();
  }

  #tooLate(): ConnectionFailure {
    const detail = this.#received > 0 ? 'the answer did not come to an end' : 'no answer';
    return new ConnectionFailure('timed-out', detail, this.#state);
  }

  #moreBytes(until: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => {
          this.#wake = undefined;
          reject(this.#tooLate());
        },
        Math.max(0, until - performance.now()),
      );
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
    });
  }
}
