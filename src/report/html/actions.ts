/** What to change, gravest first: one row a failed check, with every place it failed at. */
import type { Report } from '../../model/report.js';
import { type FailureGroup, failureGroups, type PlacedFinding } from '../facts/failures.js';
import { counted, severityWords } from '../words.js';
import { html, type Markup } from './markup.js';
import { placeName } from './place-name.js';
import { boxedTable } from './table.js';

const shownPlaces = 6;

export function actionsSection(report: Report): Markup | null {
  const groups = failureGroups(report);
  if (groups.length === 0) return null;
  return html`<section id="actions"><h2>What to change first</h2>
<p class="lead">Each line closes one hole. The settings, and the command that proves it, stand with the endpoint.</p>
${boxedTable(['Severity', 'Finding and remedy', 'Where'], groups.map(row))}</section>`;
}

function row({ severity, about, places }: FailureGroup): Markup {
  return html`<tr><td class="full"><span class="badge ${severity}">${severityWords[severity]}</span></td>
<th scope="row" class="full">${about.title}<br><span class="muted">${about.remedy.text}</span></th>
<td class="full small place">${where(places)}</td></tr>
`;
}

function where(places: readonly PlacedFinding[]): Markup {
  const folded = places.length > shownPlaces + 1 ? places.slice(shownPlaces) : [];
  const more = html`<details class="more"><summary>and ${counted(folded.length, 'more place')}</summary>${links(folded)}</details>`;
  return html`${links(places.slice(0, places.length - folded.length))}${folded.length > 0 && more}`;
}

const links = (places: readonly PlacedFinding[]): readonly Markup[] =>
  places.map(({ id, endpoint }) => html`<div><a class="mono" href="#${id}">${placeName(endpoint)}</a></div>`);
