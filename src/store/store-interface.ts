/** What a store can do. Knows no SQL: one implementation keeps a file, another only memory. */
import type { Endpoint } from '../model/endpoint.js';
import type { Finding } from '../model/finding.js';
import type { Observation } from '../model/observation.js';
import type { Touch } from '../model/touch.js';

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
  /** All observations and findings of one host's examination, in one transaction: either all are stored or none. */
  record(scanId: string, observations: readonly Observation[], findings: readonly Finding[]): Promise<void>;
  /** `finishedAt` in milliseconds since the epoch. A resumed scan finishes again. */
  finishScan(scanId: string, finishedAt: number, complete: boolean): Promise<void>;
  scan(id: string): Promise<ScanRecord | undefined>;
  /** The one that was started last. */
  latestScan(): Promise<ScanRecord | undefined>;
  /** Newest first. */
  scans(): Promise<readonly ScanRecord[]>;
  /** In the order they were recorded, a page at a time. What is recorded meanwhile may be included. */
  observations(scanId: string): AsyncIterable<Observation>;
  findings(scanId: string): AsyncIterable<Finding>;
  /** Endpoints that have an observation, some more than once: what --resume skips. */
  observedEndpoints(scanId: string): AsyncIterable<Endpoint>;
  /** Leaves no lock behind. Safe to call twice. */
  close(): Promise<void>;
}

/** The caller's mistake, so not a `StoreError`: a scan is started before anything is recorded for it. */
export const unknownScan = (scanId: string): Error => new Error(`no scan ${scanId} was started in this store`);
