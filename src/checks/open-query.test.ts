import { describe, expect, it } from 'vitest';
import {
  asRegisteredCaller,
  busy,
  honeypot,
  noReason,
  notAsked,
  openNode,
  openOrthanc,
  orthancAsInstalled,
  storescp,
  taking,
  takingAllBut,
  turnedAway,
  unknownCaller,
  unknownTitle,
} from '../../test/fixtures/dicom-evidence.js';
import { atLeast, exactly } from '../model/exposure.js';
import type { RecordSign } from '../model/record-facts.js';
import type { ArchiveCount, DicomEvidence, DimseAnswer } from '../protocols/dicom/evidence.js';
import { openQuery } from './open-query.js';

const judge = (evidence: DicomEvidence) => openQuery.judge({ dicom: evidence }, { now: 0 });
const answered = (answer: DimseAnswer, status: number | null = null): DicomEvidence => ({ ...notAsked, query: { answer, status, rows: 0 } });
const holding = (more: Partial<ArchiveCount>): DicomEvidence => ({ ...openNode, archive: { ...(openNode.archive as ArchiveCount), ...more } });

const looked = (signs: readonly RecordSign[], more: Partial<DicomEvidence> = {}, figures: Partial<ArchiveCount> = {}): DicomEvidence => ({
  ...holding(figures),
  identifiers: { PatientName: 'pseudonymous', PatientID: 'real-looking' },
  record: { nationalIdentifiers: {}, signs },
  sample: 'taken',
  ...more,
});

describe('open queries of an archive that may be meant to be open', () => {
  it.each<[what: string, evidence: DicomEvidence, severity: string, onPurpose: RegExp | null]>([
    ['demonstration data', looked(['demonstration']), 'high', /; the one record that was looked at is of demonstration data, so it may be open on purpose$/],
    ['a public collection', looked(['public-collection']), 'high', /is of a public collection, so/],
    ['a phantom, examined every day', looked(['phantom'], {}, { patients: exactly(2), studies: exactly(900) }), 'high', /is of a phantom, so/],
    ['a phantom beside others', looked(['phantom'], {}, { patients: exactly(900), studies: exactly(2_000) }), 'critical', null],
    ['a name beside the sign', looked(['demonstration'], { identifiers: { PatientName: 'real-looking' } }), 'critical', null],
    [
      "a state's number beside the sign",
      looked(['demonstration'], { record: { nationalIdentifiers: { PatientID: 'nhs-number' }, signs: ['demonstration'] } }),
      'critical',
      null,
    ],
    ['de-identified alone', looked(['de-identified']), 'critical', null],
    ['no record was looked at', looked(['demonstration'], { sample: 'switched-off' }), 'critical', null],
  ])('%s', (_what, evidence, severity, onPurpose) => {
    const verdict = judge(evidence);
    if ('length' in verdict) throw new Error('one verdict');
    expect(verdict.verdict).toBe('fail');
    expect((verdict.verdict === 'fail' && verdict.severity) || openQuery.severity).toBe(severity);
    if (onPurpose) expect(verdict.reason).toMatch(onPurpose);
    else expect(verdict.reason).not.toContain('on purpose');
  });
});

describe('open queries', () => {
  it.each<[string, DicomEvidence, string]>([
    ['counted', openOrthanc, 'it answers the queries of any caller and lists exactly 3 studies with exactly 22 images of exactly 2 patients'],
    [
      'counted in part',
      holding({ studies: atLeast(4_000), images: null, patients: atLeast(1) }),
      'it answers the queries of any caller and lists at least 4,000 studies of at least 1 patient',
    ],
    ['not counted', { ...openNode, archive: null }, 'it answers the queries of any caller; how much it lists could not be counted'],
    [
      'counting failed at once',
      holding({ studies: atLeast(0), ended: 'aborted' }),
      'it answers the queries of any caller; how much it lists could not be counted',
    ],
    [
      'a honeypot, perhaps',
      { ...honeypot, archive: null },
      'it answers the queries of any caller; how much it lists could not be counted; it accepts even a service that does not exist, so it may be a honeypot',
    ],
  ])('fails: %s', (_, evidence, reason) => {
    const verdict = judge(evidence);
    expect(verdict).toMatchObject({ verdict: 'fail', reason, because: { query: 'success' } });
    expect(verdict).not.toHaveProperty('severity');
  });

  it('is less grave where the archive is known to be empty', () => {
    const reason = 'it answers the queries of any caller, but lists no study at the moment';
    expect(judge(holding({ studies: exactly(0), images: exactly(0), patients: exactly(0) }))).toMatchObject({ verdict: 'fail', severity: 'high', reason });
  });

  it.each<[string, DicomEvidence]>([
    ['refused, 0124H', answered('not-authorised', 0x0124)],
    ['aborted by Orthanc, which refuses so', orthancAsInstalled],
    ['the caller is turned away', turnedAway(unknownCaller)],
    ['only a registered caller is let in', asRegisteredCaller(unknownCaller)],
  ])('passes: %s', (_, evidence) => {
    expect(judge(evidence)).toMatchObject({ verdict: 'pass' });
  });

  it.each<[string, DicomEvidence, RegExp]>([
    ['storage only', storescp, /no queries for patients or studies: it only takes images$/],
    ['a worklist', { ...storescp, contexts: taking('verification', 'worklist-find') }, /but a worklist of what is scheduled, which was not asked$/],
    ['commitment', { ...storescp, contexts: taking('verification', 'storage-commitment') }, /it only confirms what was stored$/],
    ['verification', { ...storescp, contexts: taking('verification') }, /no queries for patients or studies$/],
  ])('names what is there instead of an archive: %s', (_, evidence, reason) => {
    expect(judge(evidence)).toMatchObject({ verdict: 'not-applicable', reason: expect.stringMatching(reason) });
  });

  it('does not apply where no queries are offered', () => {
    expect(judge(storescp)).toMatchObject({ verdict: 'not-applicable', because: { query: 'not-negotiated' } });
    expect(judge({ ...storescp, query: { answer: 'not-tried', status: null, rows: 0 } })).toMatchObject({ verdict: 'not-applicable' });
  });

  it.each<[string, DicomEvidence, RegExp]>([
    ['aborted by somebody else', answered('aborted'), /a refusal or a fault/],
    ['failed', answered('failed', 0xa700), /status A700H/],
    ['silent', answered('no-answer'), /did not answer the query/],
    ['hung up', answered('closed'), /hung up over the query/],
    ['nonsense', answered('wrong-answer'), /cannot be read/],
    ['not asked at this touch', notAsked, /no query was tried/],
    [
      'neither taken nor declined',
      { ...answered('not-negotiated'), contexts: { ...takingAllBut('study-root-find', 'canary'), 'patient-root-find': 'not-answered' } },
      /neither yes nor no/,
    ],
    ['its title is asked for first', turnedAway(unknownTitle), /--called-ae/],
    ['busy', turnedAway(busy), /too busy/],
    ['no reason', turnedAway(noReason), /without a reason/],
    ['a registered caller was granted it, and strangers get in', asRegisteredCaller({ answer: 'accepted' }), /without --calling-ae/],
  ])('is unknown: %s', (_, evidence, reason) => {
    expect(judge(evidence)).toMatchObject({ verdict: 'unknown', reason: expect.stringMatching(reason) });
  });
});
