import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WireError } from '../../../model/wire.js';
import { decodeFileEntry, type FileEntry } from './file-list.js';

/** As rsync 3.5.0 sent it: the folder itself, a file of 10 bytes with the same time, two folders with the same time, the second with the same mode too. */
const recorded = Uint8Array.from(
  Buffer.from(
    '19012e0010000065b4066bed41000098 0a726561646d652e7478740a000000a4810000 98056d6564696100100000ed410000 9a07696d6167696e6700100000 00'.replaceAll(' ', ''),
    'hex',
  ),
);

function decodeAll(bytes: Uint8Array): readonly FileEntry[] {
  const entries: FileEntry[] = [];
  let at = 0;
  for (;;) {
    const decoded = decodeFileEntry(bytes.subarray(at), entries.at(-1));
    if (!decoded || decoded.message === 'end') return entries;
    entries.push(decoded.message);
    at += decoded.consumed;
  }
}

describe('a list of files', () => {
  it('of a real daemon', () => {
    const modified = 0x6b06b465;
    expect(decodeAll(recorded)).toEqual([
      { name: '.', kind: 'folder', size: 4096, modified, mode: 0o040755 },
      { name: 'readme.txt', kind: 'file', size: 10, modified, mode: 0o100644 },
      { name: 'media', kind: 'folder', size: 4096, modified, mode: 0o040755 },
      { name: 'imaging', kind: 'folder', size: 4096, modified, mode: 0o040755 },
    ]);
  });

  it('needs every byte of an entry', () => {
    for (let length = 0; length < 15; length += 1) expect(decodeFileEntry(recorded.subarray(0, length), undefined)).toBeUndefined();
    expect(decodeFileEntry(recorded, undefined)?.consumed).toBe(15);
  });

  const previous: FileEntry = { name: 'IM0001.dcm', kind: 'file', size: 1, modified: 5, mode: 0o100600 };

  it.each<[string, readonly number[], Partial<FileEntry>]>([
    ['a name that shares its beginning', [0xa2, 5, 5, 0x32, 0x2e, 0x64, 0x63, 0x6d, 9, 0, 0, 0], { name: 'IM0002.dcm', size: 9, modified: 5, kind: 'file' }],
    ['a name of 300 characters', [0xc2, 44, 1, 0, 0, ...Array.from({ length: 300 }, () => 0x61), 0, 0, 0, 0], { name: 'a'.repeat(300) }],
    ['more than 4 GiB', [0x82, 1, 0x61, 255, 255, 255, 255, 0, 0, 0, 0, 2, 0, 0, 0], { name: 'a', size: 2 ** 33 }],
    ['a link', [0x80, 1, 0x61, 0, 0, 0, 0, 0xff, 0xa1, 0, 0], { kind: 'link' }],
    ['a device', [0x80, 1, 0x61, 0, 0, 0, 0, 0xb0, 0x61, 0, 0], { kind: 'other' }],
    ['a second byte of flags', [0x86, 0x10, 1, 0x61, 0, 0, 0, 0], { name: 'a' }],
  ])('%s', (_, bytes, expected) => {
    const decoded = decodeFileEntry(Uint8Array.from(bytes), previous);
    expect(decoded?.message).toMatchObject(expected);
    expect(decoded?.consumed).toBe(bytes.length);
  });

  it.each<[string, readonly number[]]>([
    ['a name that shares more than there is', [0xa2, 11, 1, 0x61, 0, 0, 0, 0]],
    ['a name of 4 GiB', [0xc2, 255, 255, 255, 255]],
    ['a name of 5,000 characters', [0xc2, 0x88, 0x13, 0, 0]],
  ])('has no %s', (_, bytes) => {
    expect(() => decodeFileEntry(Uint8Array.from(bytes), previous)).toThrow(WireError);
  });

  it('is one of three things for any bytes, and the same with one byte more at a time', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), (bytes) => {
        const outcome = (length: number) => {
          try {
            return decodeFileEntry(bytes.subarray(0, length), previous);
          } catch (error) {
            expect(error).toBeInstanceOf(WireError);
            return 'malformed';
          }
        };
        const whole = outcome(bytes.length);
        if (whole === undefined || whole === 'malformed') return;
        expect(outcome(whole.consumed)).toEqual(whole);
        for (let length = 0; length < whole.consumed; length += 1) expect(outcome(length)).toBeUndefined();
      }),
    );
  });
});
