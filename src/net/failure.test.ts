/** What Node says about a socket → our outcome, before and after the connection stood. */
import { describe, expect, it } from 'vitest';
import { ConnectionFailure } from '../model/connection.js';
import { toFailure } from './failure.js';

const coded = (code: string | undefined) => Object.assign(new Error('the words of the system'), code === undefined ? {} : { code });

describe('toFailure', () => {
  it.each<[string | undefined, string, string, boolean?]>([
    // code, while connecting, afterwards
    // A reset comes from a port that took the connection: a closed one refuses
    ['ECONNRESET', 'closed', 'closed', true],
    ['ECONNREFUSED', 'refused', 'closed'],
    ['EHOSTUNREACH', 'unreachable', 'closed'],
    ['ENETUNREACH', 'unreachable', 'closed'],
    ['EHOSTDOWN', 'unreachable', 'closed'],
    ['ENETDOWN', 'unreachable', 'closed'],
    ['EADDRNOTAVAIL', 'unreachable', 'closed'],
    ['EACCES', 'unreachable', 'closed'],
    ['EPERM', 'unreachable', 'closed'],
    ['EINVAL', 'unreachable', 'closed'],
    ['ETIMEDOUT', 'timed-out', 'timed-out'],
    ['EPIPE', 'closed', 'closed'],
    // Our own shortages say nothing about the peer
    ['EMFILE', 'crashed', 'crashed'],
    ['ENFILE', 'crashed', 'crashed'],
    ['ENOBUFS', 'crashed', 'crashed'],
    ['ENOMEM', 'crashed', 'crashed'],
    ['ESOMETHINGNEW', 'closed', 'closed'],
    [undefined, 'closed', 'closed'],
  ])('%s is %s while connecting and %s afterwards', (code, before, after, open = false) => {
    const early = toFailure(coded(code), { connected: false, spoke: false });
    const late = toFailure(coded(code), { connected: true, spoke: true });
    expect([early.outcome, early.connected, early.spoke]).toEqual([before, open, false]);
    expect([late.outcome, late.connected, late.spoke]).toEqual([after, true, true]);
  });

  it.each([
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'certificate_required'],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'handshake_failure'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'protocol_version'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', undefined],
  ])('%s carries the alert %s', (code, alert) => {
    const failure = toFailure(coded(code), { connected: true, spoke: true });
    expect([failure.outcome, failure.alert]).toEqual(['closed', alert]);
  });

  it('tells a reset from an orderly end, and what to do about a shortage', () => {
    expect(toFailure(coded('ECONNRESET'), { connected: true, spoke: false }).message).toContain('reset');
    expect(toFailure(coded('EMFILE'), { connected: false, spoke: false }).message).toContain('--concurrency');
  });

  it('repeats no words of the system or the peer', () => {
    for (const code of ['ECONNREFUSED', 'EHOSTUNREACH', 'EMFILE', 'ECONNRESET', undefined])
      expect(toFailure(coded(code), { connected: false, spoke: false }).message).not.toContain('the words');
  });

  it('passes our own failures through', () => {
    const own = new ConnectionFailure('over-limit', 'ours');
    expect(toFailure(own, { connected: true, spoke: true })).toBe(own);
  });
});
