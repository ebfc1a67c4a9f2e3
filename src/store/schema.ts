/**
 * The tables, as Kysely sees them. Portable on purpose: text, integer and bigint only; time is milliseconds since the epoch,
 * a boolean is 0 or 1, JSON is text and whatever is searched for has its own column.
 */
export interface ScanTable {
  id: string;
  started_at: number;
  finished_at: number | null;
  authorised_by: string | null;
  touch: string;
  version: string;
  complete: number;
  /** JSON. */
  targets: string;
  /** JSON. */
  settings: string;
  /** Positions given out so far. */
  recorded: number;
  /** JSON of `ScanTotals`, as of the last record: a summary reads one row. */
  totals: string;
}

/** One row an endpoint: it is written once, read whole, and never searched inside. */
export interface EndpointTable {
  scan_id: string;
  /** Counts up within the scan, in the order of recording. */
  position: number;
  /** As `endpointName` writes it. */
  name: string;
  host: string;
  address: string;
  port: number;
  is_open: number;
  gravest: number;
  images: number;
  /** Equal for doors to one archive (`ArchiveDoor.key`). */
  archive: string | null;
  /** JSON of the rest of `ArchiveDoor`; null where the endpoint leads to no archive. */
  door: string | null;
  /** JSON; without the endpoint, which the columns hold. */
  observations: string;
  /** JSON: a report of an old scan shows what was said then, whatever the checks say now. */
  findings: string;
}

export interface Tables {
  scan: ScanTable;
  endpoint: EndpointTable;
}

/** A row before its scan has given it a place: plain data. */
export type EndpointRow = Omit<EndpointTable, 'scan_id' | 'position'>;
