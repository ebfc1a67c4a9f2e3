/** FSCTL_PIPE_TRANSCEIVE, on any bytes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { survivesAnything } from '../../../../test/fixtures/decoding.js';
import { ioctlBody, smbMessages } from '../../../estate/smb-answers.js';
import { decodePipeTransceiveResponse, encodePipeTransceive } from './pipe.js';

const message = (output: Uint8Array) =>
  smbMessages([{ command: 11, status: 0, messageId: 1n, treeId: 1, sessionId: 1n, body: ioctlBody(new Uint8Array(16), output) }]);
const decode = (bytes: Uint8Array) => decodePipeTransceiveResponse({ bytes });

describe('decodePipeTransceiveResponse', () => {
  it('gives bytes or a WireError for any bytes', () => survivesAnything(decode, [message(new Uint8Array(40))]));
  it('gives what came out of the pipe', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 140 }), (data) => void expect(decode(message(data))).toEqual(data)));
  });
});

it('says where its question lies', () => {
  const view = new DataView(encodePipeTransceive(new Uint8Array(16), Uint8Array.of(1, 2, 3)).slice().buffer);
  expect([view.getUint32(4, true), view.getUint32(24, true), view.getUint32(28, true), view.byteLength]).toEqual([0x11c017, 120, 3, 59]);
});
