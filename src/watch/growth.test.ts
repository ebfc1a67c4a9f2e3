import { describe, expect, it } from 'vitest';
import { atLeast, type Estimate, exactly } from '../model/exposure.js';
import { daysBetween, type Figure, growthOf } from './growth.js';

const day = 86_400_000;
const start = Date.UTC(2026, 10, 21, 1, 15);
const about = (value: number, low: number, high: number): Estimate => ({ value, basis: 'estimate', low, high });
const figure = (estimate: Estimate | null, days = 0, source: string | null = 'c-find'): Figure => ({ estimate, at: start + days * day, source });

describe('growthOf', () => {
  it.each<[what: string, then: Figure, now: Figure, change: Estimate | null, perDay: Estimate | null, unsaid: RegExp | null]>([
    ['exact, three days apart', figure(exactly(10_000)), figure(exactly(13_720), 3), exactly(3_720), exactly(1_240), null],
    ['exact, a fraction a day', figure(exactly(10)), figure(exactly(11), 3), exactly(1), exactly(0.33), null],
    ['exact, half a day', figure(exactly(10)), figure(exactly(20), 0.5), exactly(10), exactly(20), null],
    ['a figure that stands still', figure(exactly(10)), figure(exactly(10), 7), exactly(0), exactly(0), null],
    ['an archive that shrank', figure(exactly(10_000)), figure(exactly(9_300), 7), exactly(-700), exactly(-100), null],
    ['an archive that was emptied', figure(exactly(700)), figure(exactly(0), 7), exactly(-700), exactly(-100), null],
    [
      'estimates whose intervals are apart',
      figure(about(1_000, 900, 1_100)),
      figure(about(3_000, 2_800, 3_200), 10),
      about(2_000, 1_700, 2_300),
      about(200, 170, 230),
      null,
    ],
    [
      'an estimate after an exact figure',
      figure(exactly(1_000)),
      figure(about(3_000, 2_800, 3_200), 10),
      about(2_000, 1_800, 2_200),
      about(200, 180, 220),
      null,
    ],
    [
      'estimates that shrank',
      figure(about(3_000, 2_800, 3_200)),
      figure(about(1_000, 900, 1_100), 10),
      about(-2_000, -2_300, -1_700),
      about(-200, -230, -170),
      null,
    ],
    ['estimates whose intervals overlap', figure(about(1_000, 900, 1_100)), figure(about(1_200, 1_100, 1_300), 10), null, null, /overlap/],
    ['an exact figure inside the interval of then', figure(about(1_000, 900, 1_100)), figure(exactly(1_050), 10), null, null, /overlap/],
    ['a bound then', figure(atLeast(5_000)), figure(exactly(9_000), 3), null, null, /lower bound/],
    ['a bound now', figure(exactly(5_000)), figure(atLeast(9_000), 3), null, null, /lower bound/],
    ['two bounds, the later under a larger budget', figure(atLeast(5_000)), figure(atLeast(50_000), 3), null, null, /lower bound/],
    ['two equal bounds', figure(atLeast(5_000)), figure(atLeast(5_000), 3), null, null, /lower bound/],
    ['an estimate without an upper end', figure({ value: 5, basis: 'estimate', low: 5, high: null }), figure(exactly(9), 3), null, null, /lower bound/],
    ['not counted then, as at touch handshake', figure(null), figure(exactly(9), 3), null, null, /not counted then/],
    ['not counted now, as behind a login', figure(exactly(9)), figure(null, 3), null, null, /not be counted now/],
    ['counted by other means', figure(exactly(9)), figure(exactly(12), 3, 'qido'), null, null, /other means/],
    ['the means of one are not told', figure(exactly(9), 0, null), figure(exactly(12), 3), exactly(3), exactly(1), null],
    ['the clock was put back between', figure(exactly(9), 3), figure(exactly(12)), null, null, /which figure is the earlier/],
    ['a time is missing', { ...figure(exactly(9)), at: null }, figure(exactly(12)), null, null, /which figure is the earlier/],
    ['no time between', figure(exactly(9)), figure(exactly(12)), exactly(3), null, /less than an hour/],
    ['59 minutes between', figure(exactly(9)), figure(exactly(12), 59 / 1440), exactly(3), null, /less than an hour/],
    ['an hour between', figure(exactly(9)), figure(exactly(12), 1 / 24), exactly(3), exactly(72), null],
  ])('%s', (_what, then, now, change, perDay, unsaid) => {
    const growth = growthOf(then, now);
    expect(growth?.change).toEqual(change);
    expect(growth?.perDay).toEqual(perDay);
    if (unsaid === null) expect(growth?.unsaid).toBeNull();
    else expect(growth?.unsaid).toMatch(unsaid);
  });

  it('is nothing where no scan knows a figure', () => {
    expect(growthOf(figure(null), figure(null, 3))).toBeNull();
  });
});

describe('daysBetween', () => {
  it.each([
    ['three days', start, start + 3 * day, 3],
    ['a third of a day', start, start + day / 3, 0.33],
    ['backwards', start + day, start, null],
    ['no time', Number.NaN, start, null],
  ])('%s', (_what, then, now, days) => {
    expect(daysBetween(then, now)).toBe(days);
  });
});
