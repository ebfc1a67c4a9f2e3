import { describe, expect, it } from 'vitest';
import { cutShort, door, site, verdictOn, withDoors } from '../../test/fixtures/web-evidence.js';
import type { HttpEvidence } from '../protocols/http/evidence.js';
import { crossOriginReadable } from './cross-origin-readable.js';

const verdict = (evidence: HttpEvidence) => verdictOn(crossOriginReadable, evidence);

describe('reading from other origins', () => {
  it.each<[string, HttpEvidence, string, RegExp]>([
    ['anybody', withDoors(door('dicomweb', 'open', { crossOrigin: 'any' })), 'fail', /\(\*\)/],
    ['whoever asks', withDoors(door('archive-api', 'open', { crossOrigin: 'reflected' })), 'fail', /whatever origin asks/],
    ['whoever asks, with credentials', withDoors(door('dicomweb', 'open', { crossOrigin: 'reflected-with-credentials' })), 'fail', /credentials of the person/],
    ['nobody', withDoors(door('dicomweb', 'open', { crossOrigin: 'none' })), 'pass', /no other origin/],
    ['a login', withDoors(door('dicomweb', 'login')), 'pass', /asks for credentials/],
    ['a login, and anybody without a session', withDoors(door('dicomweb', 'login', { crossOrigin: 'any' })), 'pass', /asks for credentials/],
    [
      'a login, and whoever asks with the session of the person at the browser',
      withDoors(door('dicomweb', 'login', { crossOrigin: 'reflected-with-credentials' })),
      'fail',
      /credentials of the person/,
    ],
    ['doors that refuse say nothing', withDoors(door('dicomweb', 'forbidden')), 'not-applicable', /./],
    ['nothing asked for it: there is none', site, 'not-applicable', /./],
    ['the requests ended before', cutShort, 'unknown', /used up/],
  ])('%s', (_, evidence, expected, reason) => {
    expect(verdict(evidence)).toMatchObject({ verdict: expected, reason: expect.stringMatching(reason) });
  });
});
