import { describe, expect, it } from 'vitest';
import { goldenReport } from '../../../test/golden/golden-report.js';
import type { Growth, ScanChange } from '../../model/change.js';
import { type Estimate, exactly } from '../../model/exposure.js';
import type { Report } from '../../model/report.js';
import { changeEntries, growthInWords, leakLine, signed } from './changes.js';

const about = (value: number, low: number, high: number): Estimate => ({ value, basis: 'estimate', low, high });
const none = { perDay: null, grew: 0, stood: 0, shrank: 0, unsaid: 0 };
const quiet: ScanChange = {
  scan: { id: 'earlier', startedAt: '2026-11-21T01:15:00.000Z', finishedAt: null, touch: 'anonymous', version: '0.1.0', complete: true },
  days: 3,
  remarks: [],
  endpoints: { inBoth: 2, appeared: 0, unmentioned: 0, silent: 0, notAsked: 0 },
  findings: { opened: 0, firstSeen: 0, closed: 0, unclear: 0 },
  images: none,
  studies: none,
  silent: [],
};
const since = (more: Partial<ScanChange>): Report => ({ ...goldenReport(), since: { ...quiet, ...more } });
const entries = (more: Partial<ScanChange>) => Object.fromEntries(changeEntries(since(more)).map(({ term, text }) => [term, text]));

describe('signed', () => {
  it.each([
    [1_240, '+1,240'],
    [1_240.4, '+1,240'],
    [-55.25, '−55.3'],
    [0.333, '+0.33'],
    [0, '0'],
  ])('%d', (value, text) => {
    expect(signed(value)).toBe(text);
  });
});

describe('the line beside the headline', () => {
  it.each<[what: string, report: Report, line: string | null]>([
    ['no comparison', goldenReport(), null],
    ['no figure', since({}), null],
    ['exact', since({ images: { ...none, perDay: exactly(1_240), grew: 1 } }), '+1,240 images per day since 2026-11-21 01:15 UTC (3 days before)'],
    [
      'an estimate',
      since({ images: { ...none, perDay: about(1_240, 1_100, 1_400), grew: 1 } }),
      'about +1,240 (between +1,100 and +1,400) images per day since 2026-11-21 01:15 UTC (3 days before)',
    ],
    ['still', since({ images: { ...none, perDay: exactly(0), stood: 1 } }), 'no growth in images since 2026-11-21 01:15 UTC (3 days before)'],
    [
      'still at one of three, the others unsaid',
      since({ images: { ...none, perDay: exactly(0), stood: 1, unsaid: 2 } }),
      'no growth in images since 2026-11-21 01:15 UTC (3 days before), as far as it can be said: not of 2 endpoints',
    ],
    [
      'exact at one, another unsaid',
      since({ images: { ...none, perDay: exactly(1_240), grew: 1, unsaid: 1 } }),
      '+1,240 images per day since 2026-11-21 01:15 UTC (3 days before), as far as it can be said: not of 1 endpoint',
    ],
    ['studies alone', since({ studies: { ...none, perDay: exactly(4), grew: 1 } }), '+4 studies per day since 2026-11-21 01:15 UTC (3 days before)'],
    [
      'a clock put back',
      since({ scan: { ...quiet.scan, startedAt: '2027-01-01T00:00:00.000Z' }, images: { ...none, perDay: exactly(4) } }),
      '+4 images per day since 2027-01-01 00:00 UTC',
    ],
  ])('%s', (_what, report, line) => {
    expect(leakLine(report)).toBe(line);
  });
});

describe('the growth of one endpoint', () => {
  it.each<[what: string, growth: Growth, text: string]>([
    ['a rate', { change: exactly(660), perDay: exactly(220), unsaid: null }, '+220 images per day (+660 since then)'],
    ['no change', { change: exactly(0), perDay: exactly(0), unsaid: null }, 'no change since then'],
    ['too soon', { change: exactly(13), perDay: null, unsaid: 'less than an hour' }, '+13 images since then; less than an hour'],
    ['unsaid', { change: null, perDay: null, unsaid: 'it was not counted then' }, 'cannot be said: it was not counted then'],
  ])('%s', (_what, growth, text) => {
    expect(growthInWords(growth, 'images', null).replace('the earlier scan', 'then')).toBe(text);
  });
});

describe('what changed', () => {
  it('leaves out what did not happen, but for the growth', () => {
    expect(entries({})).toEqual({ Growth: 'No figure a day.' });
    expect(entries({ endpoints: { ...quiet.endpoints, inBoth: 0 } })).toEqual({ Growth: 'No endpoint answered in both scans.' });
  });

  it('does not call closed what keeps silent', () => {
    const silent = [{ host: '192.0.2.9', address: '192.0.2.9', port: 104, service: 'dicom', failed: 2, outcome: 'timed-out' as const }];
    const said = entries({ endpoints: { ...quiet.endpoints, silent: 3 }, findings: { ...quiet.findings, unclear: 2, closed: 1 }, silent });
    expect(said['Answers no longer']).toBe(
      '192.0.2.9:104 (did not answer in time), and 2 more. Switched off, moved or out of reach: that is not the same as closed.',
    );
    expect(said['Not closed']).toContain('2 findings of then could not be judged now, which is not the same as closed');
    expect(said['Closed']).toBe('1 finding closed or no longer applicable.');
  });

  it('says what the sum is of', () => {
    const images = { perDay: exactly(220), grew: 1, stood: 1, shrank: 1, unsaid: 3 };
    expect(entries({ images })['Growth']).toBe('+220 images per day; 1 endpoint grew; 1 stood still; 1 shrank (not set off); of 3 it cannot be said.');
  });
});
