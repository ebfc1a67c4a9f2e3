/** The endpoints' cards, worst first. Keeps a page of hundreds readable and small. */
import type { Report } from '../../model/report.js';
import { type PlacedFinding, placedFindings } from '../facts/failures.js';
import { ownRemedy } from '../facts/remedies.js';
import { count } from '../words.js';
import { endpointCard } from './endpoint-card.js';
import { html, type Markup } from './markup.js';

/** Cards with every remedy and all observations; later ones point back to a remedy that was shown. */
const fullCards = 25;
/** Cards that stand open, where there are no more of them than a person scrolls past. */
const openCards = 8;

export function endpointsSection(report: Report): Markup | null {
  if (report.endpoints.length === 0) return null;
  const shownBefore = remediesShown(report);
  const brief = `After the first ${fullCards}, observations and evidence are left to the JSON report, and a remedy that was shown before is pointed to.`;
  return html`<section id="endpoints"><h2>Endpoints</h2>
<p class="lead">Worst first. ${report.endpoints.length > fullCards && brief}</p>
${report.endpoints.map((endpoint, index) => {
  const failed = endpoint.findings.some((finding) => finding.verdict === 'fail');
  return endpointCard(report, endpoint, { index, open: failed && index < openCards, full: index < fullCards, shownBefore });
})}${report.summary.endpoints > report.endpoints.length && html`<p>${count(report.summary.endpoints - report.endpoints.length)} more endpoints, less exposed than these, are in the JSON report.</p>`}</section>`;
}

/** The first finding on the page with the same remedy, the settings of the same product included. */
function remediesShown(report: Report): (placed: PlacedFinding) => PlacedFinding | null {
  const first = new Map<string, PlacedFinding>();
  for (const placed of placedFindings(report, 'fail')) {
    const key = remedyKey(placed);
    if (!first.has(key)) first.set(key, placed);
  }
  return (placed) => {
    const shown = first.get(remedyKey(placed));
    return shown === undefined || shown.id === placed.id ? null : shown;
  };
}

const remedyKey = (placed: PlacedFinding): string => `${placed.finding.check} ${ownRemedy(placed)?.lines.join(' ') ?? ''} ${placed.endpoint.product === null}`;
