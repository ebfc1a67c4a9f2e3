/** Listings: entries as they were said, on any bytes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { survivesAnything } from '../../../../test/fixtures/decoding.js';
import { queryDirectoryBody, smbMessages } from '../../../estate/smb-answers.js';
import type { VirtualEntry } from '../../../estate/virtual-tree.js';
import { decodeDirectoryEntries, decodeQueryDirectoryResponse } from './query-directory.js';

const message = (entries: readonly VirtualEntry[]) =>
  smbMessages([{ command: 14, status: 0, messageId: 1n, treeId: 1, sessionId: 1n, body: queryDirectoryBody(entries, 65_536).body }]);
const decode = (bytes: Uint8Array) => decodeQueryDirectoryResponse({ bytes });
const entry = fc.record({
  name: fc.string({ minLength: 1, maxLength: 30, unit: 'binary' }),
  kind: fc.constantFrom('file' as const, 'folder' as const, 'link' as const),
  size: fc.nat(),
  modified: fc.integer({ min: 0, max: 4_000_000_000_000 }),
});
const some: readonly VirtualEntry[] = [
  { name: '.', kind: 'folder', size: 0, modified: 1 },
  { name: 'IM000001', kind: 'file', size: 526_336, modified: 2 },
  { name: 'x', kind: 'link', size: 0, modified: 3 },
];

describe('decodeQueryDirectoryResponse', () => {
  it('gives entries or a WireError for any bytes', () => survivesAnything(decode, [message(some), message([])]));

  it('gives entries or a WireError for any bytes of a listing', () =>
    survivesAnything(decodeDirectoryEntries, [queryDirectoryBody(some, 65_536).body.subarray(8)]));

  it('reads every entry but . and ..', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 12 }), (entries) => {
        expect(decode(message(entries))).toEqual(
          entries
            .filter(({ name }) => name !== '.' && name !== '..')
            .map(({ name, kind, size, modified }) => ({ name, kind, size: kind === 'folder' ? null : kind === 'link' ? null : size, modified, isAway: false })),
        );
      }),
    );
  });

  it('does not take deduplicated files for links, and knows those that lie elsewhere', () => {
    const bytes = message([{ name: 'a', kind: 'file', size: 5, modified: 2 }]);
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    view.setUint32(72 + 56, 0x400 | 0x1000, true);
    view.setUint32(72 + 64, 0x80000013, true); // IO_REPARSE_TAG_DEDUP
    expect(decode(bytes)).toEqual([{ name: 'a', kind: 'file', size: 5, modified: 2, isAway: true }]);
  });

  it('refuses an entry that leads outside', () => {
    const bytes = message(some);
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(72, 0xffffff, true);
    expect(() => decode(bytes)).toThrow(/NextEntryOffset/);
  });
});
