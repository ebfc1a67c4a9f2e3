import { describe, expect, it } from 'vitest';
import { closedServer, refusedShare, share, surveyed, unclearShare, verdictOnSmb, withShares } from '../../test/fixtures/smb-evidence.js';
import type { SmbEvidence } from '../protocols/smb/evidence.js';
import { smbGuestWrite } from './smb-guest-write.js';

describe('shares that anyone may change', () => {
  it.each<[string, SmbEvidence, string, RegExp]>([
    [
      'everything',
      withShares(share({ rights: { read: 'yes', create: 'yes', edit: 'yes', delete: 'yes' } })),
      'fail',
      /put files there, change files and delete files/,
    ],
    [
      'a drop box that does not list',
      withShares(share({ access: 'forbidden', content: null, rights: { read: 'no', create: 'yes', edit: 'unknown', delete: 'unknown' } })),
      'fail',
      /put files there;/,
    ],
    ['read-only', withShares(share()), 'pass', /change nothing/],
    ['closed', withShares(refusedShare), 'pass', /nobody in/],
    ['nobody is let in', closedServer, 'pass', /without an account/],
    ['too large to look everywhere', withShares(share({ rights: { read: 'yes', create: 'unknown', edit: 'no', delete: 'no' } })), 'unknown', /not everything/],
    [
      'empty, and nothing may be put there',
      withShares(
        share({
          content: surveyed({ files: { value: 0, basis: 'exact', low: 0, high: 0 } }),
          rights: { read: 'yes', create: 'no', edit: 'unknown', delete: 'unknown' },
        }),
      ),
      'not-applicable',
      /empty/,
    ],
    [
      'over SMB 1 to Samba: the share may be written, its folders do not tell',
      withShares(share({ rights: { read: 'yes', create: 'negotiated', edit: 'no', delete: 'negotiated' } })),
      'unknown',
      /over SMB 1/,
    ],
    ['an error', withShares(unclearShare), 'unknown', /not everything/],
    ['the seventeenth', withShares(share({ access: 'not-tried', content: null })), 'unknown', /others came first/],
  ])('%s', (_, evidence, expected, reason) => {
    expect(verdictOnSmb(smbGuestWrite, evidence)).toMatchObject({ verdict: expected, reason: expect.stringMatching(reason) });
  });
});
