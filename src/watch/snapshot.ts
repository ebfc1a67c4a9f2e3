/** What one scan says of one endpoint, as far as two scans compare. Compares nothing. */
import type { Verdict } from '../model/check.js';
import type { FailureOutcome } from '../model/connection.js';
import { endpointName } from '../model/endpoint.js';
import type { EndpointRecord } from '../model/endpoint-record.js';
import type { Exposure } from '../model/exposure.js';
import type { ReportEndpoint } from '../model/report.js';

export interface SnapshotFinding {
  readonly check: string;
  readonly subject: string;
  readonly verdict: Verdict['verdict'];
}

export interface Snapshot {
  /** As `endpointName` writes it. */
  readonly name: string;
  readonly host: string;
  readonly address: string;
  readonly port: number;
  readonly isOpen: boolean;
  readonly service: string;
  readonly exposure: Exposure | null;
  readonly findings: readonly SnapshotFinding[];
  /** Milliseconds since the epoch of its last observation; `null` where there is none. */
  readonly at: number | null;
  /** How the last observation ended. */
  readonly outcome: FailureOutcome | 'observed' | null;
}

/** `service` and `exposure` as `measure` reads them. */
export function snapshotOfRecord({ endpoint, observations, findings, isOpen }: EndpointRecord, measured: Pick<Snapshot, 'service' | 'exposure'>): Snapshot {
  return {
    name: endpointName(endpoint),
    ...endpoint,
    isOpen,
    service: measured.service,
    exposure: measured.exposure,
    findings,
    at: newest(observations.map(({ at }) => at)),
    outcome: observations.at(-1)?.outcome ?? null,
  };
}

/** A report lists endpoints that were open, and no others. */
export function snapshotOfReported({ host, address, port, service, exposure, findings, observations }: ReportEndpoint): Snapshot {
  return {
    name: endpointName({ host, port }),
    ...{ host, address, port },
    isOpen: true,
    service,
    exposure,
    findings,
    at: newest(observations.map(({ at }) => Date.parse(at)).filter(Number.isFinite)),
    outcome: observations.at(-1)?.outcome ?? null,
  };
}

const newest = (times: readonly number[]): number | null => times.reduce<number | null>((latest, at) => (latest === null || at > latest ? at : latest), null);
