/** What anyone may do at one endpoint, and what each answer rests on. */
import type { ReportEndpoint } from '../../model/report.js';
import { rightNames } from '../../model/rights.js';
import { html, type Markup } from './markup.js';
import { rightMark } from './symbols.js';

/** Where a report does not tell the grounds, the marks alone. */
export function rightFacts({ rights, rightsFrom }: ReportEndpoint, title = 'Anyone may'): Markup {
  if (!rightsFrom || rightNames.every((name) => rightsFrom[name].length === 0))
    return html`<div class="wide"><dt>${title}</dt><dd class="inline">${rightNames.map((name) => html`<span>${name}: ${rightMark(rights[name])}</span>`)}</dd></div>`;
  return html`<div class="wide"><dt>${title}</dt><dd><table class="grounds"><tbody>
${rightNames.map(
  (
    name,
  ) => html`<tr><th scope="row">${name}</th><td>${rightMark(rights[name])}</td><td class="small muted">${rightsFrom[name].map((ground) => html`<div>${ground}</div>`)}</td></tr>
`,
)}</tbody></table></dd></div>`;
}
