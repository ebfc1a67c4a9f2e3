import { describe, expect, it } from 'vitest';
import { cutShort, door, site, verdictOn, withDoors } from '../../test/fixtures/web-evidence.js';
import type { HttpEvidence } from '../protocols/http/evidence.js';
import { searchEngineIndexable } from './search-engine-indexable.js';

const verdict = (evidence: HttpEvidence) => verdictOn(searchEngineIndexable, evidence);

describe('what search engines may list', () => {
  it.each<[string, HttpEvidence, string, RegExp]>([
    [
      'no robots.txt',
      withDoors(door('viewer', 'open', { indexing: { robots: 'absent', noindex: false } }), door('dicomweb')),
      'fail',
      /nothing keeps crawlers/,
    ],
    [
      'robots.txt lets them in',
      withDoors(door('viewer', 'open', { indexing: { robots: 'allowed', noindex: false } }), door('dicomweb')),
      'fail',
      /nothing keeps crawlers/,
    ],
    [
      'robots.txt names only some',
      withDoors(door('viewer', 'open', { indexing: { robots: 'partly', noindex: false } }), door('dicomweb')),
      'fail',
      /only some crawlers/,
    ],
    [
      'a listing of images',
      withDoors(door('listing', 'open', { content: { dicom: 3 }, indexing: { robots: 'absent', noindex: false } })),
      'fail',
      /nothing keeps/,
    ],
    [
      'robots.txt keeps them out',
      withDoors(door('viewer', 'open', { indexing: { robots: 'disallowed', noindex: false } }), door('dicomweb')),
      'pass',
      /robots.txt keeps/,
    ],
    ['noindex', withDoors(door('viewer', 'open', { indexing: { robots: 'absent', noindex: true } }), door('dicomweb')), 'pass', /not to list it/],
    [
      'robots.txt could not be read',
      withDoors(door('viewer', 'open', { indexing: { robots: 'unclear', noindex: false } }), door('dicomweb')),
      'unknown',
      /could not be read/,
    ],
    ['not looked at', withDoors(door('viewer'), door('dicomweb')), 'unknown', /could not be read/],
    ['a viewer before a closed archive', withDoors(door('viewer'), door('dicomweb', 'login')), 'not-applicable', /./],
    ['a listing of documents', withDoors(door('listing', 'open', { content: { report: 3 } })), 'not-applicable', /./],
    ['nothing asked for it: there is none', site, 'not-applicable', /./],
    ['the requests ended before', cutShort, 'unknown', /used up/],
  ])('%s', (_, evidence, expected, reason) => {
    expect(verdict(evidence)).toMatchObject({ verdict: expected, reason: expect.stringMatching(reason) });
  });
});
