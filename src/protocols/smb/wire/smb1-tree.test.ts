/** TREE_CONNECT_ANDX: the rights of the share, where they are said, on any bytes. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { survivesAnything } from '../../../../test/fixtures/decoding.js';
import { smb1Answer, smb1TreeConnectAnswer } from '../../../estate/smb1-answers.js';
import { decodeSmb1Message, smb1Nowhere } from './smb1-message.js';
import { decodeSmb1TreeConnectResponse, encodeSmb1Logoff, encodeSmb1TreeConnect, encodeSmb1TreeDisconnect } from './smb1-tree.js';

const decode = (bytes: Uint8Array) => decodeSmb1TreeConnectResponse(decodeSmb1Message(bytes));

it('gives an answer or a WireError for any bytes', () => survivesAnything(decode, [smb1TreeConnectAnswer({}, 0x1200a9), smb1TreeConnectAnswer({}, null)]));

it('reads the rights that an extended answer says', () => {
  fc.assert(fc.property(fc.nat(0xffffffff), (mask) => void expect(decode(smb1TreeConnectAnswer({}, mask))).toEqual({ maximalAccess: mask })));
});

it.each([
  ['extended', smb1TreeConnectAnswer({}, 0x1200a9), 0x1200a9],
  ['of an older server', smb1TreeConnectAnswer({}, null), null],
  ['with nothing but AndX', smb1Answer({ command: 'treeConnect' }, Uint8Array.of(0xff, 0, 0, 0)), null],
])('an answer %s', (_, bytes, maximalAccess) => expect(decode(bytes)).toEqual({ maximalAccess }));

it('asks for the extended answer, without a password', () => {
  const bytes = encodeSmb1TreeConnect({ userId: 3, treeId: 0 }, 17, '\\\\127.0.0.1\\x');
  const { words, data, dataOffset } = decodeSmb1Message(bytes);
  expect([words[4], words[6], data[0], (dataOffset + 1) % 2]).toEqual([8, 1, 0, 0]);
  expect(new TextDecoder('utf-16le').decode(data.subarray(1, 27))).toBe('\\\\127.0.0.1\\x');
  expect(String.fromCharCode(...data.subarray(29))).toBe('?????\0');
});

it('leaves by TREE_DISCONNECT and LOGOFF_ANDX', () => {
  expect([encodeSmb1TreeDisconnect(smb1Nowhere, 1)[4], encodeSmb1Logoff(smb1Nowhere, 1)[4]]).toEqual([0x71, 0x74]);
});
