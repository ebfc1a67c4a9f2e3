import { describe, expect, it } from 'vitest';
import { closedFtp, loginAnswers, openFtp, surveyed, verdictOnFtp } from '../../test/fixtures/ftp-evidence.js';
import { exactly } from '../model/exposure.js';
import type { FtpEvidence } from '../protocols/ftp/evidence.js';
import { anonymousFtpLogin } from './anonymous-ftp-login.js';

describe('anonymous callers', () => {
  it.each<[string, FtpEvidence, string, RegExp]>([
    ['are shown images', openFtp(), 'fail', /lists what is there: exactly 12 files, of which exactly 10 images$/],
    ['are let in over TLS', { ...openFtp(), anonymous: { direct: 'tls-first', overTls: 'accepted' } }, 'fail', /lets anyone in/],
    ['see no folder', openFtp({ access: 'forbidden', content: null }), 'fail', /shows them no folder/],
    ['could not list', openFtp({ access: 'unclear', content: null }), 'fail', /could not be listed/],
    ['and the connection ended', openFtp({}, { shares: [] }), 'fail', /could not be listed/],
    ['are refused inside TLS', closedFtp, 'pass', /without an account/],
    ['are refused', loginAnswers('refused'), 'pass', /without an account/],
    ['are told so by the greeting', loginAnswers('announced-refused'), 'pass', /greeting/],
    ['met TLS that did not come about', loginAnswers('tls-first'), 'unknown', /inside TLS/],
    ['came while it was busy', loginAnswers('busy'), 'unknown', /busy/],
    ['were turned away by the greeting', { ...closedFtp, greeting: 'busy' }, 'unknown', /no caller/],
    ['got no answer', loginAnswers('no-answer'), 'unknown', /did not answer/],
    ['did not try', loginAnswers('not-tried'), 'unknown', /nobody tried/],
  ])('%s', (_, evidence, expected, reason) => {
    expect(verdictOnFtp(anonymousFtpLogin, evidence)).toMatchObject({ verdict: expected, reason: expect.stringMatching(reason) });
  });

  it.each([
    ['images', surveyed(12, 10), undefined],
    ['a database', surveyed(1, 0, { database: exactly(1) }), undefined],
    ['other files', surveyed(3, 0), 'medium'],
    ['nothing', surveyed(0, 0), 'low'],
    ['what was not counted', null, 'high'],
  ])('weigh %s', (_, content, severity) => {
    const judged = verdictOnFtp(anonymousFtpLogin, openFtp({ content }));
    expect(judged && 'severity' in judged ? judged.severity : undefined).toBe(severity);
  });
});
