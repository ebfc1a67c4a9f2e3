/** The formats a report can be read in. A format is one file and one line here. */
import type { Report } from '../model/report.js';
import { renderHtml } from './html.js';
import { renderJson } from './json.js';
import type { Page } from './terminal/page.js';
import { renderTerminal } from './terminal.js';

/** What a format may ask of the place it is shown in; only `terminal` does. */
type RenderOptions = Page;

const renderers = {
  terminal: renderTerminal,
  json: renderJson,
  html: renderHtml,
} as const satisfies Record<string, (report: Report, options: RenderOptions) => string>;

export type ReportFormat = keyof typeof renderers;
export const reportFormats = Object.keys(renderers) as readonly ReportFormat[];

/** Pure: the same report and options give the same text. */
export function renderReport(format: ReportFormat, report: Report, options: RenderOptions): string {
  return renderers[format](report, options);
}
