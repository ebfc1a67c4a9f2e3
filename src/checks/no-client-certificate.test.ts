import { describe, expect, it } from 'vitest';
import { goodTls } from '../../test/fixtures/tls-evidence.js';
import type { DicomEvidence } from '../protocols/dicom/evidence.js';
import type { TlsEvidence } from '../protocols/tls/evidence.js';
import { noClientCertificate } from './no-client-certificate.js';

type Wanted = TlsEvidence['clientCertificate'];
type Answer = DicomEvidence['association'];

function dicomInside(association: Answer, transport: DicomEvidence['transport'] = 'tls'): DicomEvidence {
  return {
    transport,
    calledTitle: 'unguessable',
    callingTitle: 'unguessable',
    association,
    strangerAssociation: association,
    userIdentity: 'not-tried',
    implementation: { classUid: null, versionName: null },
    maximumPduLength: null,
    contexts: {},
    echo: { answer: 'not-tried', status: null },
    query: { answer: 'not-tried', status: null, rows: 0 },
    archive: null,
    identifiers: {},
    record: null,
    sample: 'not-tried',
    release: 'not-tried',
  };
}

const judge = (clientCertificate: Wanted, dicom?: DicomEvidence) => {
  const tls = { ...goodTls, clientCertificate };
  return noClientCertificate.judge(dicom ? { tls, dicom } : { tls }, { now: 0 });
};
const rejected: Answer = { answer: 'rejected', result: 1, source: 1, reason: 3, meaning: 'calling-ae-not-recognised' };

describe('DICOM over TLS without a client certificate', () => {
  it.each<[string, Wanted, Answer, string | undefined]>([
    ['an association is accepted', 'not-requested', { answer: 'accepted' }, undefined],
    ['the same, though one was asked for', 'requested', { answer: 'accepted' }, undefined],
    ['the same, though the handshake seemed to insist', 'required', { answer: 'accepted' }, undefined],
    ['the caller is rejected, but by DICOM', 'not-requested', rejected, 'low'],
    ['the caller is aborted, but by DICOM', 'not-required', { answer: 'aborted', source: 0, reason: 0 }, 'low'],
  ])('fails: %s', (_, wanted, association, severity) => {
    const verdict = judge(wanted, dicomInside(association));
    expect(verdict).toMatchObject({ verdict: 'fail', because: { clientCertificate: wanted, association: association.answer } });
    expect('severity' in verdict ? verdict.severity : undefined).toBe(severity);
  });

  it('passes where the handshake fails without one', () => {
    expect(judge('required')).toMatchObject({ verdict: 'pass' });
    expect(judge('required', dicomInside({ answer: 'closed' }))).toMatchObject({ verdict: 'pass' });
  });

  it.each<[Wanted]>([['requested'], ['not-requested'], ['not-required']])('does not apply where no DICOM was heard inside (%s)', (wanted) => {
    expect(judge(wanted)).toMatchObject({ verdict: 'not-applicable' });
    expect(judge(wanted, dicomInside({ answer: 'accepted' }, 'plain'))).toMatchObject({ verdict: 'not-applicable' });
  });

  it.each<[string, Wanted, DicomEvidence | undefined]>([
    ['the handshake did not tell', 'unknown', undefined],
    ['DICOM hung up', 'not-requested', dicomInside({ answer: 'closed' })],
    ['DICOM did not answer', 'requested', dicomInside({ answer: 'no-answer' })],
  ])('is unknown: %s', (_, wanted, dicom) => {
    expect(judge(wanted, dicom)).toMatchObject({ verdict: 'unknown' });
  });
});
