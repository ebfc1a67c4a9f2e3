import { describe, expect, it } from 'vitest';
import { daemon, noRights, surveyed, verdictOnRsync } from '../../test/fixtures/ftp-evidence.js';
import { unknownRights } from '../model/rights.js';
import type { RsyncEvidence } from '../protocols/rsync/evidence.js';
import { openRsyncModule } from './open-rsync-module.js';

describe('modules', () => {
  it.each<[string, RsyncEvidence, string, RegExp, string?]>([
    ['with images', daemon({}), 'fail', /gives anyone its files: exactly 12 files, of which exactly 10 images$/],
    ['with other files', daemon({ content: surveyed(3, 0) }), 'fail', /3 files/, 'medium'],
    ['that is empty', daemon({ content: surveyed(0, 0) }), 'fail', /exactly 0 files/, 'low'],
    ['that lists nothing', daemon({ rights: { ...noRights, read: 'no' }, content: null }), 'fail', /lists nothing/, 'medium'],
    ['that could not be listed', daemon({ rights: unknownRights, content: null }), 'fail', /could not be listed/, 'high'],
    ['with a password', daemon({ access: 'login', rights: noRights, content: null }), 'pass', /password/],
    ['that refuses', daemon({ access: 'forbidden', rights: noRights, content: null }), 'pass', /refuses this computer/],
    ['that answers neither', daemon({ access: 'unclear', content: null }), 'unknown', /neither/],
    ['that was not asked', daemon({ access: 'not-tried', content: null }), 'unknown', /others came first/],
    ['none, or hidden', daemon(), 'unknown', /one that it hides/],
    ['not listed', { ...daemon(), listing: 'refused' }, 'unknown', /does not tell/],
    ['not asked for', { ...daemon(), listing: 'not-tried' }, 'unknown', /not asked for/],
  ])('%s', (_, evidence, expected, reason, severity) => {
    const judged = verdictOnRsync(openRsyncModule, evidence);
    expect(judged).toMatchObject({ verdict: expected, reason: expect.stringMatching(reason) });
    expect(judged && 'severity' in judged ? judged.severity : undefined).toBe(severity);
  });

  it('have a verdict each, by number', () => {
    const judged = openRsyncModule.judge({ rsync: daemon({}, { access: 'login' }) }, { now: 0 });
    expect(judged).toMatchObject([{ subject: '1' }, { subject: '2', verdict: { verdict: 'pass' } }]);
  });
});
