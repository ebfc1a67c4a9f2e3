/** Pictures of the exposure: findings by severity, studies by year. Inline SVG whose text keeps its size on a phone. */
import type { Report } from '../../model/report.js';
import { gravestFirst } from '../facts/failures.js';
import { type StudyYears, scanYearOf, sinceFigures, studyYears, type YearCount } from '../facts/study-years.js';
import { count, counted, severityWords } from '../words.js';
import { html, type Markup } from './markup.js';
import { listTable } from './table.js';

const percent = (value: number): string => `${Math.round(value * 10) / 10}%`;

/** Failed findings by severity, and the verdicts that are no failure, on the same scale. */
export function severityBox(report: Report): Markup {
  const { findings, verdicts } = report.summary;
  const longest = Math.max(1, ...Object.values(findings), verdicts.unknown, verdicts.pass);
  return html`<section class="box"><h2>Findings</h2>
<p class="lead">How many checks failed, by severity.</p>
<table class="bars"><tbody>
${gravestFirst.map((severity) => barRow(severityWords[severity], findings[severity], severity, longest))}
</tbody><tbody class="others">
${barRow('Could not be learnt', verdicts.unknown, 'unknown', longest)}${barRow('Checked and closed', verdicts.pass, 'closed', longest)}
</tbody></table></section>`;
}

function barRow(label: string, value: number, kind: string, longest: number): Markup {
  const bar = value === 0 ? null : html`<rect class="fill-${kind}" width="${percent(Math.max(1.5, (100 * value) / longest))}" height="100%" rx="3"/>`;
  return html`<tr><th scope="row">${label}</th>
<td aria-hidden="true"><svg><rect class="track" width="100%" height="100%" rx="3"/>${bar}</svg></td>
<td>${count(value)}</td></tr>`;
}

/** `null` where no study's year was learnt. */
export function timelineBox(report: Report): Markup | null {
  const years = studyYears(report);
  const first = years.years[0];
  const last = years.years.at(-1);
  if (!first || !last) return null;
  const bounded = report.summary.studies?.basis === 'at-least' ? ' Only studies that were counted; there are more.' : '';
  const estimated = years.isEstimated ? ' Some years are estimated from a sample.' : '';
  return html`<section class="box"><h2>Open studies by year</h2><p class="lead">When the studies were made that anyone can query.${bounded}${estimated}</p>
${yearChart(years.years)}
<dl class="since">${sinceFigures(years.years, scanYearOf(report)).map(({ year, studies }) => html`<div><dt>since ${year}</dt><dd>${count(studies)}</dd></div>`)}</dl>
${aside(years)}
<details class="more screen"><summary>The figures as a table</summary>${yearTable(years.years)}</details></section>`;
}

function aside({ undated, implausible }: StudyYears): Markup | null {
  const parts = [
    ...(undated > 0 ? [`${counted(undated, 'study', 'studies')} without a readable date`] : []),
    ...(implausible > 0 ? [`${counted(implausible, 'study', 'studies')} with a date that cannot be right`] : []),
  ];
  return parts.length === 0 ? null : html`<p class="small muted">Not shown: ${parts.join('; ')}.</p>`;
}

/** Bars stand on y = 168 pixels; across, all is in percent, so that the page's width scales the bars and not the text. */
const floor = 168;
const ceiling = 22;

function yearChart(years: readonly YearCount[]): Markup {
  const most = Math.max(1, ...years.map(({ studies }) => studies));
  const slot = 100 / years.length;
  const peak = years.findIndex(({ studies }) => studies === most);
  const every = [1, 2, 5, 10, 20].find((step) => years.length / step <= 7) ?? 20;
  return html`<svg class="years" role="img" aria-label="${description(years, most)}">
<line x1="0" x2="100%" y1="${floor}.5" y2="${floor}.5"/>
${years.map(({ studies }, index) => bar(index * slot, slot, studies / most))}
<text x="${percent(labelPlace((peak + 0.5) * slot))}" y="${ceiling - 8}" text-anchor="${anchor((peak + 0.5) * slot)}">${count(most)}</text>
${years.map(({ year }, index) => year % every === 0 && html`<text x="${percent((index + 0.5) * slot)}" y="${floor + 18}" text-anchor="middle">${year}</text>`)}
</svg>`;
}

/** A year without a study shows no bar; one with a single study still shows a sliver. */
function bar(x: number, slot: number, share: number): Markup | null {
  if (share === 0) return null;
  const height = Math.max(1.5, share * (floor - ceiling));
  const across = html`x="${percent(x + slot * 0.11)}" width="${percent(slot * 0.78)}"`;
  return html`<rect ${across} y="${(floor - height).toFixed(1)}" height="${height.toFixed(1)}" rx="1.5"/>`;
}

const labelPlace = (middle: number): number => (middle < 10 ? 0 : middle > 90 ? 100 : middle);
const anchor = (middle: number): string => (middle < 10 ? 'start' : middle > 90 ? 'end' : 'middle');

function description(years: readonly YearCount[], most: number): string {
  const span = `from ${years[0]?.year} to ${years.at(-1)?.year}`;
  const peak = years.find(({ studies }) => studies === most);
  return `Bars: open studies a year ${span}; most in ${peak?.year}, ${count(most)}.`;
}

function yearTable(years: readonly YearCount[]): Markup {
  const rows = years
    .filter(({ studies }) => studies > 0)
    .map(({ year, studies }) => html`<tr><th scope="row">${year}</th><td class="right">${count(studies)}</td></tr>`);
  return listTable('small', ['Year', '>Studies'], rows);
}
