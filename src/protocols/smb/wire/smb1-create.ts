/**
 * NT_CREATE_ANDX with its extended answer (MS-SMB sections 2.2.4.9.1 and 2.2.4.9.2) and CLOSE (MS-CIFS section 2.2.4.5). Only what exists is opened (FILE_OPEN),
 * without an oplock, sharing everything; what may be asked for is to read and to see attributes. No other disposition can be written here.
 */
import { access } from './access-mask.js';
import { ByteReader } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import { encodeSmb1, noAndX, type Smb1Message, type Smb1Place, skipAndX, smb1DataStart, smb1WordsOf, smb1WordsStart } from './smb1-message.js';

/** `look`: a folder or a file, its attributes only. `read`: a file, to read it. `pipe`: a named pipe; pipes are written to, files never are. */
export type Smb1OpenFor = 'look' | 'read' | 'pipe';

const desired: Readonly<Record<Smb1OpenFor, number>> = {
  look: access.readAttributes | access.synchronize,
  read: access.readData | access.readAttributes | access.synchronize,
  pipe: access.readData | access.writeData | access.readAttributes | access.synchronize,
};
const optionBits = { nonDirectory: 0x40, openReparsePoint: 0x200000, noRecall: 0x400000 } as const;
const options: Readonly<Record<Smb1OpenFor, number>> = {
  look: optionBits.openReparsePoint | optionBits.noRecall,
  read: optionBits.nonDirectory | optionBits.noRecall,
  pipe: 0,
};
/** NT_CREATE_REQUEST_EXTENDED_RESPONSE. */
const extendedResponse = 0x10;
const shareAll = 7;
const fileOpen = 1;
const impersonation = 2;
const wordBytes = 48;
const plainBytes = 68;
/** Volume and file ids stand before the rights. */
const rightsAt = smb1WordsStart + plainBytes + 16 + 8;
/** WordCount of an extended answer. Windows and Samba say 42 and send 50 (MS-SMB section 2.2.4.9.2). */
const extendedWords = [42, 50] as const;

export interface Smb1Create {
  readonly file: number;
  /** MaximalAccessRights; `null`: an older server that does not tell. */
  readonly maximalAccess: number | null;
}

/** `path` with a leading backslash; of a pipe its name after one. */
export function encodeSmb1Create(place: Smb1Place, multiplexId: number, path: string, openFor: Smb1OpenFor): Uint8Array {
  const words = noAndX()
    .uint8(0)
    .uint16(path.length * 2);
  words.uint32(openFor === 'pipe' ? 0 : extendedResponse, 0, desired[openFor]).uint64(0n);
  words.uint32(0, shareAll, fileOpen, options[openFor], impersonation).uint8(0);
  const data = new ByteWriter().zeros(smb1DataStart(wordBytes) % 2).utf16(`${path}\0`);
  return encodeSmb1('create', place, multiplexId, words.finish(), data.finish());
}

export function decodeSmb1CreateResponse(message: Smb1Message): Smb1Create {
  const words = smb1WordsOf(message, 'create');
  skipAndX(words);
  words.skip('OpLockLevel', 1);
  const file = words.uint16('FID');
  words.skip('CreateDisposition to Directory', plainBytes - 7);
  const isExtended = extendedWords.some((count) => message.words.length === count * 2);
  return { file, maximalAccess: isExtended ? new ByteReader(message.bytes, rightsAt).uint32('MaximalAccessRights') : null };
}

/** FFFFFFFFH: the date of change stays as it is. */
export const encodeSmb1Close = (place: Smb1Place, multiplexId: number, file: number): Uint8Array =>
  encodeSmb1('close', place, multiplexId, new ByteWriter().uint16(file).uint32(0xffffffff).finish(), new Uint8Array(0));
