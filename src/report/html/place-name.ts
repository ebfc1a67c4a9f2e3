/** How the page names a place: on one line where it fits, else broken before the port. */
import { endpointName } from '../../model/endpoint.js';
import type { ReportEndpoint } from '../../model/report.js';
import { html, type Markup } from './markup.js';

export function placeName(endpoint: ReportEndpoint): Markup {
  if (endpoint.port === 0) return html`<bdi>${endpointName(endpoint)}</bdi>`;
  const port = `:${endpoint.port}`;
  return html`<bdi>${endpointName(endpoint).slice(0, -port.length)}<wbr>${port}</bdi>`;
}
