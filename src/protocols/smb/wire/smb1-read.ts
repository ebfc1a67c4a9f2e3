/** READ_ANDX, MS-CIFS section 2.2.4.42: the first 132 bytes of a file, or what a pipe holds. No other read can be written here. */
import { placed } from './byte-reader.js';
import { firstBytesLength } from './read.js';
import { encodeSmb1, noAndX, type Smb1Message, type Smb1Place, skipAndX, smb1WordsOf } from './smb1-message.js';

/** Within the buffer that the session was set up with. */
export const smb1PipeBytes = 8_192;

export const encodeSmb1ReadFirstBytes = (place: Smb1Place, multiplexId: number, file: number): Uint8Array =>
  encodeRead(place, multiplexId, file, firstBytesLength);
export const encodeSmb1ReadPipe = (place: Smb1Place, multiplexId: number, file: number): Uint8Array => encodeRead(place, multiplexId, file, smb1PipeBytes);

/** Always from the start. */
function encodeRead(place: Smb1Place, multiplexId: number, file: number, length: number): Uint8Array {
  const words = noAndX().uint16(file).uint32(0).uint16(length, 0).uint32(0).uint16(0).uint32(0).finish();
  return encodeSmb1('read', place, multiplexId, words, new Uint8Array(0));
}

/** A view of the message. */
export function decodeSmb1ReadResponse(message: Smb1Message): Uint8Array {
  const words = smb1WordsOf(message, 'read');
  skipAndX(words);
  words.skip('Available, DataCompactionMode, Reserved', 6);
  const length = words.uint16('DataLength');
  return placed(message.bytes, 'Data', words.uint16('DataOffset'), length);
}
