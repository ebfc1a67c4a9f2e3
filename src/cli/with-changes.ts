/** Puts what has changed since an earlier scan into a report. */
import { endpointName } from '../model/endpoint.js';
import type { Report, ReportEndpoint } from '../model/report.js';
import { compareScans, endpointChanges, pageSize, type ScanSide } from '../watch/compare-scans.js';

export interface Compared {
  readonly earlier: ScanSide;
  readonly later: ScanSide;
}

/** `report` is of `later`. Without anything to compare with it stays as it is. */
export async function withChanges(report: Report, compared: Compared | undefined): Promise<Report> {
  if (!compared) return report;
  const endpoints: ReportEndpoint[] = [];
  for (let start = 0; start < report.endpoints.length; start += pageSize) {
    endpoints.push(...(await pageWithChanges(report.endpoints.slice(start, start + pageSize), compared)));
  }
  return { ...report, since: await compareScans(compared.earlier, compared.later), endpoints };
}

/** At most `pageSize` endpoints. */
export async function pageWithChanges(endpoints: readonly ReportEndpoint[], compared: Compared | undefined): Promise<readonly ReportEndpoint[]> {
  if (!compared) return endpoints;
  const changes = await endpointChanges(compared.earlier, compared.later, endpoints.map(endpointName));
  return endpoints.map((endpoint) => {
    const since = changes.get(endpointName(endpoint));
    return since ? { ...endpoint, since } : endpoint;
  });
}
