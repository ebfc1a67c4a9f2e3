/** All that the examination of one endpoint gave: the unit that is stored, judged again and reported. */
import type { ArchiveDoor } from './archive-door.js';
import type { Endpoint } from './endpoint.js';
import type { Finding } from './finding.js';
import type { Observation } from './observation.js';

export interface EndpointRecord {
  readonly endpoint: Endpoint;
  readonly observations: readonly Observation[];
  readonly findings: readonly Finding[];
  /** It accepted a connection. */
  readonly isOpen: boolean;
  /** Place of the gravest failed check in `severities`; -1 where none failed. With `images` the order in which reports list. */
  readonly gravest: number;
  /** Images that lie open there, as far as is known. */
  readonly images: number;
  /** `null` where it leads to no archive that holds anything. */
  readonly door: ArchiveDoor | null;
}
