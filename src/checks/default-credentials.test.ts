import { describe, expect, it } from 'vitest';
import { asking, site, verdictOn } from '../../test/fixtures/web-evidence.js';
import type { HttpEvidence } from '../protocols/http/evidence.js';
import { defaultCredentials } from './default-credentials.js';

const verdict = (evidence: HttpEvidence) => verdictOn(defaultCredentials, evidence);

describe('published default accounts', () => {
  it.each<[string, HttpEvidence, string, RegExp]>([
    ['let in', { ...asking('basic'), defaultAccount: 'accepted' }, 'fail', /let the account in/],
    ['refused', { ...asking('basic'), defaultAccount: 'refused' }, 'pass', /refused the account/],
    ['not tried', asking('basic'), 'unknown', /takes touch credentials/],
    ['a certificate', asking('certificate'), 'not-applicable', /certificate/],
    ['no login to try', site, 'not-applicable', /no login/],
  ])('%s', (_, evidence, expected, reason) => {
    expect(verdict(evidence)).toMatchObject({ verdict: expected, reason: expect.stringMatching(reason) });
  });
});
