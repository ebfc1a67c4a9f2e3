import { describe, expect, it } from 'vitest';
import { daemon, noRights, readOnly, verdictOnRsync } from '../../test/fixtures/ftp-evidence.js';
import type { RsyncEvidence } from '../protocols/rsync/evidence.js';
import { openRsyncWrite } from './open-rsync-write.js';

describe('modules that take files', () => {
  it.each<[string, RsyncEvidence, string, RegExp, string?]>([
    ['ready', daemon({ rights: { read: 'yes', create: 'negotiated', edit: 'negotiated', delete: 'negotiated' } }), 'fail', /none was sent/, 'high'],
    ['granted', daemon({ rights: { ...readOnly, create: 'yes' } }), 'fail', /takes files from anyone$/],
    ['read-only', daemon({ rights: readOnly }), 'pass', /read-only/],
    ['with a password', daemon({ access: 'login', rights: noRights }), 'pass', /password/],
    ['not learnt', daemon({}), 'unknown', /could not be learnt/],
    ['hidden', daemon(), 'unknown', /one that it hides/],
  ])('%s', (_, evidence, expected, reason, severity) => {
    const judged = verdictOnRsync(openRsyncWrite, evidence);
    expect(judged).toMatchObject({ verdict: expected, reason: expect.stringMatching(reason) });
    expect(judged && 'severity' in judged ? judged.severity : undefined).toBe(severity);
  });
});
