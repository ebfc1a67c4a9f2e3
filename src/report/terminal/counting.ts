/** How the figures of each endpoint were come by, and what they cost it: for the reader who doubts a figure, and for who runs the device. */
import { endpointName } from '../../model/endpoint.js';
import type { Report, ReportEndpoint } from '../../model/report.js';
import { countingCost, sourceWords } from '../facts/counting.js';
import { count, estimateInWords } from '../words.js';
import { entry, heading, type Lines, type Page } from './page.js';
import { wrap } from './wrap.js';

/** The report lists the worst first. */
const mostEndpoints = 8;

export function countingLines(report: Report, page: Page): Lines {
  const counted = report.endpoints.filter(({ exposure }) => exposure?.counting !== undefined);
  if (counted.length === 0) return [];
  const more = counted.length - mostEndpoints;
  return [
    ...heading(page, 'HOW IT WAS COUNTED'),
    ...counted.slice(0, mostEndpoints).flatMap((endpoint) => entry(page, `${endpointName(endpoint)}:`, countingOf(endpoint))),
    ...(more > 0 ? wrap(`… and ${count(more)} more; see the JSON or HTML report.`, page.width, { first: '  ' }) : []),
  ];
}

function countingOf({ exposure }: ReportEndpoint): string {
  if (!exposure?.counting) return '';
  const { images, studies, patients, counting } = exposure;
  const figures = `images ${estimateInWords(images)}; studies ${estimateInWords(studies)}; patients ${estimateInWords(patients)}`;
  return `${figures}. By ${sourceWords[counting.source]}: ${counting.how}. It took ${countingCost(counting)}.`;
}
