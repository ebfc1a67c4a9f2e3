import { describe, expect, it } from 'vitest';
import { closedServer, negotiatedOnly, refusedShare, share, smb1Alone, twin, verdictOnSmb, withShares } from '../../test/fixtures/smb-evidence.js';
import type { SmbEvidence } from '../protocols/smb/evidence.js';
import { smbNullSession } from './smb-null-session.js';

describe('callers without a name', () => {
  it.each<[string, SmbEvidence, string, RegExp]>([
    ['lists its shares', withShares(share(), refusedShare), 'fail', /names its 2 shares/],
    ['refuses', closedServer, 'pass', /refuses a caller/],
    ['refuses the list', { ...withShares(), shareList: { answer: 'denied', by: 'anonymous' } }, 'pass', /refuses the list/],
    ['gives the list to guests alone', { ...withShares(share()), shareList: { answer: 'listed', by: 'stranger' } }, 'pass', /refuses the list/],
    ['lets in and breaks off', { ...withShares(), shareList: { answer: 'closed', by: 'anonymous' } }, 'unknown', /could not be seen/],
    ['was not asked', negotiatedOnly, 'unknown', /did not say/],
    ['SMB 1 alone, at touch handshake', smb1Alone, 'unknown', /did not say/],
    ['port 139 beside 445', twin, 'not-applicable', /port 445/],
  ])('%s', (_, evidence, expected, reason) => {
    expect(verdictOnSmb(smbNullSession, evidence)).toMatchObject({ verdict: expected, reason: expect.stringMatching(reason) });
  });
});
