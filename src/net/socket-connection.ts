/** One TCP or TLS connection with its deadlines and byte limits. Knows no protocol. */
import type { Socket } from 'node:net';
import { type Connection, ConnectionFailure, type SecureSession, type Traffic } from '../model/connection.js';
import type { Decode } from '../model/wire.js';
import { toFailure } from './failure.js';
import type { DialLimits } from './limits.js';
import { ReceiveBuffer } from './receive-buffer.js';

export class SocketConnection implements Connection {
  readonly secure: SecureSession | undefined;
  readonly #socket: Socket;
  readonly #limits: DialLimits;
  readonly #traffic: Traffic;
  readonly #buffer = new ReceiveBuffer();
  readonly #deadline: NodeJS.Timeout;
  readonly #release: () => void;
  #received = 0;
  #failure: ConnectionFailure | undefined;
  #wake: (() => void) | undefined;

  constructor(socket: Socket, secure: SecureSession | undefined, limits: DialLimits, traffic: Traffic, signal: AbortSignal | undefined) {
    this.#socket = socket;
    this.secure = secure;
    this.#limits = limits;
    this.#traffic = traffic;
    this.#deadline = setTimeout(() => this.#end(new ConnectionFailure('timed-out', 'the conversation took too long', this.#state)), limits.totalMs);
    const onAbort = () => this.#end(new ConnectionFailure('timed-out', 'stopped', this.#state));
    signal?.addEventListener('abort', onAbort, { once: true });
    this.#release = () => signal?.removeEventListener('abort', onAbort);
    socket.on('data', (chunk: Uint8Array) => this.#accept(chunk));
    socket.on('error', (error) => this.#end(toFailure(error, this.#state)));
    socket.on('end', () => this.#end(new ConnectionFailure('closed', 'the peer closed the connection', this.#state)));
    socket.on('close', () => this.#end(new ConnectionFailure('closed', 'the peer closed the connection', this.#state)));
  }

  async send(bytes: Uint8Array): Promise<void> {
    if (this.#failure) throw this.#failure;
    this.#traffic.bytesSent += bytes.length;
    this.#socket.write(bytes);
  }

  async receive<Message>(decode: Decode<Message>, options: { withinMs?: number } = {}): Promise<Message> {
    const until = performance.now() + (options.withinMs ?? this.#limits.answerMs);
    let seen = -1;
    for (;;) {
      const pending = this.#buffer.pending;
      const decoded = pending.length > seen ? decode(pending) : undefined;
      if (decoded) {
        this.#buffer.consume(decoded.consumed);
        return decoded.message;
      }
      seen = pending.length;
      if (this.#failure) throw this.#failure;
      await this.#moreBytes(until);
    }
  }

  close(): void {
    clearTimeout(this.#deadline);
    this.#release();
    this.#failure ??= new ConnectionFailure('closed', 'closed by us', this.#state);
    this.#socket.destroySoon();
    this.#wake?.();
  }

  get #state() {
    return { connected: true, spoke: this.#received > 0 };
  }

  #accept(chunk: Uint8Array): void {
    this.#received += chunk.length;
    this.#traffic.bytesReceived += chunk.length;
    if (this.#received > this.#limits.receiveBytes) {
      this.#end(new ConnectionFailure('over-limit', `the peer sent more than ${this.#limits.receiveBytes} bytes`, this.#state));
      return;
    }
    this.#buffer.append(chunk);
    this.#wake?.();
  }

  /** The first reason stays; what follows (a reset after a timeout, say) is only its echo. */
  #end(failure: ConnectionFailure): void {
    clearTimeout(this.#deadline);
    this.#release();
    this.#failure ??= failure;
    this.#socket.destroySoon();
    this.#wake?.();
  }

  #moreBytes(until: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => {
          this.#wake = undefined;
          reject(new ConnectionFailure('timed-out', this.#received > 0 ? 'the answer did not come to an end' : 'no answer', this.#state));
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
