/** Record marking: how ONC RPC messages are cut into fragments on TCP (RFC 5531 section 11). Knows nothing of what is in them. */
import { type Decoded, WireError } from '../../../model/wire.js';

const lastFragment = 0x80000000;
/** Servers send one fragment, some a few; more than this is somebody's game. */
const mostFragments = 256;

/** The bytes of one record, its fragments joined. `limit`: bytes of the record without the marks. */
export function decodeRecord(bytes: Uint8Array, limit: number): Decoded<Uint8Array> | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fragments: Uint8Array[] = [];
  let total = 0;
  for (let at = 0; at + 4 <= bytes.length; ) {
    const mark = view.getUint32(at);
    const length = mark % lastFragment;
    total += length;
    if (total > limit) throw new WireError('record fragment', at, `the record has more than ${limit} bytes`);
    if (fragments.length === mostFragments) throw new WireError('record fragment', at, `more than ${mostFragments} fragments`);
    const end = at + 4 + length;
    if (end > bytes.length) return undefined;
    fragments.push(bytes.subarray(at + 4, end));
    if (mark >= lastFragment) return { message: joined(fragments, total), consumed: end };
    at = end;
  }
  return undefined;
}

function joined(fragments: readonly Uint8Array[], total: number): Uint8Array {
  const record = new Uint8Array(total);
  let at = 0;
  for (const fragment of fragments) {
    record.set(fragment, at);
    at += fragment.length;
  }
  return record;
}

/** One record in one fragment. */
export function encodeRecord(record: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(record.length + 4);
  new DataView(bytes.buffer).setUint32(0, (lastFragment + record.length) >>> 0);
  bytes.set(record, 4);
  return bytes;
}
