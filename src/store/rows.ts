/** Nouns of the model ⇄ rows. No SQL. JSON is made before a transaction begins, so what cannot be written costs no lock. */
import type { ArchiveDoor, PlacedDoor } from '../model/archive-door.js';
import { endpointName } from '../model/endpoint.js';
import type { EndpointRecord } from '../model/endpoint-record.js';
import type { Finding } from '../model/finding.js';
import type { Observation } from '../model/observation.js';
import type { ScanTotals } from '../model/totals.js';
import { noTotals } from '../model/totals.js';
import type { Touch } from '../model/touch.js';
import type { EndpointRow, ScanTable } from './schema.js';
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
    totals: JSON.stringify(noTotals),
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

export const totalsOf = ({ totals }: Pick<ScanTable, 'totals'>): ScanTotals => JSON.parse(totals) as ScanTotals;

export function endpointRow({ endpoint, observations, findings, isOpen, gravest, images, door }: EndpointRecord): EndpointRow {
  return {
    name: endpointName(endpoint),
    host: endpoint.host,
    address: endpoint.address,
    port: endpoint.port,
    is_open: isOpen ? 1 : 0,
    gravest,
    images,
    ...doorColumns(door),
    observations: JSON.stringify(observations.map(({ endpoint: _endpoint, ...rest }) => rest)),
    findings: JSON.stringify(findings.map(({ endpoint: _endpoint, ...rest }) => rest)),
  };
}

export function endpointRecord(row: Omit<EndpointRow, 'name'>): EndpointRecord {
  const endpoint = { host: row.host, address: row.address, port: row.port };
  const placed = <Item>(text: string): readonly Item[] => (JSON.parse(text) as object[]).map((item) => ({ endpoint, ...item }) as Item);
  return {
    endpoint,
    observations: placed<Observation>(row.observations),
    findings: placed<Finding>(row.findings),
    isOpen: row.is_open === 1,
    gravest: row.gravest,
    images: row.images,
    door: doorOf(row),
  };
}

function doorColumns(door: ArchiveDoor | null): Pick<EndpointRow, 'archive' | 'door'> {
  if (door === null) return { archive: null, door: null };
  const { key, ...rest } = door;
  return { archive: key, door: JSON.stringify(rest) };
}

export const doorOf = ({ archive, door }: Pick<EndpointRow, 'archive' | 'door'>): ArchiveDoor | null =>
  door === null ? null : { key: archive, ...(JSON.parse(door) as Omit<ArchiveDoor, 'key'>) };

/** `row` has a door. */
export function placedDoor(row: Pick<EndpointRow, 'name' | 'address' | 'archive' | 'door'>): PlacedDoor {
  const { name, address } = row;
  return { name, address, ...(doorOf(row) ?? { key: null, images: null, studies: null, patients: null, product: null }) };
}
