/** MOUNT's lists and handles. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WireError } from '../../../model/wire.js';
import { takesAnything } from './any-bytes.js';
import { decodeExports, decodeMount, encodePath } from './mount.js';
import { XdrWriter } from './xdr.js';

const listOf = (exports: readonly (readonly [string, readonly string[]])[]): Uint8Array => {
  const writer = new XdrWriter();
  for (const [path, clients] of exports) {
    writer.uint32(1).text(path);
    for (const client of clients) writer.uint32(1).text(client);
    writer.uint32(0);
  }
  return writer.uint32(0).finish();
};
const good = listOf([
  ['/srv/imaging', []],
  ['/srv/backup', ['10.0.0.0/8', '@staff']],
]);

describe('the list of exports', () => {
  it('names paths and clients', () => {
    expect(decodeExports(good)).toEqual([
      { path: '/srv/imaging', clients: [] },
      { path: '/srv/backup', clients: ['10.0.0.0/8', '@staff'] },
    ]);
  });

  it('gives back what was written', () => {
    const name = fc.string({ unit: 'grapheme-ascii', maxLength: 12 });
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.array(name, { maxLength: 4 })), { maxLength: 8 }), (list) => {
        expect(decodeExports(listOf(list))).toEqual(list.map(([path, clients]) => ({ path, clients })));
      }),
    );
  });

  it.each([
    ['exports', listOf(new Array(1_025).fill(['/', []])), 'more than 1024 exports'],
    ['groups', listOf([['/', new Array(8_193).fill('a')]]), 'more than 8192 clients'],
  ])('that never ends (%s) is malformed', (_, bytes, problem) => {
    expect(() => decodeExports(bytes)).toThrow(problem);
  });

  it('takes any bytes', () => takesAnything(decodeExports, good));
});

describe('a mount', () => {
  const mounted = new XdrWriter()
    .uint32(0)
    .opaque(Uint8Array.of(1, 2, 3, 4, 5))
    .uint32(2, 1, 390_005)
    .finish();

  it('brings a handle and flavours', () => {
    expect(decodeMount(mounted)).toEqual({ status: 0, handle: Uint8Array.of(1, 2, 3, 4, 5), flavours: [1, 390_005] });
  });

  it('or a status', () => {
    expect(decodeMount(new XdrWriter().uint32(13).finish())).toEqual({ status: 13 });
  });

  it('a handle of more than 64 bytes is malformed', () => {
    expect(() => decodeMount(new XdrWriter().uint32(0).opaque(new Uint8Array(65)).uint32(0).finish())).toThrow(WireError);
  });

  it('takes any bytes', () => takesAnything(decodeMount, mounted));

  it('asks by the path', () => {
    expect(encodePath('/a')).toEqual(new XdrWriter().text('/a').finish());
  });
});
