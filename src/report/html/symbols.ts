/** Shapes that are drawn once and used everywhere: a right is told by shape and word, never by colour alone. */
import type { Right } from '../../model/rights.js';
import { html, type Markup } from './markup.js';

/** Filled disc, half disc, ring with a bar, dotted ring; and the hatching of what is unknown. */
export const symbols: Markup = html`<svg width="0" height="0" style="position:absolute" aria-hidden="true" focusable="false">
<symbol id="right-yes" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="currentColor"/></symbol>
<symbol id="right-negotiated" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/>
<path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor"/></symbol>
<symbol id="right-no" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/>
<path d="M4 12 12 4" stroke="currentColor" stroke-width="2"/></symbol>
<symbol id="right-unknown" viewBox="0 0 16 16">
<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="2 2.7"/></symbol>
<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect width="2.5" height="6" fill="var(--unknown)"/></pattern></defs>
</svg>`;

const words = { yes: 'yes', negotiated: 'negotiated', no: 'no', unknown: 'unknown' } as const satisfies Record<Right, string>;

export function rightMark(right: Right): Markup {
  return html`<span class="mark mark-${right}"><svg aria-hidden="true"><use href="#right-${right}"/></svg>${words[right]}</span>`;
}

/** A gauge, after the instrument that the tool is named for. */
export const emblem: Markup = html`<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" aria-hidden="true">
<path d="M4.2 17.5a9 9 0 1 1 15.6 0"/><path d="m12 13 4.2-4.6"/><circle cx="12" cy="13" r="1.4" fill="currentColor"/></svg>`;
