import { describe, expect, it } from 'vitest';
import { closedServer, smb1Alone, verdictOnSmb } from '../../test/fixtures/smb-evidence.js';
import type { SmbEvidence } from '../protocols/smb/evidence.js';
import { smbSigningNotRequired } from './smb-signing-not-required.js';

describe('signatures', () => {
  it.each<[string, SmbEvidence, string, RegExp]>([
    ['demanded', closedServer, 'pass', /demands signatures/],
    ['offered', { ...closedServer, signing: 'enabled' }, 'fail', /of nobody/],
    ['not offered', smb1Alone, 'fail', /does not sign/],
    ['demanded, but not over SMB 1', { ...closedServer, smb1: { answer: 'accepted', signing: 'enabled', session: 'granted' } }, 'fail', /but not over SMB 1/],
    ['demanded over both', { ...closedServer, smb1: { answer: 'accepted', signing: 'required', session: 'refused' } }, 'pass', /demands/],
    ['nothing said', { ...closedServer, signing: 'unknown' }, 'unknown', /did not say/],
  ])('%s', (_, evidence, expected, reason) => {
    expect(verdictOnSmb(smbSigningNotRequired, evidence)).toMatchObject({ verdict: expected, reason: expect.stringMatching(reason) });
  });
});
