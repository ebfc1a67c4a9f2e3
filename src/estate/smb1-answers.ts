/** What the estate's servers say in SMB 1 (MS-CIFS and MS-SMB sections 2.2.4): whole messages. Bytes only; opens no sockets. */
import { ByteWriter } from '../protocols/smb/wire/byte-writer.js';
import { toFileTime } from '../protocols/smb/wire/file-time.js';
import { type Smb1Command, smb1Commands } from '../protocols/smb/wire/smb1-message.js';

export interface Smb1Head {
  readonly command: Smb1Command;
  readonly status?: number;
  readonly treeId?: number;
  readonly userId?: number;
  readonly multiplexId?: number;
}

const none = new Uint8Array(0);

/** `wordCount`: what is said of them, where that is not so. */
export function smb1Answer(head: Smb1Head, words: Uint8Array = none, data: Uint8Array = none, wordCount = words.length / 2): Uint8Array {
  const { command, status = 0, treeId = 0, userId = 0, multiplexId = 1 } = head;
  const writer = new ByteWriter().uint8(0xff, 0x53, 0x4d, 0x42, smb1Commands[command]).uint32(status).uint8(0x98).uint16(0xc001).zeros(12);
  writer.uint16(treeId, 0xfeff, userId, multiplexId).uint8(wordCount).bytes(words);
  return writer.uint16(data.length).bytes(data).finish();
}

const andX = (): ByteWriter => new ByteWriter().uint8(0xff, 0).uint16(0);

/** MS-CIFS section 2.2.4.52.2; refused: no dialect of these. */
export function smb1NegotiateAnswer(accepted: boolean, securityMode: number, now: number): Uint8Array {
  if (!accepted) return smb1Answer({ command: 'negotiate' }, new ByteWriter().uint16(0xffff).finish());
  const words = new ByteWriter().uint16(0).uint8(securityMode).uint16(50, 1).uint32(16_644, 65_536, 0, 0x0000e3fd);
  words.uint64(toFileTime(now)).uint16(0).uint8(8);
  return smb1Answer({ command: 'negotiate' }, words.finish(), new Uint8Array(8));
}

export interface Smb1SessionSaid {
  readonly status: number;
  readonly nativeOs: string;
  readonly nativeLanMan: string;
  readonly isGuest?: boolean;
  readonly userId?: number;
  readonly multiplexId?: number;
}

/** MS-CIFS section 2.2.4.53.2. */
export function smb1SessionAnswer({ status, nativeOs, nativeLanMan, isGuest = false, userId = 0, multiplexId = 1 }: Smb1SessionSaid): Uint8Array {
  const head = { command: 'sessionSetup', status, userId, multiplexId } as const;
  if (status !== 0) return smb1Answer(head);
  const texts = new ByteWriter().zeros(1).utf16(`${nativeOs}\0`).utf16(`${nativeLanMan}\0`).utf16('WORKGROUP\0').finish();
  return smb1Answer(
    head,
    andX()
      .uint16(isGuest ? 1 : 0)
      .finish(),
    texts,
  );
}

/** MS-SMB section 2.2.4.7.2. `mask` `null`: the short answer of older servers. */
export function smb1TreeConnectAnswer(head: Omit<Smb1Head, 'command'>, mask: number | null): Uint8Array {
  const words = andX().uint16(1);
  if (mask !== null) words.uint32(mask, mask);
  return smb1Answer({ ...head, command: 'treeConnect' }, words.finish(), new ByteWriter().ascii('A:\0').utf16('NTFS\0').finish());
}

/** MS-SMB section 2.2.4.9.2: 50 words of which 42 are counted. `mask` `null`: the short answer of older servers. */
export function smb1CreateAnswer(head: Omit<Smb1Head, 'command'>, file: number, isFolder: boolean, size: number, mask: number | null): Uint8Array {
  const words = andX().uint8(0).uint16(file).uint32(1).zeros(32);
  words
    .uint32(isFolder ? 0x10 : 0x80)
    .uint64(0n)
    .uint64(BigInt(size))
    .uint16(0, 0)
    .uint8(isFolder ? 1 : 0);
  if (mask === null) return smb1Answer({ ...head, command: 'create' }, words.finish());
  return smb1Answer({ ...head, command: 'create' }, words.zeros(24).uint32(mask, mask).finish(), none, 42);
}

/** MS-CIFS section 2.2.4.42.2. */
export function smb1ReadAnswer(head: Omit<Smb1Head, 'command'>, data: Uint8Array): Uint8Array {
  const words = andX().uint16(0xffff, 0, 0, data.length, 59).zeros(10);
  return smb1Answer({ ...head, command: 'read' }, words.finish(), data);
}

export interface Smb1TransactionSaid {
  readonly parameters: Uint8Array;
  readonly data: Uint8Array;
}

/** MS-CIFS sections 2.2.4.33.2 and 2.2.4.46.2, in messages of at most `cut` bytes of data. */
export function smb1TransactionAnswers(
  head: Omit<Smb1Head, 'command'> & { readonly command: 'transaction' | 'transaction2' },
  { parameters, data }: Smb1TransactionSaid,
  cut = 8_000,
): readonly Uint8Array[] {
  const answers: Uint8Array[] = [];
  for (let at = 0; at === 0 || at < data.length; at += cut) {
    const part = data.subarray(at, at + cut);
    const first = at === 0 ? parameters : none;
    const start = 32 + 1 + 20 + 2 + 1;
    const words = new ByteWriter().uint16(parameters.length, data.length, 0, first.length, start, at === 0 ? 0 : parameters.length);
    words.uint16(part.length, start + first.length, at).uint8(0, 0);
    answers.push(smb1Answer(head, words.finish(), new ByteWriter().zeros(1).bytes(first).bytes(part).finish()));
  }
  return answers;
}

/** Parameters of FIND_FIRST2 (section 2.2.6.2.2); without a search, of FIND_NEXT2. */
export const smb1Found = (search: number | null, count: number, isEnd: boolean): Uint8Array =>
  new ByteWriter().uint16(...(search === null ? [] : [search]), count, isEnd ? 1 : 0, 0, 0).finish();
