/** TREE_CONNECT, MS-SMB2 sections 2.2.9 and 2.2.10. */
import { expectSize } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import { bodyOf, bodyStart, type Message } from './message.js';

const shareBits = { encryptData: 0x8000 } as const;

export interface TreeConnectResponse {
  readonly kind: 'disk' | 'pipe' | 'print' | 'other';
  readonly encryptData: boolean;
  /** What the share's own permissions allow at most; those of the files below may allow less. */
  readonly maximalAccess: number;
}

/** `path`: `\\server\share`. */
export function encodeTreeConnect(path: string): Uint8Array {
  return new ByteWriter()
    .uint16(9, 0, bodyStart + 8, path.length * 2)
    .utf16(path)
    .finish();
}

const kinds: readonly TreeConnectResponse['kind'][] = ['other', 'disk', 'pipe', 'print'];

export function decodeTreeConnectResponse(message: Pick<Message, 'bytes'>): TreeConnectResponse {
  const reader = bodyOf(message);
  expectSize(reader, 16);
  const kind = kinds[reader.uint8('ShareType')] ?? 'other';
  reader.skip('Reserved', 1);
  const flags = reader.uint32('ShareFlags');
  reader.skip('Capabilities', 4);
  return { kind, encryptData: (flags & shareBits.encryptData) !== 0, maximalAccess: reader.uint32('MaximalAccess') };
}
