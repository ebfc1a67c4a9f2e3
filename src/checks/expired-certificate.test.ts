import { describe, expect, it } from 'vitest';
import { closedFtp, openFtp, tlsOffer } from '../../test/fixtures/ftp-evidence.js';
import { goodCertificate, goodTls } from '../../test/fixtures/tls-evidence.js';
import { expiredCertificate } from './expired-certificate.js';

const second = 1_000;
const day = 86_400_000;
const { notBefore, notAfter } = goodCertificate;
const judge = (now: number) => expiredCertificate.judge({ tls: goodTls }, { now });

describe('an expired certificate', () => {
  it.each([
    ['on its first moment', notBefore, 'it is valid until 2027-01-01'],
    ['in between', notBefore + 100 * day, 'it is valid until 2027-01-01'],
    ['30 days before its end', notAfter - 30 * day, 'it is valid until 2027-01-01'],
    ['a second less', notAfter - 30 * day + second, 'it is valid, but ends in 29 days, on 2027-01-01: renew it now'],
    ['a day before its end', notAfter - day, 'it is valid, but ends in 1 day, on 2027-01-01: renew it now'],
    ['on its last moment', notAfter, 'it is valid, but ends in less than a day, on 2027-01-01: renew it now'],
  ])('is none %s', (_, now, reason) => {
    expect(judge(now)).toEqual({ verdict: 'pass', reason, because: { notBefore: '2026-01-01', notAfter: '2027-01-01' } });
  });

  it.each([
    ['a second after its end', notAfter + second, 'it ended on 2027-01-01, less than a day ago'],
    ['a year after its end', notAfter + 365 * day, 'it ended on 2027-01-01, 365 days ago'],
    ['a second before its beginning', notBefore - second, 'it is not valid before 2026-01-01, which is less than a day ahead'],
  ])('is one %s', (_, now, reason) => {
    expect(judge(now)).toMatchObject({ verdict: 'fail', reason, because: { notBefore: '2026-01-01', notAfter: '2027-01-01' } });
  });

  it.each([
    ['after AUTH TLS, ended', { ...closedFtp, tls: { ...tlsOffer('offered'), certificate: goodCertificate } }, notAfter + day, 'fail'],
    ['after AUTH TLS, valid', { ...closedFtp, tls: { ...tlsOffer('offered'), certificate: goodCertificate } }, notAfter - 40 * day, 'pass'],
    ['that could not be read', closedFtp, 0, 'unknown'],
    ['that is not there', openFtp(), 0, 'not-applicable'],
  ] as const)('of an FTP server: one %s', (_, ftp, now, verdict) => {
    expect(expiredCertificate.judge({ ftp }, { now })).toMatchObject({ verdict });
  });

  it('is not known without a certificate, nor without readable dates', () => {
    expect(expiredCertificate.judge({ tls: { ...goodTls, certificate: null } }, { now: 0 })).toMatchObject({ verdict: 'unknown' });
    expect(expiredCertificate.judge({ tls: { ...goodTls, certificate: { ...goodCertificate, notAfter: Number.NaN } } }, { now: 0 })).toMatchObject({
      verdict: 'unknown',
    });
  });
});
