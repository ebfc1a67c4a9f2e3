/** Serves SMB on one connection: frames, SMB 1's first word, and sessions above that. Whoever would change a file is noted and gets nowhere. */
import type { Socket } from 'node:net';
import { decodeFrame, encodeFrame } from '../protocols/smb/wire/frame.js';
import { decodeMessages } from '../protocols/smb/wire/message.js';
import { isSmb1 } from '../protocols/smb/wire/smb1.js';
import type { DeviceLog } from './device-log.js';
import { smb1NegotiateAnswer, smb1SessionAnswer, smbMessages } from './smb-answers.js';
import type { SmbBehaviour } from './smb-behaviour.js';
import { SmbSession, smbClock } from './smb-session.js';

const sessionRequest = 0x81;
const sessionGranted = Uint8Array.of(0x82, 0, 0, 0);
const smb1Commands = { negotiate: 0x72, sessionSetup: 0x73 } as const;

export function serveSmb(socket: Socket, behaviour: SmbBehaviour, log: DeviceLog): void {
  const session = new SmbSession(behaviour, log);
  let waiting: Uint8Array = new Uint8Array(0);
  socket.on('data', (chunk: Uint8Array) => {
    waiting = Buffer.concat([waiting, chunk]);
    try {
      while (waiting.length >= 4) {
        const consumed = waiting[0] === sessionRequest ? greet(socket, waiting) : answer(socket, waiting, behaviour, session, log);
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

function answer(socket: Socket, bytes: Uint8Array, behaviour: SmbBehaviour, session: SmbSession, log: DeviceLog): number {
  const decoded = decodeFrame(bytes);
  if (decoded?.message.type !== 'message') {
    if (decoded) socket.destroy();
    return decoded?.consumed ?? 0;
  }
  const { payload } = decoded.message;
  if (isSmb1(payload)) answerSmb1(socket, payload, behaviour, log);
  else if (behaviour.dialects.length === 0) socket.end();
  else socket.write(encodeFrame(smbMessages(decodeMessages(payload).map((message) => session.answer(message)))));
  return decoded.consumed;
}

function answerSmb1(
  socket: Socket,
  payload: Uint8Array,
  { takesSmb1, signingRequired, nullSession, nativeOs, nativeLanMan }: SmbBehaviour,
  log: DeviceLog,
): void {
  const command = payload[4];
  const securityMode = 3 | (signingRequired ? 12 : 0);
  if (command === smb1Commands.negotiate) return void socket.write(encodeFrame(smb1NegotiateAnswer(takesSmb1, securityMode, smbClock)));
  if (command === smb1Commands.sessionSetup) {
    const status = nullSession === 'refused' ? 0xc0000022 : 0;
    return void socket.write(encodeFrame(smb1SessionAnswer(status, nativeOs, nativeLanMan)));
  }
  log.violations.push(`SMB 1 command ${command}`);
  socket.end();
}
