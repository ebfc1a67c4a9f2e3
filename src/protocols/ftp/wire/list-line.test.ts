import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readListLine } from './list-line.js';

const now = Date.UTC(2026, 10, 25, 12);
const entryOf = (line: string) => readListLine(line, now)?.entry;
const file = (name: string, size: number | null, modified: number | null) => ({ name, kind: 'file', size, modified, perm: null });
const folder = (name: string, size: number | null, modified: number | null) => ({ ...file(name, size, modified), kind: 'folder' });

describe('ls -l', () => {
  it.each([
    ['vsftpd', 'drwxr-xr-x    8 0        0            4096 Nov 25 10:11 imaging', folder('imaging', 4096, Date.UTC(2026, 10, 25, 10, 11))],
    ['ProFTPD', '-rw-r--r--   1 root     root           10 Nov 25  2019 read me.txt', file('read me.txt', 10, Date.UTC(2019, 10, 25))],
    ['a date ahead is of last year', '-rw-r--r-- 1 a b 10 Dec 31 23:59 x', file('x', 10, Date.UTC(2025, 11, 31, 23, 59))],
    ['a day ahead is another time zone', '-rw-r--r-- 1 a b 10 Nov 26 01:00 x', file('x', 10, Date.UTC(2026, 10, 26, 1))],
    ['busybox', '-rw-r--r--    1 1000     1000          132 Jan 12  2020 IM0001', file('IM0001', 132, Date.UTC(2020, 0, 12))],
    ['a name with blanks in front and behind', '-rw-r--r-- 1 a b 10 Nov 25 2019  x ', file(' x ', 10, Date.UTC(2019, 10, 25))],
    ['a name like a date', '-rw-r--r-- 1 a b 10 Nov 25 2019 Nov 26 2020 x', file('Nov 26 2020 x', 10, Date.UTC(2019, 10, 25))],
    ['an owner with blanks', '-rwxrwxrwx 1 DOMAIN+Some User Domain Users 10 Nov 25 2019 x', file('x', 10, Date.UTC(2019, 10, 25))],
    ['no group', '-rw-r--r-- 1 owner 10 Nov 25 2019 x', file('x', 10, Date.UTC(2019, 10, 25))],
    ['day before month', '-rw-r--r-- 1 a b 10 25 Nov 2019 x', file('x', 10, Date.UTC(2019, 10, 25))],
    ['a date of numbers', '-rw-r--r-- 1 a b 10 2019-11-25 10:11 x', file('x', 10, Date.UTC(2019, 10, 25, 10, 11))],
    ['extended attributes', 'drwxr-xr-x+ 2 a b 0 Nov 25 2019 x', folder('x', 0, Date.UTC(2019, 10, 25))],
    ['a link', 'lrwxrwxrwx 1 a b 4 Nov 25 2019 x -> ../../etc', { ...file('x', 4, Date.UTC(2019, 10, 25)), kind: 'link' }],
    ['a device', 'crw-rw-rw- 1 root root 1, 3 Nov 25 2019 null', { ...file('null', null, Date.UTC(2019, 10, 25)), kind: 'other' }],
    ['a file with an arrow in its name', '-rw-r--r-- 1 a b 4 Nov 25 2019 x -> y', file('x -> y', 4, Date.UTC(2019, 10, 25))],
    ['a day that does not exist', '-rw-r--r-- 1 a b 4 Nov 00 2019 x', file('x', 4, null)],
  ])('%s', (_, line, expected) => {
    expect(entryOf(line)).toEqual(expected);
  });
});

describe('MS-DOS', () => {
  it.each([
    ['IIS, a folder', '01-23-20  10:15AM       <DIR>          My Images', folder('My Images', null, Date.UTC(2020, 0, 23, 10, 15))],
    ['IIS, a file', '11-05-19  12:05AM               132 IM0001.dcm', file('IM0001.dcm', 132, Date.UTC(2019, 10, 5, 0, 5))],
    ['afternoon', '11-05-1999  12:05PM 1 x', file('x', 1, Date.UTC(1999, 10, 5, 12, 5))],
    ['a year of two digits in the last century', '11-05-99  01:05PM 1 x', file('x', 1, Date.UTC(1999, 10, 5, 13, 5))],
    ['24 hours', '2019-11-05  23:05 1,234 x', file('x', 1234, Date.UTC(2019, 10, 5, 23, 5))],
    ['a junction', '11-05-19  12:05AM <JUNCTION> x', { ...file('x', null, Date.UTC(2019, 10, 5, 0, 5)), kind: 'link' }],
  ])('%s', (_, line, expected) => {
    expect(entryOf(line)).toEqual(expected);
  });
});

describe('EPLF', () => {
  it.each([
    ['a folder', '+i8388621.29609,m824255902,/,\tdev', folder('dev', null, 824_255_902_000)],
    ['a file', '+i8388621.44468,m839956783,r,s10376,\tRFC EPLF', file('RFC EPLF', 10_376, 839_956_783_000)],
  ])('%s', (_, line, expected) => {
    expect(entryOf(line)).toEqual(expected);
  });
});

describe('no entry', () => {
  it.each([
    ...['', 'total 12', 'd', 'drwxr-xr-x', 'drwxr-xr-x 2 a b 0 Nov 25 2019', '-rw-r--r-- 1 a b many Nov 25 2019 x', 'Volume in drive C', '/imaging:'],
    ...['01-23-20  10:15AM       <DIR>', '01-23-20 many 1 x', '99 luft', '+', '+m1', '+\t', 'type=file; x'],
  ])('%j', (line) => {
    expect(readListLine(line, now)).toBeUndefined();
  });

  it('whatever comes, in a time that grows with its length', () => {
    const unit = fc.constantFrom('-', 'd', '0', '1', ' ', 'Nov', '10:11', '2019', ',', '\t', '<DIR>', '+', ':', 'rwxr-xr-x');
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit, maxLength: 40 })), (line) => {
        const entry = entryOf(line);
        if (entry) expect(entry.name !== '' && line.includes(entry.name)).toBe(true);
      }),
    );
    expect(entryOf(`d${' '.repeat(100_000)}`)).toBeUndefined();
    expect(entryOf(`-rw-r--r-- ${'1 '.repeat(50_000)}`)).toBeUndefined();
  });
});
