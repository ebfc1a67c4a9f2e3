import { describe, expect, it } from 'vitest';
import {
  asRegisteredCaller,
  honeypot,
  notAsked,
  openDcmqrscp,
  openNode,
  openOrthanc,
  orthancAsInstalled,
  storescp,
  takingAllBut,
  turnedAway,
  unknownCaller,
  unknownTitle,
} from '../../test/fixtures/dicom-evidence.js';
import type { DicomEvidence } from '../protocols/dicom/evidence.js';
import { openRetrieve } from './open-retrieve.js';

const judge = (evidence: DicomEvidence) => openRetrieve.judge({ dicom: evidence }, { now: 0 });
const onlyMove = takingAllBut('worklist-find', 'storage-commitment', 'canary', 'patient-root-get', 'study-root-get');

describe('open retrieval', () => {
  it.each<[string, DicomEvidence, string, string]>([
    ['dcmqrscp, where negotiation decides', openDcmqrscp, 'high', 'C-GET and C-MOVE'],
    ['dcmqrscp --disable-get', { ...openDcmqrscp, contexts: onlyMove }, 'medium', 'C-MOVE'],
    ['Orthanc, which may still refuse', openOrthanc, 'medium', 'C-GET and C-MOVE'],
    ['nobody knows what', openNode, 'medium', 'C-GET and C-MOVE'],
  ])('fails: %s', (_, evidence, severity, services) => {
    const reason = `it answers queries and negotiates ${services} with any caller; retrieval itself was not tried`;
    expect(judge(evidence)).toMatchObject({ verdict: 'fail', severity, reason, because: { proof: 'negotiated', get: services !== 'C-MOVE', move: true } });
  });

  it.each<[string, DicomEvidence]>([
    ['none is taken', storescp],
    ['the caller is turned away', turnedAway(unknownCaller)],
    ['only a registered caller is let in', asRegisteredCaller(unknownCaller)],
  ])('passes: %s', (_, evidence) => {
    expect(judge(evidence)).toMatchObject({ verdict: 'pass' });
  });

  it.each<[string, DicomEvidence, RegExp]>([
    ['Orthanc that refuses queries', orthancAsInstalled, /may be refused as well/],
    ['queries were not tried', notAsked, /may be refused as well/],
    ['a peer that refuses nothing', honeypot, /says nothing/],
    ['no answer about the contexts', { ...storescp, contexts: { ...storescp.contexts, 'study-root-get': 'not-answered' } }, /neither yes nor no/],
    ['its title is asked for first', turnedAway(unknownTitle), /--called-ae/],
    ['a registered caller', asRegisteredCaller({ answer: 'accepted' }), /without --calling-ae/],
  ])('is unknown: %s', (_, evidence, reason) => {
    expect(judge(evidence)).toMatchObject({ verdict: 'unknown', reason: expect.stringMatching(reason) });
  });
});
