/** NT_CREATE_ANDX: nothing but opening what exists can be said; the answer with 50 words that calls itself 42, on any bytes. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { survivesAnything } from '../../../../test/fixtures/decoding.js';
import { smb1CreateAnswer } from '../../../estate/smb1-answers.js';
import { ByteReader } from './byte-reader.js';
import { decodeSmb1CreateResponse, encodeSmb1Close, encodeSmb1Create } from './smb1-create.js';
import { decodeSmb1Message, smb1Nowhere } from './smb1-message.js';

const decode = (bytes: Uint8Array) => decodeSmb1CreateResponse(decodeSmb1Message(bytes));

it('gives an answer or a WireError for any bytes', () =>
  survivesAnything(decode, [smb1CreateAnswer({}, 5, false, 10, 0x1200a9), smb1CreateAnswer({}, 5, true, 0, null)]));

it('reads the file and the rights, where they are said', () => {
  fc.assert(
    fc.property(fc.nat(0xffff), fc.option(fc.nat(0xffffffff)), (file, maximalAccess) => {
      expect(decode(smb1CreateAnswer({}, file, false, 10, maximalAccess))).toEqual({ file, maximalAccess });
    }),
  );
});

it('an extended answer without its rights is refused', () => {
  expect(() => decode(smb1CreateAnswer({}, 5, false, 10, 1).subarray(0, 33 + 90))).toThrow(/MaximalAccessRights/);
});

/** FILE_WRITE_DATA, FILE_APPEND_DATA, FILE_WRITE_EA, FILE_DELETE_CHILD, FILE_WRITE_ATTRIBUTES, DELETE, WRITE_DAC, WRITE_OWNER and all that stands for them. */
const changing = 0x2 | 0x4 | 0x10 | 0x40 | 0x100 | 0x10000 | 0x40000 | 0x80000 | 0x2000000 | 0x10000000 | 0x40000000;

it('opens only what exists, and never to change it', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), fc.constantFrom('look' as const, 'read' as const), (path, openFor) => {
      const words = new ByteReader(decodeSmb1Message(encodeSmb1Create(smb1Nowhere, 1, path, openFor)).words, 15);
      expect(words.uint32('DesiredAccess') & changing).toBe(0);
      words.skip('AllocationSize to ShareAccess', 16);
      expect(words.uint32('CreateDisposition')).toBe(1);
      expect(words.uint32('CreateOptions') & 0x1000).toBe(0); // FILE_DELETE_ON_CLOSE
    }),
  );
});

it('closing leaves the date of change alone', () => {
  expect([...decodeSmb1Message(encodeSmb1Close(smb1Nowhere, 1, 5)).words]).toEqual([5, 0, 255, 255, 255, 255]);
});
