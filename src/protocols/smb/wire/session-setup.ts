/** SESSION_SETUP, LOGOFF, MS-SMB2 sections 2.2.5 to 2.2.8. */
import { expectSize, placed } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import { bodyOf, bodyStart, type Message } from './message.js';

const sessionBits = { guest: 1, anonymous: 2, encryptData: 4 } as const;

export interface SessionSetupResponse {
  readonly isGuest: boolean;
  /** SMB2_SESSION_FLAG_IS_NULL. */
  readonly isAnonymous: boolean;
  readonly encryptData: boolean;
  readonly securityBuffer: Uint8Array;
}

export function encodeSessionSetup(securityBuffer: Uint8Array): Uint8Array {
  const writer = new ByteWriter()
    .uint16(25)
    .uint8(0, 1)
    .uint32(0, 0)
    .uint16(bodyStart + 24, securityBuffer.length)
    .uint64(0n);
  return writer.bytes(securityBuffer).finish();
}

export function decodeSessionSetupResponse(message: Pick<Message, 'bytes'>): SessionSetupResponse {
  const reader = bodyOf(message);
  expectSize(reader, 9);
  const flags = reader.uint16('SessionFlags');
  const offset = reader.uint16('SecurityBufferOffset');
  const length = reader.uint16('SecurityBufferLength');
  return {
    isGuest: (flags & sessionBits.guest) !== 0,
    isAnonymous: (flags & sessionBits.anonymous) !== 0,
    encryptData: (flags & sessionBits.encryptData) !== 0,
    securityBuffer: placed(message.bytes, 'SecurityBuffer', offset, length),
  };
}

/** LOGOFF and TREE_DISCONNECT alike. */
export const encodeFarewell = (): Uint8Array => new ByteWriter().uint16(4, 0).finish();
