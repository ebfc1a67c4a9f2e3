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
  /** Positions given out so far, to observations and findings alike. */
  recorded: number;
}

export interface ObservationTable {
  scan_id: string;
  /** Counts up within the scan, in the order of recording. */
  position: number;
  host: string;
  address: string;
  port: number;
  kind: string;
  outcome: string;
  at: number;
  /** JSON of everything that has no column. */
  rest: string;
}

export interface FindingTable {
  scan_id: string;
  position: number;
  host: string;
  port: number;
  check_id: string;
  verdict: string;
  severity: string;
  /** JSON of the whole finding: a report of an old scan shows what was said then, whatever the checks say now. */
  finding: string;
}

export interface Tables {
  scan: ScanTable;
  observation: ObservationTable;
  finding: FindingTable;
}
