import { describe, expect, it } from 'vitest';
import { closedServer, smb1Alone, verdictOnSmb } from '../../test/fixtures/smb-evidence.js';
import type { SmbEvidence } from '../protocols/smb/evidence.js';
import { smb1Enabled } from './smb1-enabled.js';

describe('SMB 1', () => {
  it.each<[string, SmbEvidence, string, RegExp]>([
    ['taken beside newer versions', { ...closedServer, smb1: { answer: 'accepted', signing: 'enabled', session: 'granted' } }, 'fail', /beside newer/],
    ['nothing newer', smb1Alone, 'fail', /nothing newer/],
    ['answered and not chosen', closedServer, 'pass', /takes none of it/],
    ['hung up over, where newer versions are answered', { ...closedServer, smb1: { ...closedServer.smb1, answer: 'closed' } }, 'pass', /hangs up/],
    ['hung up over, where nothing else is', { ...smb1Alone, smb1: { ...smb1Alone.smb1, answer: 'closed' } }, 'unknown', /did not answer/],
    ['silence', { ...closedServer, smb1: { ...closedServer.smb1, answer: 'no-answer' } }, 'unknown', /did not answer/],
  ])('%s', (_, evidence, expected, reason) => {
    expect(verdictOnSmb(smb1Enabled, evidence)).toMatchObject({ verdict: expected, reason: expect.stringMatching(reason) });
  });
});
