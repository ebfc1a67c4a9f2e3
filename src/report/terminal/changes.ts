/** What has changed since an earlier scan. */
import { endpointName } from '../../model/endpoint.js';
import type { Report } from '../../model/report.js';
import { changeEntries, growing, sinceWhen } from '../facts/changes.js';
import { count } from '../words.js';
import { entry, heading, type Lines, type Page } from './page.js';
import { wrap } from './wrap.js';

const mostEndpoints = 8;

export function changeLines(report: Report, page: Page): Lines {
  if (!report.since) return [];
  const moved = growing(report);
  const more = moved.length - mostEndpoints;
  return [
    ...heading(page, 'SINCE THE EARLIER SCAN'),
    ...wrap(`Compared with scan ${report.since.scan.id} of ${sinceWhen(report)}.`, page.width),
    ...changeEntries(report).flatMap(({ term, text }) => entry(page, `${term}:`, text)),
    ...moved.slice(0, mostEndpoints).flatMap(({ endpoint, text }) => entry(page, `${endpointName(endpoint)}:`, text, '    ')),
    ...(more > 0 ? wrap(`… and ${count(more)} more; see the JSON or HTML report.`, page.width, { first: '    ' }) : []),
  ];
}
