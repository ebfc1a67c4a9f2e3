/** What the store keeps, seen as plain lists of observations and findings. */
import { endpointName } from '../../model/endpoint.js';
import type { EndpointRecord } from '../../model/endpoint-record.js';
import type { Finding } from '../../model/finding.js';
import type { Observation } from '../../model/observation.js';
import { noTotals, type ScanTotals } from '../../model/totals.js';
import { endpointRow } from '../rows.js';
import type { Store } from '../store-interface.js';

/** Neighbours of one endpoint are one record; findings go with the first record of their endpoint. */
export function recordsOf(observations: readonly Observation[], findings: readonly Finding[]): readonly EndpointRecord[] {
  const records: { endpoint: Observation['endpoint']; observations: Observation[]; findings: Finding[] }[] = [];
  for (const observation of observations) {
    const last = records.at(-1);
    if (last && JSON.stringify(last.endpoint) === JSON.stringify(observation.endpoint)) last.observations.push(observation);
    else records.push({ endpoint: observation.endpoint, observations: [observation], findings: [] });
  }
  for (const finding of findings) {
    const place = records.find(({ endpoint }) => endpointName(endpoint) === endpointName(finding.endpoint));
    if (place) place.findings.push(finding);
    else records.push({ endpoint: finding.endpoint, observations: [], findings: [finding] });
  }
  return records.map((record) => ({ ...record, isOpen: true, gravest: record.findings.length > 0 ? 3 : -1, images: 0, door: null }));
}

export const keep = async (store: Store, scanId: string, observations: readonly Observation[], findings: readonly Finding[], totals: ScanTotals = noTotals) =>
  store.record(scanId, recordsOf(observations, findings).map(endpointRow), totals);

export async function* observationsIn(store: Store, scanId: string): AsyncGenerator<Observation> {
  for await (const { observations } of store.endpoints(scanId)) yield* observations;
}

export async function* findingsIn(store: Store, scanId: string): AsyncGenerator<Finding> {
  for await (const { findings } of store.endpoints(scanId)) yield* findings;
}
