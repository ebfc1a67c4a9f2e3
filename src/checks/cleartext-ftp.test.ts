import { describe, expect, it } from 'vitest';
import { closedFtp, openFtp, tlsOffer, verdictOnFtp } from '../../test/fixtures/ftp-evidence.js';
import type { FtpEvidence } from '../protocols/ftp/evidence.js';
import { cleartextFtp } from './cleartext-ftp.js';

const implicit: FtpEvidence = { ...closedFtp, transport: 'tls', tls: tlsOffer('implicit'), clearLogin: 'not-tried' };

describe('what travels in the clear', () => {
  it.each<[string, FtpEvidence, string, RegExp, string?]>([
    ['everything', openFtp(), 'fail', /offers no TLS: every password/],
    ['files only', openFtp({}, { clearLogin: 'anonymous-only' }), 'fail', /takes no passwords/, 'medium'],
    ['everything, seen at a handshake', { ...closedFtp, tls: tlsOffer('refused'), clearLogin: 'not-tried' }, 'fail', /offers no TLS/],
    ['what a client likes', { ...closedFtp, clearLogin: 'taken' }, 'fail', /in the clear as well/, 'medium'],
    ['files for anyone', openFtp({}, { tls: tlsOffer('offered'), clearLogin: 'tls-first' }), 'fail', /to anonymous callers/, 'medium'],
    ['files, for they cannot be protected', { ...closedFtp, dataProtection: 'refused' }, 'fail', /refuses TLS for files/, 'medium'],
    ['nothing', closedFtp, 'pass', /demands TLS before a name, and agrees/],
    ['nothing, as files showed', { ...closedFtp, dataProtection: 'works' }, 'pass', /files came over TLS/],
    ['nothing, on its own port', implicit, 'pass', /from the first byte/],
    ['perhaps files', { ...closedFtp, dataProtection: 'failed' }, 'unknown', /could not be seen/],
    ['unknown: it refuses without a reason', { ...closedFtp, clearLogin: 'refused' }, 'unknown', /whether it demands it could not be seen/],
    ['unknown: TLS is demanded and not to be had', { ...closedFtp, tls: tlsOffer('refused') }, 'unknown', /and refuses it/],
    ['unknown: the handshake broke', { ...closedFtp, tls: tlsOffer('broken'), clearLogin: 'tls-first' }, 'unknown', /no handshake came about/],
    ['unknown: no answer', { ...closedFtp, tls: tlsOffer('no-answer') }, 'unknown', /did not answer/],
    ['unknown: only greeted', { ...closedFtp, clearLogin: 'not-tried', dataProtection: 'not-tried' }, 'unknown', /was not asked/],
    ['unknown: busy', { ...closedFtp, greeting: 'busy' }, 'unknown', /no caller/],
  ])('%s', (_, evidence, expected, reason, severity) => {
    const judged = verdictOnFtp(cleartextFtp, evidence);
    expect(judged).toMatchObject({ verdict: expected, reason: expect.stringMatching(reason) });
    expect(judged && 'severity' in judged ? judged.severity : undefined).toBe(severity);
  });
});
