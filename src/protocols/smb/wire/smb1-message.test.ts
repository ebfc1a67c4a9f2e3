/** SMB 1 messages: what was written is read, on any bytes; and which commands there are. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { survivesAnything } from '../../../../test/fixtures/decoding.js';
import { smb1Answer } from '../../../estate/smb1-answers.js';
import { decodeSmb1Message, encodeSmb1, isSmb1, smb1Commands, smb1WordsOf } from './smb1-message.js';

const evenBytes = fc.uint8Array({ maxLength: 100 }).filter(({ length }) => length % 2 === 0);
const uint16 = fc.nat(0xffff);

describe('decodeSmb1Message', () => {
  it('gives a message or a WireError for any bytes', () =>
    survivesAnything(decodeSmb1Message, [smb1Answer({ command: 'read' }, new Uint8Array(24), new Uint8Array(9))]));

  it('reads what was written', () => {
    fc.assert(
      fc.property(uint16, uint16, uint16, evenBytes, fc.uint8Array({ maxLength: 100 }), (userId, treeId, multiplexId, words, data) => {
        const bytes = encodeSmb1('transaction2', { userId, treeId }, multiplexId, words, data);
        expect(decodeSmb1Message(bytes)).toEqual({
          ...{ command: 0x32, status: 0, isReply: false, isUnicode: true, userId, treeId, multiplexId, words, data, bytes },
          dataOffset: 33 + words.length + 2,
        });
      }),
    );
  });

  it('takes a ByteCount that promises too much for what came', () => {
    const bytes = smb1Answer({ command: 'close' }, new Uint8Array(0), Uint8Array.of(1, 2));
    new DataView(bytes.buffer, bytes.byteOffset).setUint16(33, 500, true);
    expect(decodeSmb1Message(bytes).data).toEqual(Uint8Array.of(1, 2));
  });
});

it('an answer to something else is refused', () => {
  const message = decodeSmb1Message(smb1Answer({ command: 'close' }));
  expect(() => smb1WordsOf(message, 'read')).toThrow(/Command/);
  expect([isSmb1(message.bytes), isSmb1(Uint8Array.of(0xfe, 0x53, 0x4d, 0x42))]).toEqual([true, false]);
});

/** MS-CIFS section 2.2.2.1: none of CREATE_DIRECTORY to WRITE, LOCKING_ANDX, WRITE_ANDX, SET_INFORMATION, NT_RENAME. */
it('no command that changes anything can be said', () => {
  const changing = [0x00, 0x01, 0x02, 0x03, 0x06, 0x07, 0x09, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f, 0x14, 0x1d, 0x22, 0x24, 0x29, 0x2a, 0x2c, 0x2d, 0x2f, 0xa0, 0xa5];
  expect(Object.values(smb1Commands).filter((command) => changing.includes(command))).toEqual([]);
});
