import { describe, expect, it } from 'vitest';
import { counted, cutShort, door, site, verdictOn, withDoors } from '../../test/fixtures/web-evidence.js';
import type { HttpEvidence } from '../protocols/http/evidence.js';
import { openArchiveApi } from './open-archive-api.js';

const verdict = (evidence: HttpEvidence) => verdictOn(openArchiveApi, evidence);

describe("the archive's own interface", () => {
  it.each<[string, HttpEvidence, string, RegExp]>([
    ['open and counted', withDoors(door('archive-api', 'open', counted)), 'fail', /^it answers anyone and counts exactly 3 studies with exactly 40 images/],
    [
      'a public collection, as DICOMweb of the same site shows',
      withDoors(
        door('archive-api', 'open', counted),
        door('dicomweb', 'open', { identifiers: { PatientID: 'pseudonymous' }, record: { nationalIdentifiers: {}, signs: ['public-collection'] } }),
      ),
      'fail',
      /of exactly 2 patients; the one record that was looked at is of a public collection, so it may be open on purpose$/,
    ],
    ['open, without counts', withDoors(door('archive-api')), 'fail', /^it answers anyone$/],
    ['401', withDoors(door('archive-api', 'login')), 'pass', /asks for credentials/],
    ['403', withDoors(door('archive-api', 'forbidden')), 'pass', /refuses \(403\)/],
    ['an error', withDoors(door('archive-api', 'unclear')), 'unknown', /error \(500\)/],
    ['nothing asked for it: there is none', site, 'not-applicable', /./],
    ['the requests ended before', cutShort, 'unknown', /used up/],
  ])('%s', (_, evidence, expected, reason) => {
    expect(verdict(evidence)).toMatchObject({ verdict: expected, reason: expect.stringMatching(reason) });
  });
});
