import { describe, expect, it } from 'vitest';
import { closedToOthers, folder, othersMay } from '../../test/fixtures/folders.js';
import { atLeast, exactly } from '../model/exposure.js';
import type { LocalFolder } from '../model/local-folder.js';
import { worldWritableFolder } from './world-writable-folder.js';

describe('who may change what lies there', () => {
  it.each<[string, LocalFolder, string, string | undefined, RegExp]>([
    ['files', othersMay({ writeFiles: 2 }), 'fail', undefined, /^any account of this computer may write to 2 of 12 files; that was read off, and not tried$/],
    [
      'folders',
      othersMay({ writeFolders: 2, emptyFolders: 1 }),
      'fail',
      undefined,
      /put files into 2 of 3 folders and delete and replace what lies in 1 of them/,
    ],
    ['folders with the sticky bit', othersMay({ writeFolders: 1 }), 'fail', 'medium', /put files into 1 of 3 folders; /],
    [
      'nothing',
      folder(),
      'pass',
      undefined,
      /no account outside its group may change anything there, by the permission bits; who is in the group, and access lists, were not judged/,
    ],
    ['nothing of a part', folder({}, { ended: 'budget' }), 'unknown', undefined, /rest was not seen/],
    [
      'no image seen so far',
      folder({ othersMay: { ...closedToOthers, writeFiles: 1 } }, { images: atLeast(0), ended: 'cut-off' }),
      'unknown',
      undefined,
      /no image was seen/,
    ],
    ['no such bits', folder({ othersMay: null }), 'unknown', undefined, /no permission bits/],
    ['no image', folder({ othersMay: { ...closedToOthers, writeFiles: 1 } }, { images: exactly(0) }), 'not-applicable', undefined, /no image/],
  ])('%s', (_, files, verdict, severity, reason) => {
    const judged = worldWritableFolder.judge({ files }, { now: 0 });
    expect(judged).toMatchObject({ verdict, reason: expect.stringMatching(reason) });
    expect('severity' in judged ? judged.severity : undefined).toBe(severity);
  });
});
