import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folderRequest, goodbye, isFolderPath, isModuleName, listRequest, moduleRequest, uploadQuestion } from './request.js';

const text = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

describe('what is said', () => {
  it('is this', () => {
    expect(text(listRequest)).toBe('@RSYNCD: 29\n#list\n');
    expect(text(moduleRequest('imaging'))).toBe('@RSYNCD: 29\nimaging\n');
    expect(text(folderRequest('imaging', ''))).toBe('--server\n--sender\n-d\n.\nimaging/\n\n\0\0\0\0');
    expect(text(folderRequest('imaging', 'a b/c'))).toBe('--server\n--sender\n-d\n.\nimaging/a b/c/\n\n\0\0\0\0');
    expect(text(uploadQuestion('imaging'))).toBe('--server\n-n\n.\nimaging/\n\n');
    expect([...goodbye]).toEqual(Array.from({ length: 16 }, () => 0xff));
  });

  it('asks to upload with -n only, and sends no list with it', () => {
    fc.assert(
      fc.property(fc.string().filter(isModuleName), (module) => {
        const said = text(uploadQuestion(module));
        expect(said.split('\n')[1]).toBe('-n');
        expect(said.endsWith('/\n\n')).toBe(true);
      }),
    );
  });

  it.each(['', '#list', 'a\nb', 'a\0', 'a/b', 'x'.repeat(300)])('is not the module %j', (name) => {
    expect(isModuleName(name)).toBe(false);
    expect(() => moduleRequest(name)).toThrow(RangeError);
  });

  it.each(['..', 'a/../b', '/etc', 'a*', 'a?', '[a]', 'a\\b', 'a\nb', '\u0102', 'x'.repeat(1_025)])('is not the path %j', (path) => {
    expect(isFolderPath(path)).toBe(false);
    expect(() => folderRequest('m', path)).toThrow(RangeError);
  });
});
