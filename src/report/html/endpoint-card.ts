/** Everything about one endpoint, in one fold. */
import type { Report, ReportEndpoint, ReportFinding } from '../../model/report.js';
import { endpointId, gravestFirst, type PlacedFinding, placedAt } from '../facts/failures.js';
import { count, sentence, severityWords } from '../words.js';
import { endpointFacts } from './endpoint-facts.js';
import { findingBlock } from './finding.js';
import { html, type Markup } from './markup.js';
import { observationsBlock } from './observations.js';
import { placeName } from './place-name.js';
import { productName } from './rights-table.js';

interface CardOptions {
  readonly index: number;
  readonly open: boolean;
  /** In full: with observations, evidence and every remedy, repeated or not. */
  readonly full: boolean;
  /** The finding that shows the same remedy earlier on the page, if one does. */
  readonly shownBefore: (placed: PlacedFinding) => PlacedFinding | null;
}

export function endpointCard(report: Report, endpoint: ReportEndpoint, { index, open, full, shownBefore }: CardOptions): Markup {
  const failures = placedAt(report, index, 'fail');
  return html`<details class="card" id="${endpointId(index)}"${open && html` open`}>
<summary><h3>${placeName(endpoint)}</h3>${whatRuns(endpoint)}${badges(endpoint)}</summary><div class="inside">
${endpointFacts(endpoint)}${failures.map((placed) => findingBlock(placed, full ? null : shownBefore(placed)))}
${verdictList('Could not be learnt', endpoint, 'unknown')}
${verdictList('Checked and closed', endpoint, 'pass')}
${verdictList('Does not apply', endpoint, 'not-applicable')}
${full && observationsBlock(endpoint)}</div></details>
`;
}

const whatRuns = ({ product, service }: ReportEndpoint): Markup =>
  html`<span class="muted">${product !== null && html`<bdi>${productName(product)}</bdi> · `}${service}</span>`;

function badges({ findings }: ReportEndpoint): Markup {
  const failed = gravestFirst.flatMap((severity) => {
    const number = findings.filter((finding) => finding.verdict === 'fail' && finding.severity === severity).length;
    return number === 0 ? [] : [badge(severity, `${count(number)} ${severityWords[severity].toLowerCase()}`)];
  });
  const unknown = findings.filter((finding) => finding.verdict === 'unknown').length;
  const passed = findings.some((finding) => finding.verdict === 'pass');
  const rest =
    unknown > 0 ? badge('unknown', `${count(unknown)} not learnt`) : passed ? badge('closed', 'no check failed') : badge('unknown', 'nothing judged');
  return html`<span class="badges">${failed}${(failed.length === 0 || unknown > 0) && rest}</span>`;
}

const badge = (kind: string, text: string): Markup => html`<span class="badge ${kind}">${text}</span>`;

/** One item a reason: what kept one answer back often kept several back. */
function verdictList(title: string, { findings }: ReportEndpoint, verdict: ReportFinding['verdict']): Markup | null {
  const byReason = new Map<string, ReportFinding[]>();
  for (const finding of findings) {
    if (finding.verdict === verdict) byReason.set(finding.reason, [...(byReason.get(finding.reason) ?? []), finding]);
  }
  if (byReason.size === 0) return null;
  return html`<div class="rest"><h4>${title}</h4><ul class="plain">${[...byReason].map(([reason, own]) => reasonItem(reason, own))}</ul></div>`;
}

function reasonItem(reason: string, findings: readonly ReportFinding[]): Markup {
  const names = findings.map(({ check, subject }, index) => html`${index > 0 && ', '}<code>${check}</code>${subject !== '' && html` (${subject})`}`);
  return html`<li>${names}: <span class="muted">${sentence(reason)}</span></li>`;
}
