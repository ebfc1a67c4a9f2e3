/** TREE_CONNECT_ANDX with its extended answer (MS-SMB sections 2.2.4.7.1 and 2.2.4.7.2), TREE_DISCONNECT and LOGOFF_ANDX (MS-CIFS sections 2.2.4.51 and 2.2.4.54). */
import { ByteWriter } from './byte-writer.js';
import { encodeSmb1, noAndX, type Smb1Message, type Smb1Place, skipAndX, smb1WordsOf } from './smb1-message.js';

/** TREE_CONNECT_ANDX_EXTENDED_RESPONSE: the rights are to be said. */
const extendedResponse = 0x0008;

export interface Smb1TreeConnect {
  /** MaximalShareAccessRights: what the share allows this caller before the files have their say; `null`: an older server that does not tell. */
  readonly maximalAccess: number | null;
}

/** `path`: `\\server\share`. A password of one zero byte, with which the path begins at an even offset. */
export function encodeSmb1TreeConnect(place: Smb1Place, multiplexId: number, path: string): Uint8Array {
  const data = new ByteWriter().zeros(1).utf16(`${path}\0`).ascii('?????\0').finish();
  return encodeSmb1('treeConnect', place, multiplexId, noAndX().uint16(extendedResponse, 1).finish(), data);
}

export function decodeSmb1TreeConnectResponse(message: Smb1Message): Smb1TreeConnect {
  const words = smb1WordsOf(message, 'treeConnect');
  skipAndX(words);
  if (words.left < 6) return { maximalAccess: null };
  words.skip('OptionalSupport', 2);
  return { maximalAccess: words.uint32('MaximalShareAccessRights') };
}

export const encodeSmb1TreeDisconnect = (place: Smb1Place, multiplexId: number): Uint8Array =>
  encodeSmb1('treeDisconnect', place, multiplexId, new Uint8Array(0), new Uint8Array(0));

export const encodeSmb1Logoff = (place: Smb1Place, multiplexId: number): Uint8Array =>
  encodeSmb1('logoff', place, multiplexId, noAndX().finish(), new Uint8Array(0));
