import { describe, expect, it } from 'vitest';
import {
  asRegisteredCaller,
  honeypot,
  notAsked,
  openNode,
  orthancAsInstalled,
  storescp,
  taking,
  turnedAway,
  unknownCaller,
  unknownTitle,
} from '../../test/fixtures/dicom-evidence.js';
import type { DicomEvidence } from '../protocols/dicom/evidence.js';
import { openStore } from './open-store.js';

const judge = (evidence: DicomEvidence) => openStore.judge({ dicom: evidence }, { now: 0 });

describe('open storage', () => {
  it.each<[string, DicomEvidence, string | undefined, string]>([
    ['storescp, where negotiation decides', storescp, undefined, 'CT, MR, CR, DX, US, SC'],
    ['storescp -pm, which knows all kinds', { ...storescp, contexts: { ...storescp.contexts, canary: 'accepted' } }, undefined, 'CT, MR, CR, DX, US, SC'],
    ['Orthanc, which may still refuse', orthancAsInstalled, 'medium', 'CT, MR, CR, DX, US, SC'],
    ['at touch handshake', notAsked, 'medium', 'CT, MR, CR, DX, US, SC'],
    ['one kind only', { ...openNode, contexts: taking('verification', 'storage-us') }, 'medium', 'US'],
  ])('fails: %s', (_, evidence, severity, kinds) => {
    const verdict = judge(evidence);
    const reason = `as far as negotiation shows, it takes ${kinds} images from any caller; nothing was sent`;
    expect(verdict).toMatchObject({ verdict: 'fail', reason, because: { proof: 'negotiated' } });
    expect('severity' in verdict ? verdict.severity : undefined).toBe(severity);
  });

  it.each<[string, DicomEvidence]>([
    ['none is taken', { ...openNode, contexts: taking('verification', 'study-root-find') }],
    ['dcmqrscp refuses it to this caller', { ...storescp, contexts: { ...taking('verification'), 'storage-ct': 'user-rejection' } }],
    ['the caller is turned away', turnedAway(unknownCaller)],
    ['only a registered caller is let in', asRegisteredCaller(unknownCaller)],
  ])('passes: %s', (_, evidence) => {
    expect(judge(evidence)).toMatchObject({ verdict: 'pass' });
  });

  it.each<[string, DicomEvidence, RegExp]>([
    ['a peer that refuses nothing', honeypot, /says nothing/],
    ['not understood', { ...storescp, contexts: { ...taking('verification'), 'storage-ct': 'transfer-syntaxes-not-supported' } }, /neither yes nor no/],
    ['its title is asked for first', turnedAway(unknownTitle), /--called-ae/],
    ['hung up', turnedAway({ answer: 'closed' }), /hung up/],
    ['a registered caller', asRegisteredCaller({ answer: 'accepted' }), /without --calling-ae/],
  ])('is unknown: %s', (_, evidence, reason) => {
    expect(judge(evidence)).toMatchObject({ verdict: 'unknown', reason: expect.stringMatching(reason) });
  });
});
