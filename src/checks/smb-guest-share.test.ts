import { describe, expect, it } from 'vitest';
import {
  closedServer,
  negotiatedOnly,
  refusedShare,
  share,
  smb1Alone,
  surveyed,
  twin,
  unclearShare,
  verdictOnSmb,
  withShares,
} from '../../test/fixtures/smb-evidence.js';
import type { SmbEvidence } from '../protocols/smb/evidence.js';
import { smbGuestShare } from './smb-guest-share.js';

describe('shares that anyone may look into', () => {
  it.each<[string, SmbEvidence, string, RegExp]>([
    ['open to guests', withShares(share()), 'fail', /any guest its files: exactly 12 files, of which exactly 10 images/],
    ['open without a name', withShares(share({ openedBy: 'anonymous' })), 'fail', /caller without a name/],
    ['lists, and gives out no file', withShares(share({ rights: { read: 'no', create: 'no', edit: 'no', delete: 'no' } })), 'fail', /no file/],
    ['closed', withShares(refusedShare), 'pass', /nobody in/],
    ['an account is demanded', withShares(share({ access: 'login', content: null })), 'pass', /nobody in/],
    ['an error', withShares(unclearShare), 'unknown', /neither/],
    ['the seventeenth', withShares(share({ access: 'not-tried', content: null })), 'unknown', /others came first/],
    ['nobody is let in', closedServer, 'pass', /without an account/],
    ['lets in and shares nothing', withShares(), 'pass', /shares no folder/],
    ['does not name its shares', { ...withShares(), shareList: { answer: 'denied', by: 'anonymous' } }, 'unknown', /does not name/],
    ['SMB 1 alone, at touch handshake', smb1Alone, 'unknown', /nobody tried/],
    ['nobody tried', negotiatedOnly, 'unknown', /nobody tried/],
    ['port 139 beside 445', twin, 'not-applicable', /port 445/],
  ])('%s', (_, evidence, expected, reason) => {
    expect(verdictOnSmb(smbGuestShare, evidence)).toMatchObject({ verdict: expected, reason: expect.stringMatching(reason) });
  });

  it.each([
    ['images', surveyed(), undefined],
    ['a backup', surveyed({ byKind: { backup: surveyed().files }, images: { value: 0, basis: 'exact', low: 0, high: 0 } }), undefined],
    ['documents', surveyed({ byKind: { report: surveyed().files }, images: { value: 0, basis: 'exact', low: 0, high: 0 } }), 'medium'],
    ['nothing', surveyed({ byKind: {}, files: { value: 0, basis: 'exact', low: 0, high: 0 }, images: { value: 0, basis: 'exact', low: 0, high: 0 } }), 'low'],
    ['what was not counted', null, 'high'],
  ])('weighs %s', (_, content, severity) => {
    const judged = verdictOnSmb(smbGuestShare, withShares(share({ content })));
    expect(judged && 'severity' in judged ? judged.severity : undefined).toBe(severity);
  });

  it('judges every share under its number, and folders alone', () => {
    const judged = smbGuestShare.judge({ smb: withShares(share(), share({ number: 2, kind: 'ipc' }), share({ number: 3 })) }, { now: 0 });
    expect('verdict' in judged ? [] : judged.map(({ subject }) => subject)).toEqual(['1', '3']);
  });
});
