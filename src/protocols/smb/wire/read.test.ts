/** READ asks for 132 bytes; what comes, on any bytes. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { survivesAnything } from '../../../../test/fixtures/decoding.js';
import { readBody, smbMessages } from '../../../estate/smb-answers.js';
import { decodeReadResponse, encodeReadFirstBytes } from './read.js';

const message = (data: Uint8Array) => smbMessages([{ command: 8, status: 0, messageId: 1n, treeId: 1, sessionId: 1n, body: readBody(data) }]);
const decode = (bytes: Uint8Array) => decodeReadResponse({ bytes });

describe('decodeReadResponse', () => {
  it('gives bytes or a WireError for any bytes', () => survivesAnything(decode, [message(new Uint8Array(132))]));
  it('gives what was read', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 140 }), (data) => void expect(decode(message(data))).toEqual(data)));
  });
});

it('asks for the first 132 bytes of a file and not one more', () => {
  const view = new DataView(encodeReadFirstBytes(new Uint8Array(16)).slice().buffer);
  expect([view.getUint32(4, true), view.getBigUint64(8, true)]).toEqual([132, 0n]);
});
