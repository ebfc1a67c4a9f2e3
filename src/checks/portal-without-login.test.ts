import { describe, expect, it } from 'vitest';
import { asking, door, site, verdictOn, withDoors } from '../../test/fixtures/web-evidence.js';
import type { HttpEvidence } from '../protocols/http/evidence.js';
import { portalWithoutLogin } from './portal-without-login.js';

const verdict = (evidence: HttpEvidence) => verdictOn(portalWithoutLogin, evidence);

describe('portals and viewers', () => {
  it.each<[string, HttpEvidence, string, RegExp]>([
    ['open, and fed by an open service', withDoors(door('viewer'), door('dicomweb')), 'fail', /so does the service that feeds it \(\/dicomweb\)/],
    ['a login first', withDoors(door('viewer', 'login')), 'pass', /asks for credentials/],
    ['an open shell before a closed service', withDoors(door('viewer'), door('dicomweb', 'login')), 'pass', /the service that feeds it asks for credentials/],
    ['an open page, what feeds it not seen', withDoors(door('viewer')), 'unknown', /whether it shows patients was not seen/],
    ['an error', withDoors(door('portal', 'unclear')), 'unknown', /answered with 500/],
    ['no portal', site, 'not-applicable', /no portal/],
    ['no portal that we know, but a login', asking('form'), 'not-applicable', /asks for a login/],
  ])('%s', (_, evidence, expected, reason) => {
    expect(verdict(evidence)).toMatchObject({ verdict: expected, reason: expect.stringMatching(reason) });
  });
});
