import { describe, expect, it } from 'vitest';
import { closedServer, negotiatedOnly, share, smb1Alone, twin, verdictOnSmb, withShares } from '../../test/fixtures/smb-evidence.js';
import type { SmbEvidence } from '../protocols/smb/evidence.js';
import { smbEncryptionNotRequired } from './smb-encryption-not-required.js';

describe('encryption', () => {
  it.each<[string, SmbEvidence, string, RegExp]>([
    ['demanded', closedServer, 'pass', /demands encryption/],
    ['a share was given out in the clear', withShares(share()), 'fail', /in the clear/],
    ['none', { ...closedServer, dialect: '2.1', encryption: { capable: false, cipher: null, required: 'no' } }, 'fail', /cannot encrypt/],
    ['SMB 1 alone', smb1Alone, 'fail', /SMB 1 alone/],
    ['demanded, but SMB 1 is taken', { ...closedServer, smb1: { answer: 'accepted', signing: 'enabled', session: 'refused' } }, 'fail', /takes SMB 1/],
    ['nobody was let in to see', negotiatedOnly, 'unknown', /may log in/],
    ['no version was agreed on', { ...closedServer, dialect: null }, 'unknown', /did not say/],
    ['port 139 beside 445', twin, 'not-applicable', /port 445/],
  ])('%s', (_, evidence, expected, reason) => {
    expect(verdictOnSmb(smbEncryptionNotRequired, evidence)).toMatchObject({ verdict: expected, reason: expect.stringMatching(reason) });
  });
});
