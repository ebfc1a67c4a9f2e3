/** Serves SMB on one connection: frames, and sessions of SMB 1 and 2 above them. Whoever would change a file is noted and gets nowhere. */
import type { Socket } from 'node:net';
import { decodeFrame, encodeFrame } from '../protocols/smb/wire/frame.js';
import { decodeMessages } from '../protocols/smb/wire/message.js';
import { isSmb1 } from '../protocols/smb/wire/smb1-message.js';
import type { DeviceLog } from './device-log.js';
import { smbMessages } from './smb-answers.js';
import type { SmbBehaviour } from './smb-behaviour.js';
import { SmbSession } from './smb-session.js';
import { Smb1Session } from './smb1-session.js';

const sessionRequest = 0x81;
const sessionGranted = Uint8Array.of(0x82, 0, 0, 0);

export function serveSmb(socket: Socket, behaviour: SmbBehaviour, log: DeviceLog): void {
  const session = new SmbSession(behaviour, log);
  const older = new Smb1Session(behaviour, log);
  let waiting: Uint8Array = new Uint8Array(0);
  socket.on('data', (chunk: Uint8Array) => {
    waiting = Buffer.concat([waiting, chunk]);
    try {
      while (waiting.length >= 4) {
        const consumed = waiting[0] === sessionRequest ? greet(socket, waiting) : answer(socket, waiting, behaviour, session, older);
        if (consumed === 0) return;
        waiting = waiting.subarray(consumed);
      }
    } catch {
      socket.destroy(); // a caller that does not keep to the standard
    }
  });
}

/** RFC 1002 section 4.3.2, on port 139. */
function greet(socket: Socket, bytes: Uint8Array): number {
  const length = 4 + (((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0));
  if (bytes.length < length) return 0;
  socket.write(sessionGranted);
  return length;
}

function answer(socket: Socket, bytes: Uint8Array, behaviour: SmbBehaviour, session: SmbSession, older: Smb1Session): number {
  const decoded = decodeFrame(bytes);
  if (decoded?.message.type !== 'message') {
    if (decoded) socket.destroy();
    return decoded?.consumed ?? 0;
  }
  const { payload } = decoded.message;
  if (isSmb1(payload)) for (const message of older.answer(payload.slice())) socket.write(encodeFrame(message));
  else if (behaviour.dialects.length === 0) socket.end();
  else socket.write(encodeFrame(smbMessages(decodeMessages(payload).map((message) => session.answer(message)))));
  return decoded.consumed;
}
