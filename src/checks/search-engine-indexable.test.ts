import { describe, expect, it } from 'vitest';
import { cutShort, door, site, verdictOn, withDoors } from '../../test/fixtures/web-evidence.js';
import type { HttpEvidence, Indexing } from '../protocols/http/evidence.js';
import { searchEngineIndexable } from './search-engine-indexable.js';

const verdict = (evidence: HttpEvidence) => verdictOn(searchEngineIndexable, evidence);

const telling = (robots: Indexing['robots'], noindex = false, inSitemap = false): Indexing => ({ robots, noindex, inSitemap, canonical: 'none' });

describe('what search engines may list', () => {
  it.each<[string, HttpEvidence, string, RegExp]>([
    ['no robots.txt', withDoors(door('viewer', 'open', { indexing: telling('absent') }), door('dicomweb')), 'fail', /nothing keeps crawlers/],
    ['robots.txt lets them in', withDoors(door('viewer', 'open', { indexing: telling('allowed') }), door('dicomweb')), 'fail', /nothing keeps crawlers/],
    ['robots.txt names only some', withDoors(door('viewer', 'open', { indexing: telling('partly') }), door('dicomweb')), 'fail', /only some crawlers/],
    ['a listing of images', withDoors(door('listing', 'open', { content: { dicom: 3 }, indexing: telling('absent') })), 'fail', /nothing keeps/],
    ['robots.txt keeps them out', withDoors(door('viewer', 'open', { indexing: telling('disallowed') }), door('dicomweb')), 'pass', /robots.txt keeps/],
    ['noindex', withDoors(door('viewer', 'open', { indexing: telling('absent', true) }), door('dicomweb')), 'pass', /not to list it/],
    ['robots.txt could not be read', withDoors(door('viewer', 'open', { indexing: telling('unclear') }), door('dicomweb')), 'unknown', /could not be read/],
    ['not looked at', withDoors(door('viewer'), door('dicomweb')), 'unknown', /could not be read/],
    ['a viewer before a closed archive', withDoors(door('viewer'), door('dicomweb', 'login')), 'not-applicable', /./],
    ['a listing of documents', withDoors(door('listing', 'open', { content: { report: 3 } })), 'not-applicable', /./],
    ['nothing asked for it: there is none', site, 'not-applicable', /./],
    ['the requests ended before', cutShort, 'unknown', /used up/],
    [
      'a sitemap names it',
      withDoors(door('viewer', 'open', { indexing: telling('allowed', false, true) }), door('dicomweb')),
      'fail',
      /the sitemap invites them/,
    ],
  ])('%s', (_, evidence, expected, reason) => {
    expect(verdict(evidence)).toMatchObject({ verdict: expected, reason: expect.stringMatching(reason) });
  });
});
