/** What was asked of an endpoint and what it cost, folded away: for the reader who doubts a figure. */
import type { ReportEndpoint, ReportObservation } from '../../model/report.js';
import { printedJson } from '../json.js';
import { timeOfDay } from '../moments.js';
import { bytes, count, duration, outcomeWords } from '../words.js';
import { html, type Markup } from './markup.js';
import { listTable } from './table.js';

/** With the facts themselves, as the JSON report has them. */
export function observationsBlock({ observations }: ReportEndpoint): Markup | null {
  if (observations.length === 0) return null;
  const evidence = observations.filter((observation) => observation.evidence !== null);
  return html`<details class="more screen"><summary>Observations and traffic</summary>
<div class="scroll">${listTable('small', columns, observations.map(row))}</div>
${evidence.map(evidenceBlock)}</details>`;
}

const columns = ['Time (UTC)', 'Asked for', 'Over', 'Outcome', '>Took', '>Connections', '>Messages', '>Sent', '>Received'];

function row({ at, kind, transport, outcome, detail, durationMs, traffic }: ReportObservation): Markup {
  const figures = [duration(durationMs), count(traffic.connections), count(traffic.messagesSent), bytes(traffic.bytesSent), bytes(traffic.bytesReceived)];
  return html`<tr><td>${timeOfDay(at)}</td><th scope="row">${kind}</th><td>${transport === 'tls' ? 'TLS' : 'plain'}</td>
<td>${outcomeWords[outcome] ?? outcome}${detail !== null && html`<br><span class="muted">${detail}</span>`}</td>
${figures.map((figure) => html`<td class="right">${figure}</td>`)}</tr>`;
}

const evidenceBlock = ({ kind, evidence }: ReportObservation): Markup =>
  html`<details class="more"><summary>Evidence: ${kind}</summary><pre><code>${printedJson(evidence)}</code></pre></details>`;
