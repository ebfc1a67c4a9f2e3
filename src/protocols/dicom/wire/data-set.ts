/**
 * Identifiers of C-FIND ⇄ bytes (PS3.5 section 7). Reads only the attributes it is asked for: everything else is
 * stepped over before it becomes text. Opens no sockets.
 */
import { WireError } from '../../../model/wire.js';
import { ByteReader } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import { explicitVrLittleEndian } from './uids.js';

/** One attribute that we send. The value representation is needed for explicit transfer syntaxes. */
export interface Attribute {
  /** Group in the upper, element in the lower 16 bits. */
  readonly tag: number;
  /** Two letters. */
  readonly vr: string;
  /** Already padded content of an attribute, or text that is padded here; empty for a sequence. */
  readonly value: string;
}

export function encodeDataSet(attributes: readonly Attribute[], transferSyntax: string): Uint8Array {
  const writer = new ByteWriter();
  const ascending = [...attributes].sort((a, b) => a.tag - b.tag);
  for (const attribute of ascending) writeAttribute(writer, attribute, transferSyntax === explicitVrLittleEndian);
  return writer.finish();
}

function writeAttribute(writer: ByteWriter, { tag, vr, value }: Attribute, explicit: boolean): void {
  const padded = value.length % 2 === 0 ? value : value + (vr === 'UI' ? '\0' : ' ');
  writer.uint16le(tag >>> 16).uint16le(tag & 0xffff);
  if (explicit && longLengthVrs.has(vr)) writer.ascii(vr).uint16le(0).uint32le(padded.length);
  else if (explicit) writer.ascii(vr).uint16le(padded.length);
  else writer.uint32le(padded.length);
  writer.ascii(padded);
}

/** VRs whose explicit length field has 32 bits after two reserved bytes, PS3.5 table 7.1-1. */
const longLengthVrs = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);
const undefinedLength = 0xffffffff;
const itemStart = 0xfffee000;
const itemEnd = 0xfffee00d;
const sequenceEnd = 0xfffee0dd;

/**
 * Values of the wanted attributes at the top level, as views into `bytes`; of a wanted sequence its items, headers included. Other
 * sequences are stepped over, without recursion, so that depth costs no stack.
 */
export function readAttributes(bytes: Uint8Array, transferSyntax: string, wanted: ReadonlySet<number>): Map<number, Uint8Array> {
  const reader = new ByteReader(bytes);
  const found = new Map<number, Uint8Array>();
  let depth = 0;
  let opened = { tag: 0, start: 0 };
  while (reader.left > 0) {
    const { tag, length, at } = readHeader(reader, transferSyntax);
    if (tag === itemEnd || tag === sequenceEnd) {
      depth -= 1;
      if (depth < 0) throw new WireError('delimitation item', at, 'ends what did not begin');
      if (depth === 0 && wanted.has(opened.tag)) found.set(opened.tag, bytes.subarray(opened.start, at));
    } else if (length === undefinedLength) {
      if (depth === 0) opened = { tag, start: reader.offset };
      depth += 1;
    } else if (depth === 0 && wanted.has(tag)) found.set(tag, reader.bytes('value', length));
    else reader.skip('value', length);
  }
  if (depth > 0) throw new WireError('sequence', reader.offset, 'has no end');
  return found;
}

/** Values of one attribute in the items of a sequence that `readAttributes` found; at most `limit`, however the items are delimited. */
export function readInItems(sequence: Uint8Array, transferSyntax: string, wanted: number, limit: number): readonly Uint8Array[] {
  const reader = new ByteReader(sequence);
  const values: Uint8Array[] = [];
  while (reader.left > 0 && values.length < limit) {
    const { tag, length } = readHeader(reader, transferSyntax);
    if (tag === itemStart || tag === itemEnd || tag === sequenceEnd || length === undefinedLength) continue;
    if (tag === wanted) values.push(reader.bytes('value', length));
    else reader.skip('value', length);
  }
  return values;
}

function readHeader(reader: ByteReader, transferSyntax: string): { tag: number; length: number; at: number } {
  const at = reader.offset;
  const tag = reader.uint16le('group') * 0x10000 + reader.uint16le('element');
  const isItem = tag === itemStart || tag === itemEnd || tag === sequenceEnd;
  if (isItem || transferSyntax !== explicitVrLittleEndian) return { tag, length: reader.uint32le('length'), at };
  const vr = String.fromCharCode(...reader.bytes('VR', 2));
  if (!longLengthVrs.has(vr)) return { tag, length: reader.uint16le('length'), at };
  reader.skip('reserved', 2);
  return { tag, length: reader.uint32le('length'), at };
}
