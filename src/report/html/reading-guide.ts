/** The words of the report, for a reader who has never seen one. */
import { touchLevels } from '../../model/touch.js';
import { rightMeanings, touchMeanings } from '../words.js';
import { html, type Markup } from './markup.js';
import { rightMark } from './symbols.js';

const touches = touchLevels.map((level, index) => html`${index > 0 && '; '}<b>${level}</b>: ${touchMeanings[level]}`);

export const readingGuide: Markup = html`<section id="reading"><h2>How to read this report</h2>
<p class="lead">Every word below claims as much as was seen, and no more.</p>
<div class="box"><dl class="terms">
<dt>Endpoint</dt><dd>A host, a port and the service that answers there.</dd>
<dt>Open to anyone</dt><dd>A caller without credentials, that the device had never heard of, was granted a query.
It asked for counts; no image was opened, retrieved, written or changed.</dd>
<dt>${rightMark('yes')}</dt><dd>${rightMeanings.yes}</dd>
<dt>${rightMark('negotiated')}</dt><dd>${rightMeanings.negotiated}</dd>
<dt>${rightMark('no')}</dt><dd>${rightMeanings.no}</dd>
<dt>${rightMark('unknown')}</dt><dd>${rightMeanings.unknown}</dd>
<dt>Exactly</dt><dd>The device listed all of it, and it was counted.</dd>
<dt>At least (≥)</dt><dd>Counting ended early, or one of several devices did not tell: the figure is a lower bound.</dd>
<dt>About (≈)</dt><dd>An estimate; the interval beside it says how sure it is.</dd>
<dt>Could not be learnt</dt><dd>Not asked, or not answered. Silence is never counted as safe.</dd>
<dt>Checked and closed</dt><dd>The exposed state was looked for, and its absence was seen.</dd>
<dt>Touch</dt><dd>How hard the scan leaned on a device. ${touches}.
Each includes the ones before it.</dd>
<dt>Requirement, target, weakness</dt><dd>The law or contract that asks for it, the technical profile to aim at, and the class of weakness (CWE).
DICOM itself does not require authentication, so no finding says that it is violated.</dd>
</dl></div></section>`;
