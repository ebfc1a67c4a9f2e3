/** On whose authority, how hard, when, and what it cost the devices. */
import type { Report } from '../../model/report.js';
import { isOfFolders, nobodyNeeded } from '../facts/folders.js';
import { mostMessages, outcomesInWords } from '../facts/headline.js';
import { elapsed, moment } from '../moments.js';
import { bytes, count, counted, duration, listed, touchMeanings } from '../words.js';
import { html, type Markup, type Part } from './markup.js';

export function scanSection(report: Report): Markup {
  const { scan } = report;
  return html`<section id="scan"><h2>This scan</h2><div class="box"><dl class="terms">
${term('Authorised by', scan.authorisedBy ?? `Nobody was named: ${nobodyNeeded(report)}.`)}
${isOfFolders(report) ? null : asked(report)}
${term('Time', times(scan))}
${term('Scan', html`<code>${scan.id}</code>${!scan.complete && ', ended before every target was asked'}`)}
${term('Made with', `Dosimeter ${scan.version}`)}
</dl></div></section>`;
}

/** What of this there is only where a network was asked. */
function asked(report: Report): Markup {
  const { scan, summary } = report;
  const { connections, messagesSent, bytesSent, bytesReceived } = summary.traffic;
  const outcomes = outcomesInWords(report);
  return html`${term('Touch', `${scan.touch}: ${touchMeanings[scan.touch]}.`)}
${term('Asked', `${counted(summary.targets, 'address', 'addresses')}.${outcomes.length === 0 ? '' : ` Of the ports, ${listed(outcomes)}.`}`)}
${term('Cost', `${counted(connections, 'connection')}, ${counted(messagesSent, 'message')} (at most ${count(mostMessages(report))} to one endpoint), ${bytes(bytesSent)} sent, ${bytes(bytesReceived)} received. No image was requested.`)}`;
}

const term = (name: string, description: Part): Markup => html`<dt>${name}</dt><dd>${description}</dd>`;

function times({ startedAt, finishedAt }: Report['scan']): string {
  const took = elapsed(startedAt, finishedAt);
  if (finishedAt === null) return `Began ${moment(startedAt)}; its end was not recorded.`;
  return `${moment(startedAt)} to ${moment(finishedAt)}${took === null ? '' : `, ${duration(took)}`}.`;
}
