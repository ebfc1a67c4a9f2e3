/** An archive with several doors is counted once, in the years too, and every report says so. */
import { describe, expect, it } from 'vitest';
import { goldenReport } from '../../../test/golden/golden-report.js';
import { endpointName } from '../../model/endpoint.js';
import type { TimelineYear } from '../../model/exposure.js';
import type { Report } from '../../model/report.js';
import { renderReport } from '../index.js';
import { sharedDoors, timelinesOnce } from './doors.js';

const report = goldenReport();
const [first, second] = report.endpoints;
if (!first || !second) throw new Error('the golden report has endpoints');
const exposed = (timeline: readonly TimelineYear[]) => ({ images: null, studies: null, patients: null, timeline, identifiers: {} });
const year = (studies: number): readonly TimelineYear[] => [{ year: 2020, studies, images: null }];
const withDoors = (ownYears: readonly TimelineYear[], further: readonly TimelineYear[]): Report => ({
  ...report,
  summary: { ...report.summary, shared: { archives: 1, doors: 2 } },
  endpoints: [
    { ...second, exposure: exposed(further), furtherDoorTo: endpointName(first) },
    { ...first, exposure: exposed(ownYears) },
  ],
});

describe('doors to one archive', () => {
  it.each([
    [{ archives: 1, doors: 3 }, '3 endpoints are doors to one archive, which is counted once'],
    [{ archives: 2, doors: 5 }, '5 endpoints are doors to 2 archives, each of which is counted once'],
  ])('%j: %s', (shared, text) => {
    expect(sharedDoors({ ...report, summary: { ...report.summary, shared } })).toBe(text);
  });

  it('are not spoken of where there are none', () => {
    expect(sharedDoors(report)).toBeNull();
    for (const format of ['terminal', 'html'] as const) expect(renderReport(format, report, plain)).not.toContain('further door');
  });

  it.each([
    ['the years of the door that is counted', year(40), year(41), year(40)],
    ['those of a further door where that one knows none', [], year(41), year(41)],
  ])('%s', (_, own, further, expected) => {
    expect(timelinesOnce(withDoors(own, further))).toEqual([expected]);
  });

  it.each(['terminal', 'html'] as const)('are named in %s, in the summary and where they stand', (format) => {
    const text = renderReport(format, withDoors(year(1), year(1)), plain).replace(/\s+/g, ' ');
    expect(text).toContain('2 endpoints are doors to one archive, which is counted once.');
    expect(text.toLowerCase()).toContain(`a further door to the archive at ${endpointName(first)}, and counted there.`);
  });
});

const plain = { width: 200, colour: (_style: string, text: string) => text };
