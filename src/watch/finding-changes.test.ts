import { describe, expect, it } from 'vitest';
import type { ChangedFinding, FindingChanges } from '../model/change.js';
import { findingChanges, noFindingChanges } from './finding-changes.js';
import type { SnapshotFinding } from './snapshot.js';

type Verdicts = readonly (readonly [check: string, verdict: SnapshotFinding['verdict'], subject?: string])[];
const findings = (verdicts: Verdicts): readonly SnapshotFinding[] => verdicts.map(([check, verdict, subject = '']) => ({ check, subject, verdict }));

describe('findingChanges', () => {
  it.each<[what: string, then: Verdicts, now: Verdicts, changes: Partial<Record<keyof FindingChanges, readonly string[]>>]>([
    ['nothing in either', [], [], {}],
    ['fails as it did', [['a', 'fail']], [['a', 'fail']], {}],
    ['passed, fails', [['a', 'pass']], [['a', 'fail']], { opened: ['a'] }],
    ['did not apply, fails', [['a', 'not-applicable']], [['a', 'fail']], { opened: ['a'] }],
    ['could not be learnt, fails', [['a', 'unknown']], [['a', 'fail']], { firstSeen: ['a'] }],
    [
      'was not judged, as before the check was written, fails',
      [['b', 'pass']],
      [
        ['b', 'pass'],
        ['a', 'fail'],
      ],
      { firstSeen: ['a'] },
    ],
    ['failed, passes', [['a', 'fail']], [['a', 'pass']], { closed: ['a'] }],
    ['failed, does not apply any more', [['a', 'fail']], [['a', 'not-applicable']], { closed: ['a'] }],
    ['failed, could not be learnt', [['a', 'fail']], [['a', 'unknown']], { unclear: ['a'] }],
    ['failed, is not judged, as at a lower touch', [['a', 'fail']], [], { unclear: ['a'] }],
    [
      'a share that went',
      [
        ['a', 'fail', '1'],
        ['a', 'fail', '2'],
      ],
      [['a', 'fail', '1']],
      { closed: ['a 2'] },
    ],
    [
      'a share that went while another kept silent',
      [
        ['a', 'fail', '1'],
        ['a', 'fail', '2'],
      ],
      [['a', 'unknown', '1']],
      { unclear: ['a 1', 'a 2'] },
    ],
    [
      'a share that came',
      [['a', 'pass', '1']],
      [
        ['a', 'pass', '1'],
        ['a', 'fail', '2'],
      ],
      { opened: ['a 2'] },
    ],
    [
      'a share that came in front of others: numbers move on, and the one that failed fails under the next',
      [
        ['a', 'pass', '1'],
        ['a', 'fail', '2'],
      ],
      [
        ['a', 'pass', '1'],
        ['a', 'pass', '2'],
        ['a', 'fail', '3'],
      ],
      { firstSeen: ['a 3'], unclear: ['a 2'] },
    ],
    [
      'a share that went in front of others',
      [
        ['a', 'pass', '1'],
        ['a', 'pass', '2'],
        ['a', 'fail', '3'],
      ],
      [
        ['a', 'pass', '1'],
        ['a', 'fail', '2'],
      ],
      { firstSeen: ['a 2'], unclear: ['a 3'] },
    ],
    [
      'two shares that changed places in what they allow, none came or went',
      [
        ['a', 'pass', '1'],
        ['a', 'fail', '2'],
      ],
      [
        ['a', 'fail', '1'],
        ['a', 'pass', '2'],
      ],
      { opened: ['a 1'], closed: ['a 2'] },
    ],
    [
      'doors, which have paths for names',
      [['a', 'fail', '/x']],
      [
        ['a', 'pass', '/x'],
        ['a', 'fail', '/y'],
      ],
      { opened: ['a /y'], closed: ['a /x'] },
    ],
    ['a share that came where shares were not known', [['a', 'unknown']], [['a', 'fail', '2']], { firstSeen: ['a 2'] }],
  ])('%s', (_what, then, now, changes) => {
    const lists: FindingChanges = findingChanges(findings(then), findings(now));
    const named = Object.fromEntries(
      (Object.entries(lists) as [string, readonly ChangedFinding[]][]).map(([list, own]) => [
        list,
        own.map(({ check, subject }) => `${check} ${subject}`.trim()),
      ]),
    );
    expect(named).toEqual({ ...noFindingChanges, ...changes });
  });
});
