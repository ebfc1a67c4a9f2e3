import { describe, expect, it } from 'vitest';
import { folder } from '../../test/fixtures/folders.js';
import type { LocalFolder, YaraScan } from '../model/local-folder.js';
import { yaraMatch } from './yara-match.js';

const scan = (more: Partial<YaraScan> = {}, ended: 'whole' | 'budget' = 'whole'): LocalFolder =>
  folder({ yara: { rules: {}, matched: 0, scanned: 12, tooLarge: 0, leftOut: 0, ...more } }, { ended });
const many = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((rule, at) => [rule, at + 1]));

describe('what YARA says', () => {
  it.each<[string, LocalFolder, string, RegExp]>([
    ['two files', scan({ rules: { dropper: 1, miner: 2 }, matched: 2 }), 'fail', /^2 of 12 files match: miner \(2\) and dropper \(1\)$/],
    ['many rules', scan({ rules: many, matched: 9 }), 'fail', /: g \(7\), f \(6\), e \(5\), d \(4\), c \(3\) and 2 other rules$/],
    ['none', scan(), 'pass', /none of its 12 files/],
    ['none, but some were too large', scan({ tooLarge: 1, leftOut: 2 }), 'unknown', /; 1 were too large and 2 were left out/],
    ['none of those that were listed', scan({}, 'budget'), 'unknown', /; others were not listed$/],
    [
      'none, but a folder could not be looked into',
      { ...scan(), notSeen: { refused: 0, failed: 1, vanished: 0, otherFileSystems: 0 } },
      'unknown',
      /; others could not be looked at$/,
    ],
    ['an empty folder', scan({ scanned: 0 }), 'not-applicable', /no file/],
    ['not asked', folder(), 'not-applicable', /no YARA rules were given/],
  ])('%s', (_, files, verdict, reason) => {
    expect(yaraMatch.judge({ files }, { now: 0 })).toMatchObject({ verdict, reason: expect.stringMatching(reason) });
  });
});
