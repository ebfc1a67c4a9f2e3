/** Lists as tables. A title that begins with `>` stands on the right, above figures. */
import { html, type Markup } from './markup.js';

export function listTable(classes: string, titles: readonly string[], rows: readonly Markup[]): Markup {
  return html`<table class="list ${classes}"><thead><tr>${titles.map(headCell)}</tr></thead>
<tbody>${rows}</tbody></table>`;
}

/** In a box of its own; on a narrow page each row becomes a small block. */
export const boxedTable = (titles: readonly string[], rows: readonly Markup[]): Markup =>
  html`<div class="box flush">${listTable('stack', titles, rows)}</div>`;

const headCell = (title: string): Markup =>
  title.startsWith('>') ? html`<th scope="col" class="right">${title.slice(1)}</th>` : html`<th scope="col">${title}</th>`;
