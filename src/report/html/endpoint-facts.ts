/** What is known of one endpoint before any judgement: rights, product, figures, and which identifying attributes travel. */
import type { Counting, Exposure, ValueClass } from '../../model/exposure.js';
import type { LocalFolder } from '../../model/local-folder.js';
import type { ReportEndpoint } from '../../model/report.js';
import { growthOfEndpoint } from '../facts/changes.js';
import { countingCost, sourceWords } from '../facts/counting.js';
import { furtherDoor } from '../facts/doors.js';
import { encryptionOf } from '../facts/encryption.js';
import { folderFacts, folderOf } from '../facts/folders.js';
import { estimateInWords, sentence, valueClassWords } from '../words.js';
import { html, type Markup, type Part } from './markup.js';
import { rightFacts } from './right-facts.js';
import { encryptionWords, productName } from './rights-table.js';

export function endpointFacts(endpoint: ReportEndpoint): Markup {
  const { product, address, host, exposure } = endpoint;
  const folder = folderOf(endpoint);
  if (folder) return ofFolder(endpoint, folder);
  return html`<dl class="facts">
${rightFacts(endpoint)}
${exposure === null ? null : exposureFacts(exposure)}${doorFact(endpoint)}
${fact('Product', product === null ? 'not recognised' : html`<bdi>${productName(product)}</bdi> <span class="muted small">(by ${product.basis})</span>`)}
${fact('Encrypted', encryptionWords[encryptionOf(endpoint)])}${address !== host && fact('Address', html`<span class="mono">${address}</span>`)}
${growthFact(endpoint)}${exposure?.counting ? countingFact(exposure.counting) : null}${exposure === null ? null : identifierFacts(exposure)}</dl>`;
}

function ofFolder(endpoint: ReportEndpoint, folder: LocalFolder): Markup {
  return html`<dl class="facts">
${rightFacts(endpoint, 'Other accounts of this computer may')}
${folderFacts(folder).map(({ name, text }) => html`<div class="wide"><dt>${name}</dt><dd>${text}</dd></div>`)}${growthFact(endpoint)}</dl>`;
}

const fact = (name: string, value: Part): Markup => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

function exposureFacts({ images, studies, patients }: Exposure): readonly Markup[] {
  return [fact('Images open', estimateInWords(images)), fact('Studies open', estimateInWords(studies)), fact('Patients concerned', estimateInWords(patients))];
}

function growthFact(endpoint: ReportEndpoint): Markup | null {
  const text = growthOfEndpoint(endpoint);
  return text === null ? null : html`<div class="wide"><dt>Growth</dt><dd>${sentence(text)}</dd></div>`;
}

function doorFact(endpoint: ReportEndpoint): Markup | null {
  const text = furtherDoor(endpoint);
  return text === null ? null : html`<div class="wide"><dt>Archive</dt><dd>${sentence(text)}</dd></div>`;
}

const countingFact = (counting: Counting): Markup =>
  html`<div class="wide"><dt>How it was counted</dt><dd>By ${sourceWords[counting.source]}: ${counting.how} <span class="muted small">(${countingCost(counting)})</span></dd></div>`;

const classes: readonly ValueClass[] = ['real-looking', 'pseudonymous', 'empty'];

/** Attributes of the one record that was asked for, by the class of the value. No value is known any more. */
function identifierFacts({ identifiers }: Exposure): Markup | null {
  const byClass = classes
    .map((valueClass) => ({ valueClass, keywords: Object.keys(identifiers).filter((keyword) => identifiers[keyword] === valueClass) }))
    .filter(({ keywords }) => keywords.length > 0);
  if (byClass.length === 0) return null;
  return html`<div class="wide"><dt>Identifying attributes in the one record that was asked for (values were classed and dropped)</dt>
${byClass.map(({ valueClass, keywords }) => classFacts(valueClass, keywords))}</div>`;
}

function classFacts(valueClass: ValueClass, keywords: readonly string[]): Markup {
  return html`<dd><b>${valueClass}</b> <span class="muted small">(${valueClassWords[valueClass]})</span>
<ul class="tags">${keywords.map((keyword) => html`<li class="mono">${keyword}</li>`)}</ul></dd>`;
}
