import { describe, expect, it } from 'vitest';
import { closedToOthers, folder, othersMay } from '../../test/fixtures/folders.js';
import { atLeast, exactly } from '../model/exposure.js';
import type { LocalFolder } from '../model/local-folder.js';
import { worldReadableImages } from './world-readable-images.js';

const part = { ...folder(), ...othersMay({ readFiles: 8, readImages: 6 }) };
const all = othersMay({ readFiles: 12, readImages: 0 });
const elsewhere = { refused: 0, failed: 0, vanished: 0, otherFileSystems: 1 };

describe('who may read the images', () => {
  it.each<[string, LocalFolder, string, RegExp]>([
    [
      'some, images by name among them',
      part,
      'fail',
      /^any account of this computer may read 8 of 12 files, 6 of them images by name; the folder holds exactly 10 images$/,
    ],
    ['every file, whatever it is called', all, 'fail', /may read all 12 files; /],
    ['over NFS', { ...all, fileSystem: 'nfs' }, 'fail', /^any account of any computer that mounts it may/],
    ['where the mount makes up the bits', { ...all, fileSystem: 'smb' }, 'fail', /as the mount shows it, may read/],
    ['of those that were listed', { ...part, content: folder({}, { ended: 'budget' }).content }, 'fail', /8 of 12 files that were listed/],
    ['no image seen so far', { ...all, content: folder({}, { images: atLeast(0), ended: 'cut-off' }).content }, 'unknown', /no image was seen/],
    ['others, which are not called like images', othersMay({ readFiles: 2 }), 'unknown', /not named like images/],
    [
      'none',
      folder(),
      'pass',
      /no account outside its group may read any file there, by the permission bits; who is in the group, and access lists, were not judged/,
    ],
    ['none of a part', folder({}, { ended: 'refused' }), 'unknown', /others were not seen/],
    ['none, but other file systems were left out', folder({ notSeen: elsewhere }), 'unknown', /others were not seen/],
    ['none, but a folder could not be looked into', folder({ notSeen: { ...elsewhere, refused: 1, otherFileSystems: 0 } }), 'unknown', /others were not seen/],
    ['no such bits', folder({ othersMay: null }), 'unknown', /no permission bits/],
    ['no image', folder({ othersMay: { ...closedToOthers, readFiles: 12 } }, { images: exactly(0) }), 'not-applicable', /no image/],
  ])('%s', (_, files, verdict, reason) => {
    expect(worldReadableImages.judge({ files }, { now: 0 })).toMatchObject({ verdict, reason: expect.stringMatching(reason) });
  });
});
