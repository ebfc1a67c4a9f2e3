import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LocalPlace, overlap, pathOf, readableName } from './local-path.js';

const place = (name: string, parent: LocalPlace | null = null, ino = 1): LocalPlace => ({ parent, name, identity: { dev: 1, ino }, isReached: true });

describe('paths of bytes', () => {
  it('are put together as they came apart, whatever the encoding', () => {
    const name = fc.uint8Array({ minLength: 1, maxLength: 20 }).map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 0x2f && byte !== 0)));
    fc.assert(
      fc.property(fc.array(name, { maxLength: 6 }), (names) => {
        const leaf = names.reduce((parent, each) => place(each.toString('latin1'), parent), place('/srv'));
        expect(pathOf(leaf)).toEqual(Buffer.concat([Buffer.from('/srv'), ...names.flatMap((each) => [Buffer.from('/'), each])]));
      }),
    );
  });

  it('of the root of all', () => {
    expect(pathOf(place('/')).toString()).toBe('/');
    expect(pathOf(place('a', place('/'))).toString()).toBe('/a');
  });

  it('names are read as UTF-8 where they are', () => {
    expect(readableName(Buffer.from('Übung'))).toBe('Übung');
    expect(readableName(Buffer.from([0xff, 0x41]))).toBe('\u00ffA');
  });
});

describe('roots that would count twice', () => {
  it.each<[string, readonly LocalPlace[], unknown]>([
    ['one in the other', [place('/a/b', null, 1), place('/a', null, 2)], { inner: 0, outer: 1 }],
    ['the same under two names', [place('/a'), place('/b')], { inner: 0, outer: 1 }],
    ['names that begin alike', [place('/a', null, 1), place('/ab', null, 2)], undefined],
    ['the root of all', [place('/', null, 1), place('/ab', null, 2)], { inner: 1, outer: 0 }],
  ])('%s', (_, roots, expected) => {
    expect(overlap(roots, '/')).toEqual(expected);
  });

  it('on Windows', () => {
    expect(overlap([place('C:\\a', null, 1), place('C:\\a\\b', null, 2)], '\\')).toEqual({ inner: 1, outer: 0 });
    expect(overlap([place('C:\\', null, 1), place('C:\\b', null, 2)], '\\')).toEqual({ inner: 1, outer: 0 });
    expect(overlap([place('C:\\a', null, 1), place('C:\\ab', null, 2)], '\\')).toBeUndefined();
  });
});
