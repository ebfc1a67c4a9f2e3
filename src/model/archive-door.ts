/** What tells that two doors lead to one archive. Holds no identifier: studies are named by a keyed hash, whose key stays with the scan. */
import type { Estimate } from './exposure.js';

/** Some studies of an archive, chosen in the same way whichever door they were seen through. */
export interface ArchiveMark {
  /** Which studies, for people: `all`, `a day of 2025`. */
  readonly selection: string;
  /** How many studies that were. */
  readonly studies: number;
  /** Keyed hash of the selection and of its sixteen studies whose own keyed hashes are smallest; hexadecimal. */
  readonly hash: string;
}

/** How a kind of evidence says that an archive was seen. */
export interface ArchiveSeen {
  /** `null`: no study's identifier came this way. */
  readonly mark: ArchiveMark | null;
}

/** One endpoint that leads to an archive with at least one study. */
export interface ArchiveDoor {
  /** Equal where two doors showed the same studies; `null` where none were seen. */
  readonly key: string | null;
  readonly images: Estimate | null;
  readonly studies: Estimate | null;
  readonly patients: Estimate | null;
  /** Key of `Product.id`. */
  readonly product: string | null;
}

export interface PlacedDoor extends ArchiveDoor {
  /** As `endpointName` writes it. */
  readonly name: string;
  readonly address: string;
}
