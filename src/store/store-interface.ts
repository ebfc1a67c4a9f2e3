/** What a store can do. Knows no SQL: one implementation keeps a file, another only memory. */
import type { PlacedDoor } from '../model/archive-door.js';
import type { Endpoint } from '../model/endpoint.js';
import type { EndpointRecord } from '../model/endpoint-record.js';
import type { ScanTotals } from '../model/totals.js';
import type { Touch } from '../model/touch.js';
import type { EndpointRow } from './schema.js';

export interface ScanRecord {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly authorisedBy: string | null;
  readonly touch: Touch;
  /** Version of Dosimeter. */
  readonly version: string;
  readonly complete: boolean;
  readonly targets: readonly string[];
  /** JSON: what --resume needs. */
  readonly settings: unknown;
}

/** Keeps JSON copies of what it is given and nothing else. A full disk, a lock or a missing right throws `StoreError`. */
export interface Store {
  /** Throws when the id is taken. */
  startScan(scan: ScanRecord): Promise<void>;
  /**
   * All endpoints of one or more hosts' examinations (`endpointRow`), all or none, and what the scan has come to with them. Resolves when they are written: whoever
   * waits for that is held back by a slow disk. Calls are written in their order, many of them in one transaction where they come together.
   */
  record(scanId: string, endpoints: readonly EndpointRow[], totals: ScanTotals): Promise<void>;
  /** `finishedAt` in milliseconds since the epoch. A resumed scan finishes again. */
  finishScan(scanId: string, finishedAt: number, complete: boolean): Promise<void>;
  scan(id: string): Promise<ScanRecord | undefined>;
  /** The one that was started last. */
  latestScan(): Promise<ScanRecord | undefined>;
  /** Newest first. */
  scans(): Promise<readonly ScanRecord[]>;
  /** Complete ones that were started before it, newest first, one at a time. */
  earlierScans(scanId: string): AsyncIterable<ScanRecord>;
  /** As of the last record. `undefined`: no such scan. */
  totals(scanId: string): Promise<ScanTotals | undefined>;
  /** In the order they were recorded, a page at a time. What is recorded meanwhile may be included. */
  endpoints(scanId: string): AsyncIterable<EndpointRecord>;
  /** Open ones only: by gravest failure, then by images, then by name. At most `count`. */
  worstEndpoints(scanId: string, count: number): AsyncIterable<EndpointRecord>;
  /** Names (`endpointName`) of those that were open, in the order they were recorded, a page at a time. */
  openNames(scanId: string): AsyncIterable<string>;
  /** Those of these names (some hundreds at most) that were recorded, in no particular order. One that was recorded twice comes as it was recorded last. */
  endpointsNamed(scanId: string, names: readonly string[]): Promise<readonly EndpointRecord[]>;
  /** Which of these names (some hundreds at most) were open. */
  openAmong(scanId: string, names: readonly string[]): Promise<ReadonlySet<string>>;
  /** Endpoints that lead to an archive, address by address, a page at a time. */
  archiveDoors(scanId: string): AsyncIterable<PlacedDoor>;
  /** Keys of archives (`ArchiveDoor.key`) that were seen at more than one address. */
  sharedArchives(scanId: string): Promise<ReadonlySet<string>>;
  /** Those that were observed: what --resume skips. */
  observedEndpoints(scanId: string): AsyncIterable<Endpoint>;
  /** Leaves no lock behind. Safe to call twice. */
  close(): Promise<void>;
}

/** The caller's mistake, so not a `StoreError`: a scan is started before anything is recorded for it. */
export const unknownScan = (scanId: string): Error => new Error(`no scan ${scanId} was started in this store`);
