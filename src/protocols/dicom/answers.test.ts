/** Every code of PS3.8 table 9-21 and every way a conversation breaks off, and the word that the evidence has for it. */
import { describe, expect, it } from 'vitest';
import { ConnectionFailure, type FailureOutcome, failureOutcomes, NotThisProtocol } from '../../model/connection.js';
import { WireError } from '../../model/wire.js';
import { answerOf, associationBrokeOff, brokeOff, contextResult, finalAnswer, isBusy, rejectMeaning } from './answers.js';
import { PeerAborted } from './association.js';
import type { AssociateAccept, AssociateReject } from './wire/pdu.js';

const reject = (result: number, source: number, reason: number): AssociateReject => ({ type: 'associate-reject', result, source, reason });
const accept: AssociateAccept = {
  type: 'associate-accept',
  calledAeTitle: 'A',
  callingAeTitle: 'B',
  contexts: [],
  userInformation: { maximumLength: null, implementationClassUid: null, implementationVersionName: null, userIdentity: null, userIdentityAnswered: false },
};

describe('A-ASSOCIATE-RJ', () => {
  it.each([
    // result, source, reason, meaning, meaning where a user identity was proposed, busy
    [1, 1, 1, 'no-reason-given', 'no-reason-given', false],
    [1, 1, 2, 'application-context-not-supported', 'application-context-not-supported', false],
    [1, 1, 3, 'calling-ae-not-recognised', 'calling-ae-not-recognised', false],
    [1, 1, 7, 'called-ae-not-recognised', 'called-ae-not-recognised', false],
    [1, 2, 1, 'no-reason-given', 'user-identity-refused', false],
    [1, 2, 2, 'protocol-version-not-supported', 'protocol-version-not-supported', false],
    [1, 3, 1, 'congestion', 'congestion', true], // DCMTK where it cannot fork
    [1, 3, 2, 'local-limit', 'local-limit', true],
    [2, 1, 1, 'no-reason-given', 'no-reason-given', true],
    [2, 1, 3, 'calling-ae-not-recognised', 'calling-ae-not-recognised', true],
    // Transient: busy. A refused identity is permanent (PS3.7 section D.3.3.7.3)
    [2, 2, 1, 'no-reason-given', 'no-reason-given', true],
    [2, 3, 1, 'congestion', 'congestion', true],
    [2, 3, 2, 'local-limit', 'local-limit', true],
    // Reserved and undefined
    [1, 1, 4, 'other', 'other', false],
    [1, 1, 10, 'other', 'other', false],
    [1, 2, 3, 'other', 'other', false],
    [1, 3, 0, 'other', 'other', true],
    [1, 0, 0, 'other', 'other', false],
    [255, 255, 255, 'other', 'other', false],
  ] as const)('%i/%i/%i means %s, after a user identity %s; busy: %s', (result, source, reason, bare, named, busy) => {
    const reply = reject(result, source, reason);
    expect(rejectMeaning(reply, false)).toBe(bare);
    expect(rejectMeaning(reply, true)).toBe(named);
    expect(isBusy(reply)).toBe(busy);
    expect(answerOf(reply, true)).toEqual({ answer: 'rejected', result, source, reason, meaning: named });
    expect(answerOf(reply)).toEqual({ answer: 'rejected', result, source, reason, meaning: bare });
  });
});

describe('answerOf', () => {
  it('an acceptance', () => expect(answerOf(accept)).toEqual({ answer: 'accepted' }));
  it('an abort', () => expect(answerOf({ type: 'abort', source: 2, reason: 6 })).toEqual({ answer: 'aborted', source: 2, reason: 6 }));
  it('neither is busy', () => expect([isBusy(accept), isBusy({ type: 'abort', source: 2, reason: 2 })]).toEqual([false, false]));
});

describe('brokeOff', () => {
  const expected: Readonly<Record<FailureOutcome, string>> = {
    unreachable: 'closed',
    refused: 'closed',
    'timed-out': 'no-answer',
    closed: 'closed',
    'not-this-protocol': 'closed',
    'over-limit': 'wrong-answer',
    'out-of-scope': 'closed',
    crashed: 'closed',
  };

  it.each(failureOutcomes)('a connection that ended %s', (outcome) => {
    expect(brokeOff(new ConnectionFailure(outcome, ''))).toBe(expected[outcome]);
  });

  it('A-ABORT, malformed bytes and another protocol', () => {
    expect(brokeOff(new PeerAborted({ type: 'abort', source: 0, reason: 0 }))).toBe('aborted');
    expect(brokeOff(new WireError('x', 0, ''))).toBe('wrong-answer');
    expect(brokeOff(new NotThisProtocol('http'))).toBe('wrong-answer');
  });

  it('does not swallow our own defects', () => {
    const defect = new TypeError('ours');
    expect(() => brokeOff(defect)).toThrow(defect);
    expect(() => associationBrokeOff(defect)).toThrow(defect);
  });

  it('before an association stood, silence and hanging up are kept apart', () => {
    expect(associationBrokeOff(new ConnectionFailure('timed-out', ''))).toEqual({ answer: 'no-answer' });
    expect(associationBrokeOff(new ConnectionFailure('closed', ''))).toEqual({ answer: 'closed' });
    expect(associationBrokeOff(new NotThisProtocol('tls'))).toEqual({ answer: 'closed' });
  });
});

describe('status of a last response', () => {
  it.each([
    [0x0000, 'success'],
    [0x0124, 'not-authorised'],
    [0x0122, 'failed'],
    [0xa700, 'failed'],
    [0xa900, 'failed'],
    [0xc001, 'failed'],
    [0xfe00, 'failed'],
    [0xb000, 'failed'],
  ])('%i is %s', (status, answer) => {
    expect(finalAnswer(status)).toBe(answer);
  });
});

describe('result of a presentation context', () => {
  it.each([
    [0, 'accepted'],
    [1, 'user-rejection'],
    [2, 'provider-rejection'],
    [3, 'abstract-syntax-not-supported'],
    [4, 'transfer-syntaxes-not-supported'],
    [5, 'other'],
    [255, 'other'],
    [undefined, 'not-answered'],
  ])('%s is %s', (result, word) => {
    expect(contextResult(result)).toBe(word);
  });
});
