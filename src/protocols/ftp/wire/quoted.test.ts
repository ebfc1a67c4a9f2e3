import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readQuoted } from './quoted.js';

it.each([
  ['"/" is the current directory', '/'],
  ['"/a ""b"" c" is your current location', '/a "b" c'],
  ['current: "C:\\ftp"', 'C:\\ftp'],
  ['"" nothing', undefined],
  ['"/a', undefined],
  ['/a', undefined],
])('%j', (text, path) => {
  expect(readQuoted(text)).toBe(path);
});

it('gives back any path', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (path) => {
      expect(readQuoted(`"${path.replaceAll('"', '""')}" is it`)).toBe(path);
    }),
  );
});
