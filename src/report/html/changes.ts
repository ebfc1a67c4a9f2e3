/** What has changed since an earlier scan: the sums as terms, the endpoints as a table. */
import type { Report, ReportEndpoint } from '../../model/report.js';
import { changeEntries, growing, growthOfEndpoint, sinceWhen } from '../facts/changes.js';
import { endpointId } from '../facts/failures.js';
import { counted, listed } from '../words.js';
import { html, type Markup } from './markup.js';
import { placeName } from './place-name.js';
import { boxedTable } from './table.js';

/** Rows that stand open; the rest is folded away. */
const openRows = 20;

export function changesSection(report: Report): Markup | null {
  const { since } = report;
  if (!since) return null;
  const rows = changedEndpoints(report).map((endpoint) => row(report, endpoint));
  return html`<section id="since"><h2>Since the earlier scan</h2>
<p class="lead">Compared with scan <code>${since.scan.id}</code> of ${sinceWhen(report)}.</p>
<div class="box"><dl class="terms">${changeEntries(report).map(
    ({ term, text }) => html`<dt>${term}</dt><dd>${text}</dd>
`,
  )}</dl></div>
${rows.length > 0 && boxedTable(['Endpoint', 'Growth', 'Findings'], rows.slice(0, openRows))}${folded(rows.slice(openRows))}</section>`;
}

function folded(rows: readonly Markup[]): Markup | null {
  if (rows.length === 0) return null;
  return html`<details class="more"><summary>${counted(rows.length, 'more endpoint')}</summary>${boxedTable(['Endpoint', 'Growth', 'Findings'], rows)}</details>`;
}

/** Fastest first; after them those that only changed in findings. */
function changedEndpoints(report: Report): readonly ReportEndpoint[] {
  const moved = growing(report).map(({ endpoint }) => endpoint);
  const others = report.endpoints.filter((endpoint) => findingsText(endpoint) !== '' && !moved.includes(endpoint));
  return [...moved, ...others];
}

function row(report: Report, endpoint: ReportEndpoint): Markup {
  return html`<tr><th scope="row" class="full place"><a class="mono" href="#${endpointId(report.endpoints.indexOf(endpoint))}">${placeName(endpoint)}</a></th>
<td class="full" data-label="Growth">${growthOfEndpoint(endpoint) ?? '–'}</td>
<td class="full" data-label="Findings">${findingsText(endpoint) || 'as then'}</td></tr>
`;
}

function findingsText({ since }: ReportEndpoint): string {
  if (!since) return '';
  if (since.before === 'did-not-answer') return 'did not answer then';
  const { opened, firstSeen, closed, unclear } = since;
  const parts = [
    ...(opened.length > 0 ? [`new: ${listed(opened.map(({ check }) => check))}`] : []),
    ...(firstSeen.length > 0 ? [`seen for the first time: ${listed(firstSeen.map(({ check }) => check))}`] : []),
    ...(closed.length > 0 ? [`closed: ${listed(closed.map(({ check }) => check))}`] : []),
    ...(unclear.length > 0 ? [`not learnt now: ${listed(unclear.map(({ check }) => check))}`] : []),
  ];
  return parts.join('; ');
}
