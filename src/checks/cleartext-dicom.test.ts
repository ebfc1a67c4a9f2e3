import { describe, expect, it } from 'vitest';
import { busy, openNode, turnedAway, unknownCaller } from '../../test/fixtures/dicom-evidence.js';
import type { DicomEvidence } from '../protocols/dicom/evidence.js';
import { cleartextDicom } from './cleartext-dicom.js';

const judge = (evidence: DicomEvidence) => cleartextDicom.judge({ dicom: evidence }, { now: 0 });

describe('DICOM in the clear', () => {
  it.each<[string, DicomEvidence, RegExp]>([
    ['an accepted association', openNode, /^it accepts associations without TLS$/],
    ['a rejected caller', turnedAway(unknownCaller), /AE titles cross the network in the clear/],
    ['a busy device', turnedAway(busy), /AE titles cross the network in the clear/],
    ['an aborted association', turnedAway({ answer: 'aborted', source: 2, reason: 0 }), /^it speaks DICOM without TLS$/],
  ])('fails: %s', (_, evidence, reason) => {
    const verdict = judge(evidence);
    expect(verdict).toMatchObject({ verdict: 'fail', reason: expect.stringMatching(reason), because: { transport: 'plain' } });
    expect(verdict).not.toHaveProperty('severity');
  });

  it.each<[string, DicomEvidence]>([
    ['an accepted association', openNode],
    ['a rejected caller', turnedAway(unknownCaller)],
  ])('passes inside TLS: %s', (_, evidence) => {
    expect(judge({ ...evidence, transport: 'tls' })).toMatchObject({ verdict: 'pass', because: { transport: 'tls' } });
  });
});
