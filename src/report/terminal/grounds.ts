/** What the rights that are granted or offered to anyone rest on: for the reader who doubts one. */
import { endpointName } from '../../model/endpoint.js';
import type { Report, ReportEndpoint } from '../../model/report.js';
import { rightNames } from '../../model/rights.js';
import { count, listed } from '../words.js';
import { entry, heading, type Lines, type Page } from './page.js';
import { wrap } from './wrap.js';

/** The report lists the worst first. */
const mostEndpoints = 8;

export function groundLines(report: Report, page: Page): Lines {
  const granting = report.endpoints.flatMap((endpoint) => {
    const text = groundsIn(endpoint);
    return text === '' ? [] : [{ endpoint, text }];
  });
  if (granting.length === 0) return [];
  const more = granting.length - mostEndpoints;
  return [
    ...heading(page, 'WHAT THE RIGHTS REST ON'),
    ...granting.slice(0, mostEndpoints).flatMap(({ endpoint, text }) => entry(page, `${endpointName(endpoint)}:`, text)),
    ...(more > 0 ? wrap(`… and ${count(more)} more; these and what is refused: see the JSON or HTML report.`, page.width, { first: '  ' }) : []),
  ];
}

/** `create and delete (neg): …`; rights that rest on the same stand together. Refused and unknown ones are left to the other formats. */
function groundsIn({ rights, rightsFrom }: ReportEndpoint): string {
  const names = rightNames.filter((name) => rights[name] === 'yes' || rights[name] === 'negotiated');
  const byGround = new Map<string, (typeof names)[number][]>();
  for (const name of names) {
    const key = [rights[name] === 'yes' ? '' : ' (negotiated)', ...(rightsFrom?.[name] ?? [])].join('\n');
    byGround.set(key, [...(byGround.get(key) ?? []), name]);
  }
  return [...byGround]
    .map(([key, own]) => {
      const [how, ...grounds] = key.split('\n');
      return grounds.length === 0 ? '' : `${listed(own)}${how}: ${grounds.join('; ')}.`;
    })
    .filter((text) => text !== '')
    .join(' ');
}
