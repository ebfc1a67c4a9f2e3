import { describe, expect, it } from 'vitest';
import { goodTls } from '../../test/fixtures/tls-evidence.js';
import type { TlsEvidence, TlsVersion } from '../protocols/tls/evidence.js';
import { outdatedTls } from './outdated-tls.js';

const judge = (change: Partial<TlsEvidence>) => outdatedTls.judge({ tls: { ...goodTls, ...change } }, { now: 0 });
const versions = (change: Partial<Record<TlsVersion, TlsEvidence['versions'][TlsVersion]>>) => ({ versions: { ...goodTls.versions, ...change } });
const weak = (suite: string) => ({ weakSuites: { offer: 'offered', suite } as const });
const allRefused = versions({ 'TLSv1.2': 'refused', 'TLSv1.3': 'refused' });

describe('outdated TLS', () => {
  it('passes where everything old and weak was refused', () => {
    expect(judge({})).toEqual({
      verdict: 'pass',
      reason: 'it accepts TLSv1.2 and TLSv1.3 and refused everything older and weaker',
      because: { offered: ['TLSv1.2', 'TLSv1.3'], weakSuite: null, weakSuites: 'refused' },
    });
  });

  it.each<[string, Partial<TlsEvidence>, string, string]>([
    ['SSLv3', versions({ SSLv3: 'offered' }), 'it accepts SSLv3', 'high'],
    ['TLS 1.0 and 1.1', versions({ 'TLSv1.0': 'offered', 'TLSv1.1': 'offered' }), 'it accepts TLSv1.0 and TLSv1.1', 'medium'],
    [
      'nothing but TLS 1.0',
      { ...allRefused, ...versions({ 'TLSv1.0': 'offered', 'TLSv1.2': 'refused', 'TLSv1.3': 'refused' }) },
      'it accepts TLSv1.0',
      'medium',
    ],
    ['a suite without encryption', weak('TLS_RSA_WITH_NULL_SHA'), 'it accepts TLS_RSA_WITH_NULL_SHA', 'high'],
    ['a suite without authentication', weak('TLS_DH_anon_WITH_AES_128_CBC_SHA'), 'it accepts TLS_DH_anon_WITH_AES_128_CBC_SHA', 'high'],
    ['an export suite', weak('TLS_RSA_EXPORT_WITH_RC4_40_MD5'), 'it accepts TLS_RSA_EXPORT_WITH_RC4_40_MD5', 'high'],
    ['3DES', weak('TLS_RSA_WITH_3DES_EDE_CBC_SHA'), 'it accepts TLS_RSA_WITH_3DES_EDE_CBC_SHA', 'medium'],
    [
      'TLS 1.1 and RC4',
      { ...versions({ 'TLSv1.1': 'offered' }), ...weak('TLS_RSA_WITH_RC4_128_SHA') },
      'it accepts TLSv1.1 and TLS_RSA_WITH_RC4_128_SHA',
      'medium',
    ],
    ['TLS 1.0, whatever was not answered besides', versions({ 'TLSv1.0': 'offered', SSLv3: 'no-answer' }), 'it accepts TLSv1.0', 'medium'],
  ])('fails: %s', (_, change, reason, severity) => {
    expect(judge(change)).toMatchObject({ verdict: 'fail', reason, severity });
  });

  it.each<[string, Partial<TlsEvidence>, string]>([
    ['silence on one old version', versions({ SSLv3: 'no-answer' }), 'it did not say clearly whether it accepts SSLv3'],
    ['one was not tried', versions({ 'TLSv1.1': 'not-tried', 'TLSv1.0': 'not-tried' }), 'it did not say clearly whether it accepts TLSv1.0 and TLSv1.1'],
    ['silence on the weak suites', { weakSuites: { offer: 'no-answer', suite: null } }, 'it did not say clearly whether it accepts weak cipher suites'],
    [
      'everything refused: then a refusal says nothing',
      allRefused,
      'it refused every version that was offered, so its refusals say nothing about the old ones',
    ],
  ])('is unknown: %s', (_, change, reason) => {
    expect(judge(change)).toMatchObject({ verdict: 'unknown', reason });
  });
});
