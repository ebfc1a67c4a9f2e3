/** READ_ANDX: 132 bytes and no more, on any bytes. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { survivesAnything } from '../../../../test/fixtures/decoding.js';
import { smb1ReadAnswer } from '../../../estate/smb1-answers.js';
import { ByteReader } from './byte-reader.js';
import { decodeSmb1Message, smb1Nowhere } from './smb1-message.js';
import { decodeSmb1ReadResponse, encodeSmb1ReadFirstBytes } from './smb1-read.js';

const decode = (bytes: Uint8Array) => decodeSmb1ReadResponse(decodeSmb1Message(bytes));

it('gives bytes or a WireError for any bytes', () => survivesAnything(decode, [smb1ReadAnswer({}, new Uint8Array(132))]));

it('reads what was sent', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (data) => void expect(decode(smb1ReadAnswer({}, data))).toEqual(data)));
});

it('refuses data outside the message', () => {
  const bytes = smb1ReadAnswer({}, new Uint8Array(4));
  new DataView(bytes.buffer, bytes.byteOffset).setUint16(33 + 12, 60_000, true);
  expect(() => decode(bytes)).toThrow(/outside/);
});

it('asks for 132 bytes from the start', () => {
  const words = new ByteReader(decodeSmb1Message(encodeSmb1ReadFirstBytes(smb1Nowhere, 1, 9)).words, 4);
  expect([words.uint16('FID'), words.uint32('Offset'), words.uint16('MaxCount')]).toEqual([9, 0, 132]);
});
