import { describe, expect, it } from 'vitest';
import { closedShare, openShare, unseenShare } from '../../test/fixtures/shares.js';
import type { SubjectVerdict } from '../model/check.js';
import { exactly } from '../model/exposure.js';
import type { Share } from '../model/share.js';
import { executablePreamble } from './executable-preamble.js';

const judge = (...modules: readonly Share[]) =>
  executablePreamble.judge({ rsync: { transport: 'plain', protocol: 32, digests: [], listing: 'listed', moduleCount: 1, modules } }, { now: 0 });

describe('what images begin with', () => {
  it.each<[string, Share, string, string | undefined, RegExp]>([
    [
      'programs',
      openShare({ preambles: { zeros: 7, pe: 2, script: 1 } }),
      'fail',
      undefined,
      /^of 10 images.*2 begin like a Windows program and 1 begin like a script$/,
    ],
    ['a page', openShare({ preambles: { zeros: 9, html: 1 } }), 'fail', 'medium', /a web page/],
    ['TIFF and words, as they may', openShare({ preambles: { tiff: 9, text: 1 } }), 'pass', undefined, /none of its 10 images/],
    ['a sample without', openShare({ images: exactly(4_000) }), 'unknown', undefined, /others were not looked at/],
    ['no look', openShare({ sampled: { asked: 0, dicom: 0 }, preambles: {} }), 'unknown', undefined, /no image was looked at/],
    ['not surveyed', unseenShare, 'unknown', undefined, /not looked at/],
    ['no image', openShare({ images: exactly(0), sampled: { asked: 0, dicom: 0 }, preambles: {} }), 'not-applicable', undefined, /no image/],
    ['closed', closedShare, 'not-applicable', undefined, /nothing of it/],
  ])('%s', (_, share, verdict, severity, reason) => {
    const judged = (judge(share) as readonly SubjectVerdict[])[0]?.verdict;
    expect(judged).toMatchObject({ verdict, reason: expect.stringMatching(reason) });
    expect(judged && 'severity' in judged ? judged.severity : undefined).toBe(severity);
  });

  it('asks nothing where there is no share', () => {
    expect(judge()).toMatchObject({ verdict: 'not-applicable' });
  });
});
