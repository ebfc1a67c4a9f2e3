/** A probe goes and asks one service. It is handed `dial` and never connects by itself. */
import type { Dial, Transport } from './connection.js';
import type { Endpoint } from './endpoint.js';
import type { EvidenceKind } from './evidence.js';
import type { Touch } from './touch.js';

/** What a scan tells every probe. */
export interface ProbeSettings {
  readonly touch: Touch;
  /** AE title we call as (PS3.8 section 9.3.2), at most 16 characters; `null`: `DOSIMETER_` and the nonce, which no list holds. */
  readonly callingAeTitle: string | null;
  /** AE title we ask for; `null`: one that no device has, so that an acceptance means "any". */
  readonly calledAeTitle: string | null;
  /** Implementation Version Name we give (PS3.7 section D.3.3.2), at most 16 characters. */
  readonly implementationVersionName: string;
  /** Whom an administrator may ask about this scan, as the scope file names them; told where the protocol has a place for it. */
  readonly contact?: string;
  /** Six letters or digits that differ with every scan: makes AE titles and keys that no list holds. */
  readonly nonce: string;
  /**
   * A secret of this scan, never sent: what is hashed with it can be compared within the scan and by nobody else. Absent: no archive is known again.
   */
  readonly archiveKey?: string;
  /** At most so many responses are taken from one archive; beyond them the count is a lower bound. */
  readonly responseBudget: number;
  /** At most so many entries are listed of one share; beyond them the count is an estimate. */
  readonly entryBudget: number;
  /** The same seed gives the same sample and the same estimate. */
  readonly seed: number;
  /** Whether one record may be asked for, to class the identifying attributes in it, and the first 132 bytes of a few files. */
  readonly sample: boolean;
}

export interface ProbeTarget {
  readonly endpoint: Endpoint;
  readonly transport: Transport;
  readonly settings: ProbeSettings;
}

export interface Probe<Evidence> {
  readonly id: string;
  readonly produces: EvidenceKind<Evidence>;
  /** Where the service is usually found; a hint for the order, never a condition. */
  readonly ports: readonly number[];
  /** `anywhere`: also on ports that are usually somebody else's. `own-ports`: there only where a greeting named it; on ports that are nobody's, always. */
  readonly tried: 'anywhere' | 'own-ports';
  /** The least touch at which it runs. At a higher ceiling it may ask more. */
  readonly touch: Touch;
  /** Over what it is tried, in this order. */
  readonly transports: readonly Transport[];
  /** Returns evidence as soon as anything was learnt; throws only when nothing was. */
  run(target: ProbeTarget, dial: Dial): Promise<Evidence>;
}

// biome-ignore lint/suspicious/noExplicitAny: a list of probes is a list of different types
export type AnyProbe = Probe<any>;

/** Keeps the evidence type while the literal is written. */
export function defineProbe<Evidence>(probe: Probe<Evidence>): Probe<Evidence> {
  return probe;
}
