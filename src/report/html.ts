/** Report → one page to take into a meeting: no script, no request to anywhere, nothing in it that was not escaped. Writes nowhere. */
import type { Report } from '../model/report.js';
import { headline } from './facts/headline.js';
import { actionsSection } from './html/actions.js';
import { changesSection } from './html/changes.js';
import { severityBox, timelineBox } from './html/charts.js';
import { endpointsSection } from './html/endpoints.js';
import { html, Markup } from './html/markup.js';
import { openingPanel, topLine } from './html/opening.js';
import { readingGuide } from './html/reading-guide.js';
import { rightsSection } from './html/rights-table.js';
import { scanSection } from './html/scan-data.js';
import { style } from './html/style.js';
import { symbols } from './html/symbols.js';
import { closedSection, unlearntSection } from './html/unlearnt.js';
import { visible } from './visible.js';

/** Our own constant, which holds no `<`: the one text that is not escaped. */
const styleSheet = new Markup(style);

export function renderHtml(report: Report): string {
  return page(visible(report)).text;
}

function page(report: Report): Markup {
  const sections = contents(report);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${headline(report).claim} · Dosimeter</title>
<link rel="icon" href="data:,">
<style>${styleSheet}</style>
</head>
<body>
${symbols}
<div class="wrap">
<a class="skip" href="#main">Skip to the report</a>
${topLine(report)}
<main id="main">
${openingPanel(report, sections)}
${report.endpoints.length > 0 && html`<div class="halves">${severityBox(report)}${timelineBox(report)}</div>`}
${sections.map(({ body }) => body)}
</main>
<footer>Dosimeter measures how exposed medical images are, without looking at one.
This page holds no identifying value of any patient, but it names devices and their holes: keep it to those who have to close them.</footer>
</div>
</body>
</html>
`;
}

interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Markup;
}

function contents(report: Report): readonly Section[] {
  const all: readonly (Omit<Section, 'body'> & { readonly body: Markup | null })[] = [
    { id: 'actions', title: 'What to change', body: actionsSection(report) },
    { id: 'since', title: 'Since the earlier scan', body: changesSection(report) },
    { id: 'rights', title: 'Rights', body: report.endpoints.length > 0 ? rightsSection(report) : null },
    { id: 'endpoints', title: 'Endpoints', body: endpointsSection(report) },
    { id: 'unlearnt', title: 'Not learnt', body: unlearntSection(report) },
    { id: 'closed', title: 'Checked and closed', body: closedSection(report) },
    { id: 'reading', title: 'How to read this', body: readingGuide },
    { id: 'scan', title: 'This scan', body: scanSection(report) },
  ];
  return all.flatMap((section) => (section.body === null ? [] : [{ ...section, body: section.body }]));
}
