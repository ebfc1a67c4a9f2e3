/** rsync's multiplexed stream: after the seed everything comes in frames of four bytes of head, data or a message for people. */
import { type Decoded, WireError } from '../../../model/wire.js';
import { uint32At } from './numbers.js';

export interface Frame {
  /** `error`: what the daemon has to say about something that failed; read for what it means and dropped. `other`: any other message. */
  readonly kind: 'data' | 'error' | 'other';
  readonly payload: Uint8Array;
}

/** The top byte of the head is 7 and the kind: 0 data, 1 and 3 errors (io.h). */
const base = 7;
const kinds: Readonly<Record<number, Frame['kind']>> = { 0: 'data', 1: 'error', 3: 'error' };

/** Throws `WireError` for a frame longer than `limit`, and for a kind that rsync does not have. */
export function decodeFrame(bytes: Uint8Array, limit: number): Decoded<Frame> | undefined {
  if (bytes.length < 4) return undefined;
  const head = uint32At(bytes, 0);
  const length = head & 0xff_ffff;
  const kind = (head >>> 24) - base;
  if (kind < 0 || kind > 110) throw new WireError('frame kind', 3, 'not one of rsync');
  if (length > limit) throw new WireError('frame length', 0, `${length} is more than ${limit}`);
  if (bytes.length < 4 + length) return undefined;
  return { message: { kind: kinds[kind] ?? 'other', payload: bytes.slice(4, 4 + length) }, consumed: 4 + length };
}

/** The four bytes in front of the first frame: a seed for checksums that are never made here. */
export function decodeSeed(bytes: Uint8Array): Decoded<true> | undefined {
  return bytes.length < 4 ? undefined : { message: true, consumed: 4 };
}
