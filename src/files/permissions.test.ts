import { describe, expect, it } from 'vitest';
import { addCounts, type Counts, countFile, countFolder, letsThrough, noCounts } from './permissions.js';

const changes = (count: (counts: Counts) => void): Partial<Counts> => {
  const counts = noCounts();
  count(counts);
  return Object.fromEntries(Object.entries(counts).filter(([, value]) => value !== 0));
};

describe('permission bits for others', () => {
  it.each<[string, number, boolean, Partial<Counts>]>([
    ['a.dcm', 0o100644, true, { files: 1, readFiles: 1, readImages: 1 }],
    ['a.txt', 0o100644, true, { files: 1, readFiles: 1 }],
    ['a.dcm', 0o100644, false, { files: 1 }],
    ['a.dcm', 0o100662, true, { files: 1, writeFiles: 1 }],
    ['a.dcm', 0o100770, true, { files: 1 }],
  ])('file %s, %o, reached: %s', (name, mode, isReached, expected) => {
    expect(changes((counts) => countFile(counts, name, mode, isReached))).toEqual(expected);
  });

  it.each<[number, boolean, Partial<Counts>]>([
    [0o40755, true, { folders: 1, listFolders: 1 }],
    [0o40777, true, { folders: 1, listFolders: 1, writeFolders: 1, emptyFolders: 1 }],
    [0o41777, true, { folders: 1, listFolders: 1, writeFolders: 1 }],
    [0o40773, true, { folders: 1, writeFolders: 1, emptyFolders: 1 }],
    [0o40772, true, { folders: 1 }],
    [0o40777, false, { folders: 1 }],
  ])('folder %o, reached: %s', (mode, isReached, expected) => {
    expect(changes((counts) => countFolder(counts, mode, isReached))).toEqual(expected);
  });

  it('search is what lets through', () => expect([0o40751, 0o40754].map(letsThrough)).toEqual([true, false]));

  it('what was added can be taken back', () => {
    const one = noCounts();
    countFile(one, 'a.dcm', 0o666, true);
    expect(
      changes((counts) => {
        addCounts(counts, one, 1);
        addCounts(counts, one, -1);
      }),
    ).toEqual({});
  });
});
