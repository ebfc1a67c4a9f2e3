/**
 * One entry of rsync's list of files, protocol 29 without any option that adds to it (recv_file_entry in rsync's flist.c). Each entry leaves out what it shares with
 * the one before. Owners, links' targets and devices are not asked for and so not there.
 */
import { type Decoded, WireError } from '../../../model/wire.js';
import { uint32At } from './numbers.js';

export interface FileEntry {
  /** One character a byte, relative to the folder that was asked for; `.` is that folder. */
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  readonly size: number;
  /** Seconds since the epoch. */
  readonly modified: number;
  readonly mode: number;
}

/** Bits of the first byte; `extended` means that a second one follows. */
const same = { mode: 0x02, extended: 0x04, name: 0x20, long: 0x40, time: 0x80 } as const;

/** MAXPATHLEN of the systems that rsync runs on. */
const longestName = 4_096;

/** `previous`: the entry before. `end`: the list is over. */
export function decodeFileEntry(bytes: Uint8Array, previous: FileEntry | undefined): Decoded<FileEntry | 'end'> | undefined {
  if (bytes.length === 0) return undefined;
  const reader = new Reader(bytes);
  const first = reader.byte();
  if (first === 0) return { message: 'end', consumed: 1 };
  const flags = first & same.extended ? first | (reader.byte() << 8) : first;
  const shared = flags & same.name ? reader.byte() : 0;
  const own = flags & same.long ? reader.uint32() : reader.byte();
  if (shared > (previous?.name.length ?? 0)) throw new WireError('name', reader.at, 'shares more than there is');
  if (shared + own > longestName) throw new WireError('name length', reader.at, `${shared + own} is more than ${longestName}`);
  const rest = reader.text(own);
  const size = reader.size();
  const modified = flags & same.time ? (previous?.modified ?? 0) : reader.uint32();
  const mode = flags & same.mode ? (previous?.mode ?? 0) : reader.uint32();
  if (reader.isShort) return undefined;
  const name = `${previous?.name.slice(0, shared) ?? ''}${rest}`;
  return { message: { name, kind: kindOf(mode), size, modified, mode }, consumed: reader.at };
}

/** S_IFMT. */
function kindOf(mode: number): FileEntry['kind'] {
  const type = mode & 0o170000;
  return type === 0o100000 ? 'file' : type === 0o040000 ? 'folder' : type === 0o120000 ? 'link' : 'other';
}

/** Reads on, and remembers whether it read behind the end. */
class Reader {
  readonly #bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isShort(): boolean {
    return this.at > this.#bytes.length;
  }

  byte(): number {
    this.at += 1;
    return this.#bytes[this.at - 1] ?? 0;
  }

  uint32(): number {
    this.at += 4;
    return uint32At(this.#bytes, this.at - 4);
  }

  /** Four bytes, or ffffffff and eight. */
  size(): number {
    const low = this.uint32();
    if (low !== 0xffff_ffff) return low;
    return this.uint32() + this.uint32() * 4_294_967_296;
  }

  text(length: number): string {
    this.at += length;
    if (this.isShort) return '';
    let text = '';
    for (let at = this.at - length; at < this.at; at += 1) text += String.fromCharCode(this.#bytes[at] ?? 0);
    return text;
  }
}
