import { describe, expect, it } from 'vitest';
import { busy, noReason, openNode, rejected, turnedAway, unknownCaller, unknownTitle } from '../../test/fixtures/dicom-evidence.js';
import type { DicomEvidence } from '../protocols/dicom/evidence.js';
import { anyCalledAeAccepted } from './any-called-ae-accepted.js';

const judge = (evidence: DicomEvidence) => anyCalledAeAccepted.judge({ dicom: evidence }, { now: 0 });

describe('any called AE title', () => {
  it('fails where a title that no device has is answered to', () => {
    expect(judge(openNode)).toMatchObject({ verdict: 'fail', because: { association: 'accepted', calledTitle: 'unguessable' } });
  });

  it('passes where such a title is rejected', () => {
    expect(judge(turnedAway(unknownTitle))).toMatchObject({ verdict: 'pass', because: { association: 'rejected 1/1/7' } });
  });

  it.each<[string, DicomEvidence, RegExp]>([
    ['its own title was given', { ...openNode, calledTitle: 'given' }, /only the called AE title that was given/],
    ['the given title was rejected', turnedAway(unknownTitle, { calledTitle: 'given' }), /it is wrong, or/],
    ['the caller was turned away', turnedAway(unknownCaller), /turned the caller away/],
    ['the user was turned away', turnedAway(rejected('user-identity-refused', [1, 2, 1])), /user identity/],
    ['rejected without a reason', turnedAway(noReason), /without a reason/],
    ['rejected for now only', turnedAway(rejected('called-ae-not-recognised', [2, 1, 7])), /too busy/],
    ['busy', turnedAway(busy), /too busy/],
    ['aborted', turnedAway({ answer: 'aborted', source: 2, reason: 0 }), /aborted/],
  ])('is unknown: %s', (_, evidence, reason) => {
    expect(judge(evidence)).toMatchObject({ verdict: 'unknown', reason: expect.stringMatching(reason) });
  });
});
