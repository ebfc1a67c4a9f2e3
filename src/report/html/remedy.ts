/** What closes a finding: in words, as settings of a product, and the command that proves it. */
import type { ProductRemedy, Reference, References } from '../../model/check.js';
import type { PlacedFinding } from '../facts/failures.js';
import { ownRemedy, proofCommand } from '../facts/remedies.js';
import { listed } from '../words.js';
import { html, type Markup, webAddress } from './markup.js';

export function remedyBlock(placed: PlacedFinding): Markup {
  const { text } = placed.about.remedy;
  return html`<div class="action"><b>What to change</b><p>${text}</p>${settings(placed)}</div>`;
}

/** A known product's settings stand open; all others are folded, for the reader who knows what runs there. */
function settings(placed: PlacedFinding): Markup | null {
  const own = ownRemedy(placed);
  const { products } = placed.about.remedy;
  if (own) return setting(own);
  if (products.length === 0) return null;
  const whose = placed.endpoint.product === null ? 'The product was not recognised; settings of' : 'Settings of other products:';
  return html`<details class="more"><summary>${whose} ${listed(products.map(({ name }) => name))}</summary>${products.map(setting)}</details>`;
}

function setting({ name, where, lines, rollback, note }: ProductRemedy): Markup {
  return html`<div class="setting"><p><b><bdi>${name}</bdi></b> · ${where}:</p><pre><code>${lines.join('\n')}</code></pre>
${note !== undefined && html`<p><b>Mind:</b> ${note}</p>`}<p><b>To take it back:</b> ${rollback}</p></div>`;
}

export function proofBlock(placed: PlacedFinding): Markup | null {
  const command = proofCommand(placed);
  return command === '' ? null : html`<div class="action"><b>How to prove it closed</b><pre><code>${command}</code></pre></div>`;
}

const groups = [
  ['requirement', 'Requirement'],
  ['target', 'Target'],
  ['weakness', 'Weakness'],
] as const satisfies readonly (readonly [keyof References, string])[];

export function referencesBlock(references: References): Markup | null {
  const cited = groups.filter(([key]) => references[key].length > 0);
  return cited.length === 0
    ? null
    : html`<dl class="references">${cited.map(([key, label]) => html`<div><dt>${label}</dt><dd>${citations(references[key])}</dd></div>`)}</dl>`;
}

const citations = (list: readonly Reference[]): readonly Markup[] => list.map((entry, index) => html`${index > 0 && '; '}${citation(entry)}`);

function citation({ id, title, url }: Reference): Markup {
  const address = webAddress(url);
  return address === null ? html`${id}, ${title}` : html`<a href="${address}" rel="noreferrer">${id}</a>, ${title}`;
}
