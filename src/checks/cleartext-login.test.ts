import { describe, expect, it } from 'vitest';
import { asking, site, verdictOn } from '../../test/fixtures/web-evidence.js';
import type { HttpEvidence } from '../protocols/http/evidence.js';
import { cleartextLogin } from './cleartext-login.js';

const verdict = (evidence: HttpEvidence) => verdictOn(cleartextLogin, evidence);

describe('the way of a password', () => {
  it.each<[string, HttpEvidence, string, RegExp]>([
    ['a form over http', asking('form'), 'fail', /its form sends the password over http$/],
    ['Basic over http', asking('basic'), 'fail', /asks for the password over http$/],
    ['Digest over http', asking('digest'), 'fail', /hashed \(Digest\)/],
    ['a form over http that is sent over https', asking('form', false), 'fail', /can be changed on the way/],
    ['over https', { ...asking('form'), transport: 'tls', hsts: 31_536_000 }, 'pass', /over https$/],
    ['over https without HSTS', { ...asking('basic'), transport: 'tls' }, 'pass', /without Strict-Transport-Security/],
    [
      'over https with a cookie for both',
      { ...asking('form'), transport: 'tls', hsts: 1, cookies: { count: 1, withoutSecure: 1, withoutHttpOnly: 0, withoutSameSite: 0 } },
      'pass',
      /\(with cookies that lack Secure\)$/,
    ],
    ['a certificate', { ...asking('certificate'), transport: 'tls' }, 'pass', /certificate/],
    ['http only sends on to https', { ...site, front: { status: 301, redirect: 'https-same-host', kind: 'nothing' } }, 'pass', /sends everybody on/],
    ['no login', site, 'not-applicable', /no login/],
  ])('%s', (_, evidence, expected, reason) => {
    expect(verdict(evidence)).toMatchObject({ verdict: expected, reason: expect.stringMatching(reason) });
  });

  it('weighs a hashed password less', () => {
    expect(verdict(asking('digest'))).toMatchObject({ severity: 'medium' });
  });
});
