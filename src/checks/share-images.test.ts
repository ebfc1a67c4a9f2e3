import { describe, expect, it } from 'vitest';
import { closedShare, openShare, unclearShare, unseenShare } from '../../test/fixtures/shares.js';
import { withShares } from '../../test/fixtures/smb-evidence.js';
import { atLeast, exactly } from '../model/exposure.js';
import type { Share } from '../model/share.js';
import { imagesReadable } from './images-readable.js';
import { judgeShareImages } from './share-images.js';

const none = { images: exactly(0), byKind: {}, sampled: { asked: 0, dicom: 0 } };
const estimated = { value: 200_000, basis: 'estimate', low: 190_000, high: 210_000 } as const;

describe('images on shares', () => {
  it.each<[string, readonly Share[], string, RegExp]>([
    ['counted and looked at', [openShare()], 'fail', /lists exactly 10 images to anyone \(imaging\); of 10 that were looked at, 10 were DICOM/],
    ['estimated', [openShare({ images: estimated, ended: 'budget' }), closedShare], 'fail', /about 200,000 images \(95 %: 190,000 to 210,000\)/],
    ['at least', [openShare({ images: atLeast(7), ended: 'budget' })], 'fail', /at least 7 images/],
    ['by name alone', [openShare({ sampled: { asked: 0, dicom: 0 } })], 'fail', /by their names to anyone.*none was looked at/],
    ['listed, not given out', [openShare({}, { rights: { read: 'no', create: 'no', edit: 'no', delete: 'no' } })], 'pass', /gives out none/],
    ['closed', [closedShare], 'pass', /nobody is let in/],
    ['not looked into', [unseenShare], 'unknown', /not counted/],
    ['not clear', [closedShare, unclearShare], 'unknown', /not seen/],
    ['none in a part', [openShare({ ...none, images: atLeast(0), ended: 'budget' })], 'unknown', /not all of it was listed/],
    ['none at all', [openShare(none)], 'not-applicable', /no image/],
    ['no share', [], 'not-applicable', /no share/],
  ])('%s', (_, shares, verdict, reason) => {
    expect(judgeShareImages(shares)).toMatchObject({ verdict, reason: expect.stringMatching(reason) });
  });

  it('weighs names less than a look', () => {
    expect(judgeShareImages([openShare({ sampled: { asked: 0, dicom: 0 } })])).toMatchObject({ severity: 'high' });
    expect(judgeShareImages([openShare()])).not.toHaveProperty('severity');
  });

  it('is asked of whatever was spoken', () => {
    expect(imagesReadable.judge({ smb: withShares() }, { now: 0 })).toMatchObject({ verdict: 'not-applicable' });
  });
});
