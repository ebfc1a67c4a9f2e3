/** Nouns of the model ⇄ rows. No SQL. JSON is made before a transaction begins, so what cannot be written costs no lock. */
import type { Finding } from '../model/finding.js';
import type { Observation } from '../model/observation.js';
import type { Touch } from '../model/touch.js';
import type { FindingTable, ObservationTable, ScanTable } from './schema.js';
import type { ScanRecord } from './store-interface.js';

export function scanRow(scan: ScanRecord): ScanTable {
  return {
    id: scan.id,
    started_at: scan.startedAt,
    finished_at: scan.finishedAt,
    authorised_by: scan.authorisedBy,
    touch: scan.touch,
    version: scan.version,
    complete: scan.complete ? 1 : 0,
    targets: JSON.stringify(scan.targets),
    settings: JSON.stringify(scan.settings ?? null),
    recorded: 0,
  };
}

export function scanRecord(row: ScanTable): ScanRecord {
  return {
    id: row.id,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    authorisedBy: row.authorised_by,
    touch: row.touch as Touch,
    version: row.version,
    complete: row.complete === 1,
    targets: JSON.parse(row.targets) as string[],
    settings: JSON.parse(row.settings),
  };
}

/** A row before its scan has given it a place. */
export type Unplaced<Row> = Omit<Row, 'scan_id' | 'position'>;

export function observationRow({ endpoint, kind, outcome, at, ...rest }: Observation): Unplaced<ObservationTable> {
  return { host: endpoint.host, address: endpoint.address, port: endpoint.port, kind, outcome, at, rest: JSON.stringify(rest) };
}

export function observationOf({ host, address, port, kind, outcome, at, rest }: Unplaced<ObservationTable>): Observation {
  return { endpoint: { host, address, port }, kind, outcome, at, ...(JSON.parse(rest) as object) } as Observation;
}

export function findingRow(finding: Finding): Unplaced<FindingTable> {
  const { endpoint, check, verdict, severity } = finding;
  return { host: endpoint.host, port: endpoint.port, check_id: check, verdict, severity, finding: JSON.stringify(finding) };
}

export const findingOf = ({ finding }: Pick<FindingTable, 'finding'>): Finding => JSON.parse(finding) as Finding;
