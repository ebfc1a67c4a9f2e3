import { describe, expect, it } from 'vitest';
import { counted, cutShort, door, nothingInIt, site, verdictOn, withDoors } from '../../test/fixtures/web-evidence.js';
import { atLeast } from '../model/exposure.js';
import type { HttpEvidence } from '../protocols/http/evidence.js';
import { openDicomweb } from './open-dicomweb.js';

const verdict = (evidence: HttpEvidence) => verdictOn(openDicomweb, evidence);

describe('DICOMweb without credentials', () => {
  it.each<[string, HttpEvidence, string, RegExp]>([
    [
      'open and counted',
      withDoors(door('dicomweb', 'open', counted)),
      'fail',
      /^it answers the queries of anyone and lists exactly 3 studies with exactly 40 images of exactly 2 patients$/,
    ],
    ['open, a lower bound', withDoors(door('dicomweb', 'open', { studies: atLeast(4_000) })), 'fail', /lists at least 4,000 studies$/],
    ['open, not counted', withDoors(door('dicomweb', 'open', { studies: atLeast(0) })), 'fail', /^it answers the queries of anyone$/],
    [
      'with addresses',
      withDoors(door('dicomweb', 'open', { ...counted, wado: 'offered' })),
      'fail',
      /of exactly 2 patients, with the address at which each study is to be had$/,
    ],
    [
      'demonstration data',
      withDoors(
        door('dicomweb', 'open', { ...counted, identifiers: { PatientID: 'pseudonymous' }, record: { nationalIdentifiers: {}, signs: ['demonstration'] } }),
      ),
      'fail',
      /of exactly 2 patients; the one record that was looked at is of demonstration data, so it may be open on purpose$/,
    ],
    ['open and empty', withDoors(door('dicomweb', 'open', nothingInIt)), 'fail', /no study at the moment/],
    ['401', withDoors(door('dicomweb', 'login')), 'pass', /asks for credentials/],
    ['403', withDoors(door('dicomweb', 'forbidden')), 'pass', /refuses \(403\)/],
    ['an error', withDoors(door('dicomweb', 'unclear')), 'unknown', /error \(500\)/],
    ['another door', withDoors(door('archive-api')), 'not-applicable', /no DICOMweb/],
    ['nothing asked for it: there is none', site, 'not-applicable', /./],
    ['the requests ended before', cutShort, 'unknown', /used up/],
  ])('%s', (_, evidence, expected, reason) => {
    expect(verdict(evidence)).toMatchObject({ verdict: expected, reason: expect.stringMatching(reason) });
  });

  it('weighs an empty one less', () => {
    expect(verdict(withDoors(door('dicomweb', 'open', nothingInIt)))).toMatchObject({ severity: 'high' });
    expect(verdict(withDoors(door('dicomweb', 'open', counted)))).not.toHaveProperty('severity');
  });

  it('judges each service by itself', () => {
    const several = withDoors(door('dicomweb'), door('dicomweb', 'login', { path: '/closed' }));
    expect(openDicomweb.judge({ http: several }, { now: 0 })).toMatchObject([
      { subject: '/dicomweb', verdict: { verdict: 'fail' } },
      { subject: '/closed', verdict: { verdict: 'pass' } },
    ]);
  });
});
