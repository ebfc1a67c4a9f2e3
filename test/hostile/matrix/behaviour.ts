/** What a hostile peer does with each connection, and the few words that behaviours are made of. Follows no protocol by itself. */
import type net from 'node:net';

/** A connection from the peer's side, inside TLS where that is what the probe asked for; `index` counts those of one probe. */
export interface Line {
  readonly socket: net.Socket;
  readonly index: number;
  /** RST, also where TLS runs on it. */
  reset(): void;
}

export type Serve = (line: Line) => void;

export interface Behaviour {
  readonly name: string;
  readonly serve: Serve;
  /** On the bare TCP connection although the probe speaks TLS; otherwise the handshake is done properly first. */
  readonly beneathTls?: true;
  /** Met by this probe alone; absent: by every one. */
  readonly only?: string;
}

export const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
export const hex = (text: string): Buffer => Buffer.from(text.replace(/[^0-9a-f]/g, ''), 'hex');

/** As soon as somebody connects. */
export const atOnce =
  (what: string | Uint8Array): Serve =>
  ({ socket }) =>
    say(socket, what);

/** Each time that something arrives. */
export const toEverything =
  (what: string | Uint8Array | ((heard: Buffer) => string | Uint8Array)): Serve =>
  ({ socket }) =>
    void socket.on('data', (heard: Buffer) => say(socket, typeof what === 'function' ? what(heard) : what));

/** Both: servers that speak first, and those that answer. */
export const always =
  (what: string | Uint8Array): Serve =>
  (line) => {
    atOnce(what)(line);
    toEverything(what)(line);
  };

export function say(socket: net.Socket, what: string | Uint8Array): void {
  if (!socket.destroyed && socket.writable) socket.write(typeof what === 'string' ? bytes(what) : what);
}

/** As fast as it is taken, for as long as somebody is there. */
export const endless =
  (what: string | Uint8Array, begin: string | Uint8Array = ''): Serve =>
  ({ socket }) => {
    const piece = typeof what === 'string' ? bytes(what) : Buffer.from(what);
    const much = Buffer.concat(Array.from({ length: Math.max(1, Math.ceil(32_768 / piece.length)) }, () => piece));
    if (begin.length > 0) say(socket, begin);
    const more = () => {
      while (!socket.destroyed && socket.writable && socket.write(much));
      if (!socket.destroyed) socket.once('drain', more);
    };
    more();
  };

/** One byte now and then: slow against the limits of this test. */
export const drip =
  (what: string | Uint8Array): Serve =>
  ({ socket }) => {
    const piece = typeof what === 'string' ? bytes(what) : Buffer.from(what);
    let at = 0;
    const timer = setInterval(() => say(socket, piece.subarray(at % piece.length, (at++ % piece.length) + 1)), 25);
    socket.once('close', () => clearInterval(timer));
  };

/** Only once something was asked. */
export const onceAsked =
  (then: Serve): Serve =>
  (line) =>
    void line.socket.once('data', () => then(line));

export interface WebAsked {
  readonly method: string;
  readonly path: string;
}

/** Answers HTTP requests; whatever else comes is passed over. */
export const web =
  (answer: (asked: WebAsked, line: Line) => string | Uint8Array | undefined): Serve =>
  (line) => {
    let text = '';
    line.socket.on('data', (chunk: Buffer) => {
      text = (text + chunk.toString('latin1')).slice(-65_536);
      for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
        const [method = '', path = ''] = text.slice(0, end).split(' ');
        text = text.slice(end + 4);
        const answered = answer({ method, path }, line);
        if (answered !== undefined) say(line.socket, answered);
      }
    });
  };

/** A whole answer. */
export function page(body: string | Uint8Array, headers = 'content-type: text/html', status = '200 OK'): Buffer {
  const content = typeof body === 'string' ? bytes(body) : Buffer.from(body);
  return Buffer.concat([bytes(`HTTP/1.1 ${status}\r\n${headers}\r\ncontent-length: ${content.length}\r\n\r\n`), content]);
}
