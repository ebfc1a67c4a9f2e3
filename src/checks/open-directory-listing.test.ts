import { describe, expect, it } from 'vitest';
import { cutShort, door, site, verdictOn, withDoors } from '../../test/fixtures/web-evidence.js';
import type { HttpEvidence } from '../protocols/http/evidence.js';
import { openDirectoryListing } from './open-directory-listing.js';

const verdict = (evidence: HttpEvidence) => verdictOn(openDirectoryListing, evidence);

describe('folders that lie open', () => {
  it.each<[string, HttpEvidence, string, RegExp]>([
    [
      'DICOM, confirmed',
      withDoors(door('listing', 'open', { content: { dicom: 20, folder: 2 }, confirmedDicom: 2 })),
      'fail',
      /20 named like DICOM and 2 folders; of these 2 were seen to be DICOM/,
    ],
    ['a bucket', withDoors(door('bucket', 'open', { content: { database: 1 } })), 'fail', /1 databases/],
    ['documents only', withDoors(door('webdav', 'open', { content: { report: 3 } })), 'fail', /3 documents$/],
    ['an empty folder', withDoors(door('listing', 'open', { content: {} })), 'fail', /empty folder/],
    ['a login first', withDoors(door('webdav', 'login')), 'pass', /asks for credentials/],
    ['an error', withDoors(door('webdav', 'unclear')), 'unknown', /error \(500\)/],
    ['nothing asked for it: there is none', site, 'not-applicable', /./],
    ['the requests ended before', cutShort, 'unknown', /used up/],
  ])('%s', (_, evidence, expected, reason) => {
    expect(verdict(evidence)).toMatchObject({ verdict: expected, reason: expect.stringMatching(reason) });
  });

  it.each([
    ['DICOM', { dicom: 1 }, undefined],
    ['a backup', { backup: 1 }, undefined],
    ['documents', { report: 1 }, 'low'],
    ['nothing', {}, 'low'],
  ])('weighs %s', (_, content, severity) => {
    const judged = verdict(withDoors(door('listing', 'open', { content })));
    expect(judged && 'severity' in judged ? judged.severity : undefined).toBe(severity);
  });
});
