import { describe, expect, it } from 'vitest';
import { cutShort, door, granting, site, verdictOn, withDoors } from '../../test/fixtures/web-evidence.js';
import type { HttpEvidence } from '../protocols/http/evidence.js';
import { webDeleteAllowed } from './web-delete-allowed.js';

const verdict = (evidence: HttpEvidence) => verdictOn(webDeleteAllowed, evidence);

describe('deleting through the web', () => {
  it.each<[string, HttpEvidence, string, RegExp]>([
    [
      'let in with an empty request',
      withDoors(door('archive-api', 'open', granting({ delete: 'negotiated' }))),
      'fail',
      /lets anyone in to delete.*nothing was (?:sent|deleted)/,
    ],
    ['seen to be allowed', withDoors(door('webdav', 'open', granting({ delete: 'yes' }))), 'fail', /./],
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
