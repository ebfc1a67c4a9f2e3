/** The top of the page: what was found, in one sentence and four figures. */
import type { Estimate } from '../../model/exposure.js';
import type { Report } from '../../model/report.js';
import { leakLine } from '../facts/changes.js';
import { sharedDoors } from '../facts/doors.js';
import { isOfFolders } from '../facts/folders.js';
import { type Headline, headline, isOpenToAnyone } from '../facts/headline.js';
import { moment } from '../moments.js';
import { basisWord, count, isUncounted, sentence } from '../words.js';
import { html, type Markup } from './markup.js';
import { emblem } from './symbols.js';

export function topLine({ scan }: Report): Markup {
  return html`<header class="top"><span class="brand">${emblem} Dosimeter</span>
<span class="small muted">${moment(scan.startedAt)} · scan ${scan.id}</span></header>`;
}

export function openingPanel(report: Report, sections: readonly { id: string; title: string }[]): Markup {
  const said = headline(report);
  return html`<section class="panel ${said.tone}" aria-labelledby="claim">
<h1 id="claim">${said.claim}</h1>${detail(said)}${doors(report)}${leak(report)}${unfinished(report)}${figures(report)}
<nav aria-label="Sections"><ul class="contents">${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav></section>`;
}

/** In place of the terminal's colon the amount begins a sentence of its own here. */
function detail({ detail: text, tone }: Headline): Markup | null {
  if (text === '') return null;
  return html`<p class="detail">${text.charAt(0).toUpperCase()}${text.slice(1)}${tone === 'open' && ' No image was opened to learn this.'}</p>`;
}

function doors(report: Report): Markup | null {
  const line = sharedDoors(report);
  return line === null ? null : html`<p class="leak">${sentence(line)}</p>`;
}

function leak(report: Report): Markup | null {
  const line = leakLine(report);
  return line === null ? null : html`<p class="leak">${sentence(line)}</p>`;
}

function unfinished({ scan }: Report): Markup | null {
  return scan.complete
    ? null
    : html`<p class="notice" role="note">This scan ended before every target was asked. The page shows only what was seen until then.</p>`;
}

function figures(report: Report): Markup | null {
  const { summary, endpoints } = report;
  if (endpoints.length === 0) return null;
  if (isOfFolders(report)) return folderFigures(report);
  const unsaid = endpoints.some(isOpenToAnyone) ? 'could not be learnt' : 'none could be read';
  return html`<dl class="figures">
${estimateFigure('images open', summary.images, unsaid)}
${estimateFigure('studies open', summary.studies, unsaid)}
${estimateFigure('patients concerned', summary.patients, unsaid)}
${figure('endpoints with something to close', count(summary.exposedEndpoints), `of ${count(summary.endpoints)} that answered`)}</dl>`;
}

const folderFigures = ({ summary }: Report): Markup => html`<dl class="figures">
${estimateFigure('images', summary.images, 'none was seen')}
${figure('folders with something to close', count(summary.exposedEndpoints), `of ${count(summary.endpoints)}`)}
${figure('whose files other accounts may read', count(summary.readableEndpoints), `of ${count(summary.endpoints)}`)}
${figure('that other accounts may change', count(summary.writableEndpoints), `of ${count(summary.endpoints)}`)}</dl>`;

function estimateFigure(label: string, estimate: Estimate | null, unsaid: string): Markup {
  return estimate === null || isUncounted(estimate) ? figure(label, '–', unsaid) : figure(label, count(estimate.value), basisWord(estimate.basis));
}

const figure = (label: string, value: string, above: string): Markup => html`<div><dt>${label}</dt><dd><small>${above}</small>${value}</dd></div>`;
