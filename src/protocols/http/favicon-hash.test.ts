import { describe, expect, it } from 'vitest';
import { faviconHash, murmur3 } from './favicon-hash.js';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('MurmurHash3', () => {
  it('is that of the published vectors', () => {
    expect(murmur3(bytes(''))).toBe(0);
    expect(murmur3(bytes('hello'))).toBe(0x248bfa47);
    expect(murmur3(bytes('hello, world'))).toBe(0x149bbb7f);
    expect(murmur3(bytes('19 Jan 2038 at 3:14:07 AM'))).toBe(0xe31e8a70 | 0);
    expect(murmur3(bytes('The quick brown fox jumps over the lazy dog.'))).toBe(0xd5c48bfc | 0);
  });
});

describe('the hash of an icon', () => {
  it('breaks lines as MIME does', () => {
    const icon = Uint8Array.from({ length: 100 }, (_, index) => index);
    const text = `${Buffer.from(icon)
      .toString('base64')
      .replace(/.{1,76}/g, '$&\n')}`;
    expect(faviconHash(icon)).toBe(murmur3(bytes(text)));
    expect(faviconHash(icon.subarray(0, 99))).not.toBe(faviconHash(icon));
    expect(faviconHash(icon.subarray(0, 98))).toBe(
      murmur3(
        bytes(
          Buffer.from(icon.subarray(0, 98))
            .toString('base64')
            .replace(/.{1,76}/g, '$&\n'),
        ),
      ),
    );
  });
});
