/** What the examination of some hosts came to, ready to be stored: plain data, so that it can come from another thread. */
import type { Recorded } from '../audit/record-endpoint.js';
import { mergeTotals, tally } from '../audit/totals.js';
import { noTotals, type ScanTotals } from '../model/totals.js';
import type { Job } from '../schedule/queue.js';
import { endpointRow } from '../store/rows.js';
import type { EndpointRow } from '../store/schema.js';

export interface Batch {
  readonly rows: readonly EndpointRow[];
  /** Of these hosts alone. */
  readonly totals: ScanTotals;
  readonly hosts: number;
  readonly silentHosts: number;
}

export const emptyBatch: Batch = { rows: [], totals: noTotals, hosts: 0, silentHosts: 0 };

export function batchOf(job: Job, endpoints: readonly Recorded[]): Batch {
  const isSilent = endpoints.some(({ record }) => record.observations.some(({ outcome }) => outcome === 'timed-out'));
  return {
    rows: endpoints.map(({ record }) => endpointRow(record)),
    totals: tally(endpoints, job.again ? 0 : 1),
    hosts: 1,
    silentHosts: isSilent ? 1 : 0,
  };
}

export const joinBatches = (a: Batch, b: Batch): Batch => ({
  rows: [...a.rows, ...b.rows],
  totals: mergeTotals(a.totals, b.totals),
  hosts: a.hosts + b.hosts,
  silentHosts: a.silentHosts + b.silentHosts,
});
