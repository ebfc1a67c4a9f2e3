/** Wraps a dial so that the conversation can be replayed. Changes nothing of it. */
import { type Connection, ConnectionFailure, type Dial } from '../model/connection.js';
import type { Decode } from '../model/wire.js';
import { type CassetteEntry, sessionEntry, toHex } from './cassette.js';

export function recordDial(dial: Dial, write: (entry: CassetteEntry) => void): Dial {
  return {
    pause: (ms) => dial.pause(ms),
    async open(transport, beside) {
      try {
        const connection = await dial.open(transport, beside);
        write({
          open: transport,
          ...(beside?.port === undefined ? {} : { port: beside.port }),
          ...(beside?.reservedSourcePort ? { from: 'reserved' } : {}),
          ...(connection.secure ? { secure: sessionEntry(connection.secure) } : {}),
        });
        return recordConnection(connection, write);
      } catch (error) {
        if (error instanceof ConnectionFailure) write(ending('refuse', error));
        throw error;
      }
    },
  };
}

function ending(key: 'refuse' | 'end', { outcome, alert, connected, spoke }: ConnectionFailure): CassetteEntry {
  const facts = alert === undefined ? { connected, spoke } : { alert, connected, spoke };
  return key === 'refuse' ? { refuse: outcome, ...facts } : { end: outcome, ...facts };
}

function recordConnection(connection: Connection, write: (entry: CassetteEntry) => void): Connection {
  return {
    secure: connection.secure,
    close: () => connection.close(),
    async startTls() {
      try {
        const secured = await connection.startTls();
        write(secured.secure ? { startTls: true, secure: sessionEntry(secured.secure) } : { startTls: true });
        return recordConnection(secured, write);
      } catch (error) {
        if (error instanceof ConnectionFailure) write(ending('end', error));
        throw error;
      }
    },
    async send(bytes) {
      write({ send: toHex(bytes) });
      await connection.send(bytes);
    },
    receive: (decode, options) => recordReceive(connection, decode, options ?? {}, write),
  };
}

/** Notes the bytes of each message as it is consumed, so that a replay does not depend on how TCP cut them. */
async function recordReceive<Message>(
  connection: Connection,
  decode: Decode<Message>,
  options: { withinMs?: number },
  write: (entry: CassetteEntry) => void,
): Promise<Message> {
  let last: Uint8Array = new Uint8Array(0);
  try {
    return await connection.receive((bytes) => {
      last = bytes;
      const decoded = decode(bytes);
      if (decoded) write({ receive: toHex(bytes.subarray(0, decoded.consumed)) });
      return decoded;
    }, options);
  } catch (error) {
    if (last.length > 0) write({ receive: toHex(last) });
    if (error instanceof ConnectionFailure) write(ending('end', error));
    throw error;
  }
}
