import { describe, expect, it } from 'vitest';
import { asRegisteredCaller, busy, noReason, openNode, rejected, turnedAway, unknownCaller, unknownTitle } from '../../test/fixtures/dicom-evidence.js';
import type { DicomEvidence } from '../protocols/dicom/evidence.js';
import { anyCallerAccepted } from './any-caller-accepted.js';

const judge = (evidence: DicomEvidence) => anyCallerAccepted.judge({ dicom: evidence }, { now: 0 });

describe('any caller', () => {
  it.each<[string, DicomEvidence, RegExp]>([
    ['a stranger is let in', openNode, /^it accepted an association from a caller under a title that nobody registered$/],
    ['also beside a registered caller', asRegisteredCaller({ answer: 'accepted' }), /title that nobody registered/],
    ['a bare user name is confirmed', { ...openNode, userIdentity: 'answered' }, /confirmed a user name without a password/],
    ['a user identity is refused, but none is needed', { ...openNode, userIdentity: 'refused' }, /title that nobody registered/],
  ])('fails: %s', (_, evidence, reason) => {
    expect(judge(evidence)).toMatchObject({ verdict: 'fail', reason: expect.stringMatching(reason), because: { strangerAssociation: 'accepted' } });
  });

  it.each<[string, DicomEvidence]>([
    ['the stranger is rejected, 1/1/3', turnedAway(unknownCaller)],
    ['a registered caller is let in and the stranger is not', asRegisteredCaller(unknownCaller)],
    ['the same at dcmqrscp, which blames the called title', asRegisteredCaller(unknownTitle)],
    ['the same without a reason', asRegisteredCaller(noReason)],
    ['the title that was given is not registered either', turnedAway(unknownCaller, { callingTitle: 'given', strangerAssociation: { answer: 'not-tried' } })],
    ['a user identity is demanded', turnedAway(rejected('user-identity-refused', [1, 2, 1]))],
    ['the same without one, 1/2/1', turnedAway(rejected('no-reason-given', [1, 2, 1]), { userIdentity: 'refused' })],
  ])('passes: %s', (_, evidence) => {
    expect(judge(evidence)).toMatchObject({ verdict: 'pass' });
  });

  it.each<[string, DicomEvidence, RegExp]>([
    ['the called title is asked for first', turnedAway(unknownTitle), /give it with --called-ae/],
    ['the given called title is rejected, as dcmqrscp says of unknown callers', turnedAway(unknownTitle, { calledTitle: 'given' }), /dcmqrscp/],
    ['rejected without a reason, as storescp --refuse does with everybody', turnedAway(noReason), /without a reason/],
    ['busy', turnedAway(busy), /too busy/],
    ['congested', turnedAway(rejected('congestion', [2, 3, 1])), /too busy/],
    ['DCMTK that cannot fork: permanent, and still busy', turnedAway(rejected('congestion', [1, 3, 1])), /too busy/],
    ['rejected for now only', turnedAway(rejected('calling-ae-not-recognised', [2, 1, 3])), /too busy/],
    ['a technical reason', turnedAway(rejected('application-context-not-supported', [1, 1, 2])), /another reason/],
    ['aborted', turnedAway({ answer: 'aborted', source: 2, reason: 0 }), /aborted/],
    ['hung up', asRegisteredCaller({ answer: 'closed' }), /hung up/],
    ['silent', asRegisteredCaller({ answer: 'no-answer' }), /did not answer/],
    ['no stranger was sent', asRegisteredCaller({ answer: 'not-tried' }), /no association was tried/],
    ['busy with the stranger', asRegisteredCaller(busy), /too busy/],
    ['out of processes for the stranger', asRegisteredCaller(rejected('congestion', [1, 3, 1])), /too busy/],
  ])('is unknown: %s', (_, evidence, reason) => {
    expect(judge(evidence)).toMatchObject({ verdict: 'unknown', reason: expect.stringMatching(reason) });
  });

  it('keeps the three numbers of a rejection', () => {
    const because = { association: 'rejected 1/1/7', calledTitle: 'unguessable', callingTitle: 'unguessable' };
    expect(judge(turnedAway(unknownTitle))).toMatchObject({ because });
  });
});
