/** CREATE: only what exists is opened, and only to look; the answer on any bytes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { survivesAnything } from '../../../../test/fixtures/decoding.js';
import { createBody, smbMessages } from '../../../estate/smb-answers.js';
import { decodeCreateResponse, encodeCreate, type OpenFor } from './create.js';

const fileId = new Uint8Array(16).fill(9);
const message = (maximalAccess: number | null) =>
  smbMessages([{ command: 5, status: 0, messageId: 1n, treeId: 1, sessionId: 1n, body: createBody({ fileId, isFolder: true, size: 0, maximalAccess }) }]);
const decode = (bytes: Uint8Array) => decodeCreateResponse({ bytes });

describe('decodeCreateResponse', () => {
  it('gives a message or a WireError for any bytes', () => survivesAnything(decode, [message(0x1f01ff), message(null)]));

  it('reads maximal access where it is said', () => {
    fc.assert(
      fc.property(fc.option(fc.nat(0xffffffff)), (maximalAccess) => {
        expect(decode(message(maximalAccess))).toEqual({ fileId, fileAttributes: 0x10, maximalAccess });
      }),
    );
  });

  it('takes no mask that came with an error', () => {
    const bytes = message(0x1f01ff);
    bytes[bytes.length - 8] = 0x22;
    expect(decode(bytes).maximalAccess).toBeNull();
  });
});

describe('encodeCreate', () => {
  const field = (openFor: OpenFor, at: number) => new DataView(encodeCreate('a\\b', openFor).slice().buffer).getUint32(at, true);
  const all: readonly OpenFor[] = ['list', 'look', 'read', 'pipe'];

  it.each(all)('opens what exists for %s, shared, without an oplock', (openFor) => {
    expect(field(openFor, 36), 'CreateDisposition FILE_OPEN').toBe(1);
    expect(field(openFor, 32), 'ShareAccess').toBe(7);
    expect(encodeCreate('a', openFor)[3], 'RequestedOplockLevel').toBe(0);
    expect(field(openFor, 40) & 0x1000, 'FILE_DELETE_ON_CLOSE').toBe(0);
  });

  it.each(all.filter((openFor) => openFor !== 'pipe'))('asks for no right to change anything for %s', (openFor) => {
    const changes = 0x2 | 0x4 | 0x10 | 0x40 | 0x100 | 0x10000 | 0x40000 | 0x80000 | 0x2000000 | 0x10000000 | 0x40000000;
    expect(field(openFor, 24) & changes).toBe(0);
  });

  it('places its context at a multiple of eight whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (path) => {
        const view = new DataView(encodeCreate(path, 'list').slice().buffer);
        const offset = view.getUint32(48, true);
        expect(offset % 8).toBe(0);
        expect(view.byteLength).toBe(offset - 64 + 24);
      }),
    );
  });
});
