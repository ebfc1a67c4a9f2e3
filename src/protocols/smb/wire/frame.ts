/**
 * The packets under SMB: NetBIOS session service (RFC 1002 section 4.3) on port 139, the same four bytes with a longer length
 * on port 445 (MS-SMB2 section 2.1). Opens no sockets and knows nothing of what is inside.
 */
import { type Decoded, WireError } from '../../../model/wire.js';
import { ByteWriter } from './byte-writer.js';

export type Frame =
  | { readonly type: 'message'; readonly payload: Uint8Array }
  | { readonly type: 'session-granted' }
  /** RFC 1002 section 4.3.4: 80H to 83H and 8FH. */
  | { readonly type: 'session-refused'; readonly error: number }
  | { readonly type: 'keep-alive' }
  /** Anything that no session service sends: another protocol's first byte. */
  | { readonly type: 'other' };

const types = { message: 0x00, sessionRequest: 0x81, sessionGranted: 0x82, sessionRefused: 0x83, retarget: 0x84, keepAlive: 0x85 } as const;

/** Longer than any answer to what we ask: twice 64 KiB of entries in one frame, and the headers around them. */
export const frameLimit = 196_608;

export function encodeFrame(payload: Uint8Array): Uint8Array {
  const framed = new Uint8Array(4 + payload.length);
  new DataView(framed.buffer).setUint32(0, payload.length);
  framed.set(payload, 4);
  return framed;
}

/** RFC 1002 section 4.3.2. `called` is `*SMBSERVER`, which every server answers to; `calling` says who we are. */
export function encodeSessionRequest(called: string, calling: string): Uint8Array {
  const body = new ByteWriter().bytes(netbiosName(called, 0x20)).bytes(netbiosName(calling, 0x00)).finish();
  const request = encodeFrame(body);
  request[0] = types.sessionRequest;
  return request;
}

/** RFC 1001 section 14.1: sixteen bytes, each as two letters. */
function netbiosName(name: string, suffix: number): Uint8Array {
  const padded = name.toUpperCase().slice(0, 15).padEnd(15, ' ') + String.fromCharCode(suffix);
  const letters = [...padded].flatMap((character) => [0x41 + (character.charCodeAt(0) >> 4), 0x41 + (character.charCodeAt(0) & 15)]);
  return Uint8Array.of(32, ...letters, 0);
}

export function decodeFrame(bytes: Uint8Array, limit = frameLimit): Decoded<Frame> | undefined {
  const [type] = bytes;
  if (type === undefined) return undefined;
  if (type !== types.message && (type < types.sessionGranted || type > types.keepAlive)) return { message: { type: 'other' }, consumed: bytes.length };
  if (bytes.length < 4) return undefined;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) & 0xffffff;
  if (length > limit) throw new WireError('StreamProtocolLength', 1, `${length} bytes are more than ${limit}`);
  if (bytes.length < 4 + length) return undefined;
  return { message: frameOf(type, bytes.subarray(4, 4 + length)), consumed: 4 + length };
}

function frameOf(type: number, payload: Uint8Array): Frame {
  if (type === types.message) return { type: 'message', payload };
  if (type === types.sessionGranted) return { type: 'session-granted' };
  if (type === types.keepAlive) return { type: 'keep-alive' };
  return { type: 'session-refused', error: type === types.sessionRefused ? (payload[0] ?? 0) : type };
}
