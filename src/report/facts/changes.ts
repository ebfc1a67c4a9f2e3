/** What has changed since an earlier scan, in words. Both person-readable reports say it alike. */
import type { Growth, ScanChange, TotalGrowth } from '../../model/change.js';
import { endpointName } from '../../model/endpoint.js';
import type { Estimate } from '../../model/exposure.js';
import type { Report, ReportEndpoint } from '../../model/report.js';
import { elapsed, moment } from '../moments.js';
import { count, counted, duration, firstFew, listed, outcomeWords, sentence } from '../words.js';

type Figure = 'images' | 'studies';

const msPerDay = 86_400_000;

/** From milliseconds: `3 days`, `7.5 days`, `5 h 10 min`. */
function timeBetween(ms: number): string {
  if (ms < msPerDay) return duration(ms);
  const days = ms / msPerDay;
  const rounded = days < 10 ? Math.round(days * 10) / 10 : Math.round(days);
  return `${rounded.toLocaleString('en-US')} ${rounded === 1 ? 'day' : 'days'}`;
}

/** `2026-11-21 01:15 UTC (3 days before)`. */
export function sinceWhen({ scan, since }: Report): string {
  if (!since) return '';
  const between = elapsed(since.scan.startedAt, scan.startedAt);
  return `${moment(since.scan.startedAt)}${between === null ? '' : ` (${timeBetween(between)} before)`}`;
}

/** `+1,240`, `−3.5`, `+0.25`, `0`. */
export function signed(value: number): string {
  const size = Math.abs(value);
  const digits = size >= 100 || Number.isInteger(size) ? 0 : size >= 1 ? 1 : 2;
  const text = size.toLocaleString('en-US', { maximumFractionDigits: digits });
  return value < 0 ? `−${text}` : value > 0 ? `+${text}` : '0';
}

/** `+1,240`, `about +1,240 (between +1,100 and +1,400)`. */
export function changeInWords({ basis, value, low, high }: Estimate): string {
  return basis === 'exact' ? signed(value) : `about ${signed(value)} (between ${signed(low)} and ${signed(high ?? value)})`;
}

/** `+1,240 images per day`; `null` where it cannot be said of any endpoint. A number that stands may hide as many that came as went. */
export function totalInWords(total: TotalGrowth, figure: Figure): string | null {
  if (total.perDay === null) return null;
  return total.perDay.value === 0 ? `no growth in ${figure}` : `${changeInWords(total.perDay)} ${figure} per day`;
}

/** The line that goes with the headline: `+1,240 images per day since 2026-11-21 01:15 UTC (3 days before)`. `null` where no rate is known. */
export function leakLine(report: Report): string | null {
  const { since } = report;
  if (!since) return null;
  const ofImages = totalInWords(since.images, 'images');
  const rate = ofImages ?? totalInWords(since.studies, 'studies');
  if (rate === null) return null;
  const { unsaid } = ofImages === null ? since.studies : since.images;
  return `${rate} since ${sinceWhen(report)}${unsaid === 0 ? '' : `, as far as it can be said: not of ${counted(unsaid, 'endpoint')}`}`;
}

/** Of one endpoint: `+1,240 images per day (+3,720 since 2026-11-21 01:15 UTC)`. */
export function growthInWords(growth: Growth, figure: Figure, at: string | null): string {
  const when = at === null ? 'the earlier scan' : moment(at);
  if (growth.change === null) return `cannot be said: ${growth.unsaid ?? 'no reason was given'}`;
  if (growth.change.value === 0) return `no change since ${when}`;
  if (growth.perDay === null) return `${changeInWords(growth.change)} ${figure} since ${when}; ${growth.unsaid ?? 'no figure a day'}`;
  return `${changeInWords(growth.perDay)} ${figure} per day (${signed(growth.change.value)} since ${when})`;
}

export interface ChangeEntry {
  readonly term: string;
  readonly text: string;
}

