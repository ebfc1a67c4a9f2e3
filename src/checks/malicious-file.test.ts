import { describe, expect, it } from 'vitest';
import { server } from '../../test/fixtures/nfs-evidence.js';
import { closedShare, openShare, unseenShare } from '../../test/fixtures/shares.js';
import { closedServer, twin } from '../../test/fixtures/smb-evidence.js';
import { maliciousRules } from '../content/malicious-rules.js';
import type { SubjectVerdict } from '../model/check.js';
import type { SuspiciousFile } from '../model/content-survey.js';
import type { Share } from '../model/share.js';
import type { RsyncEvidence } from '../protocols/rsync/evidence.js';
import { maliciousFile } from './malicious-file.js';

const rsync = (...modules: readonly Share[]): RsyncEvidence => ({
  transport: 'plain',
  protocol: 32,
  digests: [],
  listing: 'listed',
  moduleCount: modules.length,
  modules,
});
const verdicts = (...shares: readonly Share[]) => maliciousFile.judge({ rsync: rsync(...shares) }, { now: 0 }) as readonly SubjectVerdict[];
const file = (rule: string, name: string): SuspiciousFile => ({ rule, name, depth: 1, size: 9_000 });
const holding = (...suspicious: readonly SuspiciousFile[]): Share => openShare({ suspicious, suspiciousCount: suspicious.length });
const dropper = file('nas-miner-dropper', 'photo.scr');
const autorun = file('autorun-on-medium', 'autorun.inf');

describe('what strangers left', () => {
  it.each<[string, Share, string, string | undefined, RegExp]>([
    [
      'a dropper',
      holding(dropper),
      'fail',
      'critical',
      /^1 file on it: photo\.scr \(named like the program that a mining worm leaves.*Only a look at the files/,
    ],
    ['the gravest first', holding(autorun, dropper), 'fail', 'critical', /^2 files on it: photo\.scr .*; autorun\.inf /],
    ['the autorun of a patient CD alone', holding(autorun), 'unknown', undefined, /usual there.*not looked at/],
    ['a form', holding(file('double-extension', 'x.pdf.exe')), 'fail', 'high', /x\.pdf\.exe/],
    ['in what was listed', openShare({ suspicious: [dropper], suspiciousCount: 1, ended: 'budget' }), 'fail', 'critical', /among what was listed/],
    ['a rule that is gone', holding(file('retired', 'x')), 'fail', 'medium', /^1 file/],
    ['nothing, all listed', openShare(), 'pass', undefined, /none of its 14 entries/],
    ['nothing in a part', openShare({ ended: 'budget' }), 'unknown', undefined, /others were not listed/],
    ['nothing before it hung up', openShare({ ended: 'cut-off' }), 'unknown', undefined, /others were not listed/],
    ['not looked at', unseenShare, 'unknown', undefined, /not looked at/],
    ['closed', closedShare, 'not-applicable', undefined, /nothing of it/],
  ])('%s', (_, share, verdict, severity, reason) => {
    const judged = verdicts(share)[0]?.verdict;
    expect(judged).toMatchObject({ verdict, reason: expect.stringMatching(reason) });
    expect(judged && 'severity' in judged ? judged.severity : undefined).toBe(severity);
  });

  it('has words for every rule', () => {
    for (const { id, severity } of maliciousRules) {
      const expected = severity === 'low' ? { verdict: 'unknown' } : { verdict: 'fail', severity };
      expect(verdicts(holding(file(id, 'x')))[0]?.verdict).toMatchObject({ ...expected, because: { [id]: 1 } });
    }
  });

  it('judges each share by itself, over whatever it was offered', () => {
    expect(verdicts(holding(dropper), { ...closedShare, number: 2 }).map(({ subject, verdict }) => [subject, verdict.verdict])).toEqual([
      ['1', 'fail'],
      ['2', 'not-applicable'],
    ]);
    for (const evidence of [{ smb: closedServer }, { smb: twin }, { nfs: { ...server(), role: 'portmapper' as const } }, { rsync: rsync() }, {}]) {
      expect(maliciousFile.judge(evidence, { now: 0 })).toMatchObject({ verdict: 'not-applicable' });
    }
  });
});
