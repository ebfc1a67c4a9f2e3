/** One failed check at one endpoint, with all that it takes to close it. */
import type { Because } from '../../model/check.js';
import { endpointName } from '../../model/endpoint.js';
import type { PlacedFinding } from '../facts/failures.js';
import { count, keyInWords, sentence, severityWords } from '../words.js';
import { html, type Markup } from './markup.js';
import { proofBlock, referencesBlock, remedyBlock } from './remedy.js';

/** `before`: the finding on this page that already shows the same remedy, where repeating it would only make the page long. */
export function findingBlock(placed: PlacedFinding, before: PlacedFinding | null): Markup {
  const { id, finding, about } = placed;
  return html`<article class="finding" id="${id}">
<div class="title"><span class="badge ${finding.severity}">${severityWords[finding.severity]}</span>
<h4>${about.title}</h4><span class="check">${finding.check}</span></div>
<p>${finding.subject !== '' && html`<b>${finding.subject}:</b> `}${sentence(finding.reason)}</p>
${before === null ? details(placed) : pointer(before)}</article>
`;
}

const pointer = ({ id, endpoint }: PlacedFinding): Markup =>
  html`<p class="small">What to change and how to prove it: <a href="#${id}">as for ${endpointName(endpoint)}</a>.</p>`;

const details = (placed: PlacedFinding): Markup =>
  html`${seen(placed.finding.because)}${remedyBlock(placed)}${proofBlock(placed)}${referencesBlock(placed.about.references)}`;

function seen(because: Because): Markup | null {
  const facts = Object.entries(because);
  return facts.length === 0
    ? null
    : html`<dl class="seen">${facts.map(([key, value]) => html`<div><dt>${keyInWords(key)}</dt><dd>${factInWords(value)}</dd></div>`)}</dl>`;
}

function factInWords(value: Because[string]): string {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) >= 10_000 ? count(value) : String(value);
  return typeof value === 'string' ? value : value.join(', ') || 'none';
}
