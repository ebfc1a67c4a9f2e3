import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFactsLine } from './facts.js';

const day = Date.UTC(2026, 10, 25, 10, 11, 48);

describe('a line of MLSD', () => {
  it.each([
    [
      'a file of ProFTPD',
      'modify=20261125101148;perm=adfr;size=10;type=file;unique=FE00U99E1FC;UNIX.mode=0644; read me.txt',
      { name: 'read me.txt', kind: 'file', size: 10, modified: day, perm: 'adfr' },
    ],
    ['its folder', 'modify=20261125101148;perm=fle;type=dir; media', { name: 'media', kind: 'folder', size: null, modified: day, perm: 'fle' }],
    ['the folder itself', 'perm=flcdmpe;type=cdir; .', { name: '.', kind: 'this-folder', size: null, modified: null, perm: 'flcdmpe' }],
    ['the one above', 'type=pdir;sizd=4096; ..', { name: '..', kind: 'parent', size: 4096, modified: null, perm: null }],
    ['a link', 'type=OS.unix=slink:/etc;size=4; link', { name: 'link', kind: 'link', size: 4, modified: null, perm: null }],
    ['a link of ProFTPD', 'type=OS.unix=symlink; link', { name: 'link', kind: 'link', size: null, modified: null, perm: null }],
    ['letters in any case', 'Type=DIR;Perm=ELC; x', { name: 'x', kind: 'folder', size: null, modified: null, perm: 'elc' }],
    ['no fact', ' name', { name: 'name', kind: 'other', size: null, modified: null, perm: null }],
    ['a name that begins with a blank', 'type=file;  x', { name: ' x', kind: 'file', size: null, modified: null, perm: null }],
    ['a fraction of a second', 'type=file;modify=20261125101148.123; x', { name: 'x', kind: 'file', size: null, modified: day, perm: null }],
    ['impossible values', 'type=file;size=-1;modify=20261399101148; x', { name: 'x', kind: 'file', size: null, modified: null, perm: null }],
    ['a size beyond counting', 'type=file;size=99999999999999999999; x', { name: 'x', kind: 'file', size: null, modified: null, perm: null }],
  ])('%s', (_, line, expected) => {
    expect(readFactsLine(line)).toEqual(expected);
  });

  it.each(['', 'name', 'type=file; ', 'drwxr-xr-x 2 a b 0 Jan 1 2020 x', 'type=file name', '=x; name'])('is not %j', (line) => {
    expect(readFactsLine(line)).toBeUndefined();
  });

  it('may be anything', () => {
    const odd = fc.string({ unit: fc.constantFrom(';', '=', ' ', 'a', '1'), maxLength: 80 });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), odd), (line) => {
        const entry = readFactsLine(line);
        if (entry) expect(line.endsWith(entry.name) && entry.name !== '').toBe(true);
      }),
    );
  });
});
