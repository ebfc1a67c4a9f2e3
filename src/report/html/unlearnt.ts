/** What could not be learnt, by reason, and what was checked and found closed. */
import type { Report } from '../../model/report.js';
import { type ClosedCheck, closed, type UnlearntGroup, unlearnt } from '../facts/learnt.js';
import { count, counted, firstFew, sentence } from '../words.js';
import { html, type Markup } from './markup.js';
import { boxedTable } from './table.js';

export function unlearntSection(report: Report): Markup | null {
  const groups = unlearnt(report);
  if (groups.length === 0) return null;
  return html`<section id="unlearnt"><h2>What could not be learnt</h2>
<p class="lead">Not asked, or not answered. That is not the same as safe.</p>
${boxedTable(['>Verdicts', 'Reason', 'Checks', 'Where'], groups.map(row))}</section>`;
}

function row({ verdicts, reason, checks, endpoints }: UnlearntGroup): Markup {
  return html`<tr><td class="right full" data-label="Verdicts">${count(verdicts)}</td><th scope="row" class="full">${sentence(reason)}</th>
<td class="full small" data-label="Checks">${checks.map((check) => html`<div class="mono">${check}</div>`)}</td>
<td class="full small" data-label="Where"><span class="mono">${firstFew(endpoints, 5)}</span></td></tr>`;
}

export function closedSection(report: Report): Markup | null {
  const checks = closed(report);
  if (checks.length === 0) return null;
  return html`<section id="closed"><h2>Checked and closed</h2>
<p class="lead">The exposed state was looked for and seen to be absent.</p>
<ul class="tags">${checks.map(closedItem)}</ul></section>`;
}

const closedItem = ({ check, endpoints }: ClosedCheck): Markup =>
  html`<li><code>${check}</code> <span class="muted">at ${counted(endpoints, 'endpoint')}</span></li>`;
