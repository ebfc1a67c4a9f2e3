/** TREE_CONNECT, on any bytes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { survivesAnything } from '../../../../test/fixtures/decoding.js';
import { smbMessages, treeConnectBody } from '../../../estate/smb-answers.js';
import { decodeTreeConnectResponse } from './tree-connect.js';

const message = (kind: number, mask: number, encryptData: boolean) =>
  smbMessages([{ command: 3, status: 0, messageId: 1n, treeId: 1, sessionId: 1n, body: treeConnectBody(kind, mask, encryptData) }]);
const decode = (bytes: Uint8Array) => decodeTreeConnectResponse({ bytes });

describe('decodeTreeConnectResponse', () => {
  it('gives a message or a WireError for any bytes', () => survivesAnything(decode, [message(1, 0x1f01ff, false)]));

  it('reads kind, encryption and maximal access', () => {
    fc.assert(
      fc.property(fc.nat(5), fc.nat(0xffffffff), fc.boolean(), (kind, maximalAccess, encryptData) => {
        expect(decode(message(kind, maximalAccess, encryptData))).toEqual({
          kind: ['other', 'disk', 'pipe', 'print'][kind] ?? 'other',
          encryptData,
          maximalAccess,
        });
      }),
    );
  });
});
