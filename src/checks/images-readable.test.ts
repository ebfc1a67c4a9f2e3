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
  taking,
  turnedAway,
  unknownCaller,
  unknownTitle,
} from '../../test/fixtures/dicom-evidence.js';
import { counted, cutShort, door, nothingInIt, site, verdictOn, withDoors } from '../../test/fixtures/web-evidence.js';
import { atLeast, exactly } from '../model/exposure.js';
import type { ArchiveCount, DicomEvidence } from '../protocols/dicom/evidence.js';
import type { HttpEvidence } from '../protocols/http/evidence.js';
import { imagesReadable } from './images-readable.js';

const judge = (evidence: DicomEvidence) => imagesReadable.judge({ dicom: evidence }, { now: 0 });
const holding = (more: Partial<ArchiveCount>): DicomEvidence => ({ ...openNode, archive: { ...(openNode.archive as ArchiveCount), ...more } });
const untried = 'that was not tried, since Dosimeter never fetches an image';
const byGet = `any caller and offers to hand them over (C-GET); ${untried}`;
const byMove = `any caller and offers to send them to stations that it knows (C-MOVE); ${untried}`;
const estimated = { value: 90_000, basis: 'estimate', low: 80_000, high: 100_000 } as const;

describe('images within reach', () => {
  it.each<[string, DicomEvidence, string | undefined, string]>([
    ['counted', openDcmqrscp, undefined, `it lists exactly 22 images in exactly 3 studies to ${byGet}`],
    ['an estimate', holding({ studies: atLeast(4_000), images: estimated }), undefined, `it lists about 90,000 images in at least 4,000 studies to ${byGet}`],
    ['images not counted', holding({ images: null }), undefined, `it lists an uncounted number of images in exactly 3 studies to ${byGet}`],
    ['Orthanc, which may still refuse', openOrthanc, 'high', `it lists exactly 22 images in exactly 3 studies to ${byGet}`],
    [
      'C-MOVE only',
      { ...openNode, contexts: taking('study-root-find', 'study-root-move') },
      'high',
      `it lists exactly 22 images in exactly 3 studies to ${byMove}`,
    ],
  ])('fails: %s', (_, evidence, severity, reason) => {
    const verdict = judge(evidence);
    expect(verdict).toMatchObject({ verdict: 'fail', reason, because: { proof: 'negotiated', query: 'success' } });
    expect('severity' in verdict ? verdict.severity : undefined).toBe(severity);
  });

  it.each<[string, DicomEvidence]>([
    ['listed, but not handed over', { ...openNode, contexts: taking('study-root-find') }],
    ['queries are refused', { ...notAsked, query: { answer: 'not-authorised', status: 0x0124, rows: 0 } }],
    ['Orthanc aborts queries', orthancAsInstalled],
    ['the caller is turned away', turnedAway(unknownCaller)],
    ['only a registered caller is let in', asRegisteredCaller(unknownCaller)],
  ])('passes: %s', (_, evidence) => {
    expect(judge(evidence)).toMatchObject({ verdict: 'pass' });
  });

  it.each<[string, DicomEvidence]>([
    ['an empty archive', holding({ studies: exactly(0), images: exactly(0), patients: exactly(0) })],
    ['studies without images', holding({ images: exactly(0) })],
    ['no queries offered', storescp],
  ])('does not apply: %s', (_, evidence) => {
    expect(judge(evidence)).toMatchObject({ verdict: 'not-applicable' });
  });

  it.each<[string, DicomEvidence, RegExp]>([
    ['not counted', { ...openNode, archive: null }, /could not be counted/],
    ['counting broke off at once', holding({ studies: atLeast(0), images: null, ended: 'closed' }), /could not be counted/],
    ['a peer that refuses nothing', honeypot, /may be a honeypot/],
    ['no answer about retrieval', { ...openNode, contexts: { 'study-root-find': 'accepted' } }, /neither yes nor no to retrieval/],
    ['queries were not tried', notAsked, /no query was tried/],
    ['its title is asked for first', turnedAway(unknownTitle), /--called-ae/],
    ['a registered caller', asRegisteredCaller({ answer: 'accepted' }), /without --calling-ae/],
  ])('is unknown: %s', (_, evidence, reason) => {
    expect(judge(evidence)).toMatchObject({ verdict: 'unknown', reason: expect.stringMatching(reason) });
  });
});

describe('images within reach over the web', () => {
  it.each<[string, HttpEvidence, string, RegExp]>([
    ['counted', withDoors(door('dicomweb', 'open', counted)), 'fail', /^it lists exactly 40 images in exactly 3 studies to anyone \(\/dicomweb\).*not tried/],
    ['not counted', withDoors(door('dicomweb', 'open', { studies: exactly(3) })), 'fail', /an uncounted number of images in exactly 3 studies/],
    ['files', withDoors(door('listing', 'open', { content: { dicom: 5 }, confirmedDicom: 2, images: atLeast(5) })), 'fail', /at least 5 images to anyone/],
    [
      'demonstration data',
      withDoors(
        door('dicomweb', 'open', { ...counted, identifiers: { PatientID: 'pseudonymous' }, record: { nationalIdentifiers: {}, signs: ['demonstration'] } }),
      ),
      'fail',
      /is of demonstration data, so it may be open on purpose$/,
    ],
    [
      'files beside demonstration data',
      withDoors(
        door('listing', 'open', { content: { dicom: 5 }, confirmedDicom: 2, images: atLeast(5) }),
        door('dicomweb', 'open', { identifiers: { PatientID: 'pseudonymous' }, record: { nationalIdentifiers: {}, signs: ['demonstration'] } }),
      ),
      'fail',
      /never fetches an image$/,
    ],
    ['one of two doors', withDoors(door('archive-api', 'login'), door('dicomweb', 'open', counted)), 'fail', /40 images/],
    ['a login first', withDoors(door('dicomweb', 'login')), 'pass', /credentials/],
    ['an empty archive', withDoors(door('archive-api', 'open', nothingInIt)), 'not-applicable', /no image at the moment/],
    ['a listing of documents', withDoors(door('listing', 'open', { content: { report: 2 } })), 'not-applicable', /no image/],
    ['a viewer alone', withDoors(door('viewer')), 'not-applicable', /nothing that holds images/],
    ['nothing', site, 'not-applicable', /nothing that holds images/],
    ['named like DICOM, seen to be something else', withDoors(door('listing', 'open', { content: { dicom: 5 } })), 'unknown', /none was seen to be DICOM/],
    ['open, not counted', withDoors(door('dicomweb')), 'unknown', /could not be counted/],
    ['an error', withDoors(door('dicomweb', 'unclear')), 'unknown', /error/],
    ['the requests ended before', cutShort, 'unknown', /used up/],
  ])('%s', (_, evidence, expected, reason) => {
    expect(verdictOn(imagesReadable, evidence)).toMatchObject({ verdict: expected, reason: expect.stringMatching(reason) });
  });
});
