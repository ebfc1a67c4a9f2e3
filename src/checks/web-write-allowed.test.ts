import { describe, expect, it } from 'vitest';
import { cutShort, door, granting, site, verdictOn, withDoors } from '../../test/fixtures/web-evidence.js';
import type { HttpEvidence } from '../protocols/http/evidence.js';
import { webWriteAllowed } from './web-write-allowed.js';

const verdict = (evidence: HttpEvidence) => verdictOn(webWriteAllowed, evidence);

describe('storing and changing through the web', () => {
  it.each<[string, HttpEvidence, string, RegExp]>([
    [
      'let in with an empty request',
      withDoors(door('archive-api', 'open', granting({ create: 'negotiated' }))),
      'fail',
      /lets anyone in to store.*nothing was (?:sent|deleted)/,
    ],
    ['both', withDoors(door('archive-api', 'open', granting({ create: 'negotiated', edit: 'negotiated' }))), 'fail', /to store and change/],
    ['changing only', withDoors(door('archive-api', 'open', granting({ create: 'no', edit: 'negotiated' }))), 'fail', /to change:/],
    ['seen to be allowed', withDoors(door('webdav', 'open', granting({ create: 'yes' }))), 'fail', /./],
    ['storing is refused, changing not known', withDoors(door('dicomweb', 'open', granting({ create: 'no' }))), 'pass', /^it refuses to store$/],
    [
      'refused',
      withDoors(door('dicomweb', 'open', granting({ create: 'no', edit: 'no', delete: 'no' }))),
      'pass',
      /^it refuses to (?:store and to change|delete)$/,
    ],
    ['a login first', withDoors(door('archive-api', 'login')), 'pass', /asks for credentials/],
    ['403', withDoors(door('webdav', 'forbidden')), 'pass', /refuses \(403\)/],
    ['could not be read off', withDoors(door('listing', 'open', granting({}))), 'unknown', /could not be read off/],
    ['a viewer hands out no files', withDoors(door('viewer')), 'not-applicable', /./],
    ['nothing asked for it: there is none', site, 'not-applicable', /./],
    ['the requests ended before', cutShort, 'unknown', /used up/],
  ])('%s', (_, evidence, expected, reason) => {
    expect(verdict(evidence)).toMatchObject({ verdict: expected, reason: expect.stringMatching(reason) });
  });
});