/** All of it, a term and its sentence each; what did not happen is left out, but for the growth. */
export function changeEntries(report: Report): readonly ChangeEntry[] {
  const { since } = report;
  if (!since) return [];
  const { endpoints, findings } = since;
  const said = (number: number, term: string, text: () => string): readonly ChangeEntry[] => (number === 0 ? [] : [{ term, text: sentence(text()) }]);
  return [
    { term: 'Growth', text: sentence(growthText(since)) },
    ...said(findings.opened, 'New', () => `${counted(findings.opened, 'finding')}${checksOf(report, 'opened')}`),
    ...said(
      findings.firstSeen,
      'Seen for the first time',
      () =>
        `${counted(findings.firstSeen, 'finding')} that the earlier scan could not judge or not tell from others, so they may be old${checksOf(report, 'firstSeen')}`,
    ),
    ...said(findings.closed, 'Closed', () => `${counted(findings.closed, 'finding')} closed or no longer applicable${checksOf(report, 'closed')}`),
    ...said(findings.unclear, 'Not closed', () => `${counted(findings.unclear, 'finding')} of then could not be judged now, which is not the same as closed`),
    ...said(endpoints.appeared, 'Appeared', () => `${counted(endpoints.appeared, 'endpoint')} that did not answer then`),
    ...said(endpoints.silent, 'Answers no longer', () => silentText(since)),
    ...said(endpoints.unmentioned, 'Not compared', () => `${counted(endpoints.unmentioned, 'endpoint')} of which the earlier scan says nothing`),
    ...said(endpoints.notAsked, 'Not asked now', () => `${counted(endpoints.notAsked, 'endpoint')} that answered then`),
    ...since.remarks.map((remark) => ({ term: 'Mind', text: sentence(remark) })),
  ];
}

function growthText({ images, studies, endpoints }: ScanChange): string {
  const rates = [totalInWords(images, 'images'), totalInWords(studies, 'studies')].filter((rate) => rate !== null);
  if (endpoints.inBoth === 0) return 'no endpoint answered in both scans';
  const main = images.perDay === null && studies.perDay !== null ? studies : images;
  const parts = [
    ...(main.grew > 0 ? [`${counted(main.grew, 'endpoint')} grew`] : []),
    ...(main.stood > 0 ? [`${count(main.stood)} stood still`] : []),
    ...(main.shrank > 0 ? [`${count(main.shrank)} shrank (not set off)`] : []),
    ...(main.unsaid > 0 ? [`of ${count(main.unsaid)} it cannot be said`] : []),
  ];
  return [rates.length === 0 ? 'no figure a day' : listed(rates), ...parts].join('; ');
}

function silentText({ silent, endpoints }: ScanChange): string {
  const names = silent.map((endpoint) => `${endpointName(endpoint)}${endpoint.outcome === null ? '' : ` (${outcomeWords[endpoint.outcome]})`}`);
  const more = endpoints.silent - names.length;
  return `${firstFew(names, 4)}${more > 0 ? `, and ${count(more)} more` : ''}. Switched off, moved or out of reach: that is not the same as closed`;
}

/** `: open-query ×2, open-store`, of the endpoints that the report lists. */
function checksOf({ endpoints }: Report, list: 'opened' | 'firstSeen' | 'closed'): string {
  const counts = new Map<string, number>();
  for (const { check } of endpoints.flatMap(({ since }) => since?.[list] ?? [])) counts.set(check, (counts.get(check) ?? 0) + 1);
  const names = [...counts]
    .sort(([a, many], [b, most]) => most - many || (a < b ? -1 : 1))
    .map(([check, times]) => (times === 1 ? check : `${check} ×${count(times)}`));
  return names.length === 0 ? '' : `: ${firstFew(names, 6)}`;
}

export interface GrowingEndpoint {
  readonly endpoint: ReportEndpoint;
  readonly text: string;
}

/** Endpoints with a figure of then and of now, fastest first. */
export function growing({ endpoints }: Report): readonly GrowingEndpoint[] {
  const rate = ({ since }: ReportEndpoint): number => since?.images?.perDay?.value ?? since?.studies?.perDay?.value ?? Number.NEGATIVE_INFINITY;
  return endpoints
    .flatMap((endpoint) => {
      const text = growthOfEndpoint(endpoint);
      return text === null ? [] : [{ endpoint, text }];
    })
    .sort((a, b) => (rate(a.endpoint) === rate(b.endpoint) ? 0 : rate(b.endpoint) - rate(a.endpoint)));
}

/** By images, else by studies; `null` where neither scan knows a figure. */
export function growthOfEndpoint({ since }: ReportEndpoint): string | null {
  if (!since) return null;
  const { images, studies, at } = since;
  if (studies !== null && (images === null || images.change === null) && studies.change !== null) return growthInWords(studies, 'studies', at);
  return images === null ? studies && growthInWords(studies, 'studies', at) : growthInWords(images, 'images', at);
}
