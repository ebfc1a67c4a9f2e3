/** Evidence is plain JSON facts, without opinion and without identifying values. */
import type { ArchiveSeen } from './archive-door.js';
import type { Exposure } from './exposure.js';
import type { Product } from './product.js';
import type { Rights, RightsFrom } from './rights.js';

/** How the rest of the system reads one kind of evidence without knowing its protocol. */
export interface EvidenceReaders<Evidence> {
  /** Name of the service for people: `dicom`, `dicom over tls`. */
  service?(evidence: Evidence): string;
  product?(evidence: Evidence): Product | null;
  rights?(evidence: Evidence): Rights | null;
  /** What `rights` rests on. */
  rightsFrom?(evidence: Evidence): RightsFrom | null;
  exposure?(evidence: Evidence): Exposure | null;
  /** Where what lies open is an archive, which may have other doors. */
  archive?(evidence: Evidence): ArchiveSeen | null;
}

/** A typed token: the name and version are what the store keeps, the type parameter is what a check sees. */
export interface EvidenceKind<Evidence> {
  readonly name: string;
  readonly version: number;
  readonly readers: EvidenceReaders<Evidence>;
  /** Never set; carries the type. */
  readonly type?: Evidence;
}

export function evidenceKind<Evidence>(name: string, version: number, readers: EvidenceReaders<Evidence> = {}): EvidenceKind<Evidence> {
  return { name, version, readers };
}

// biome-ignore lint/suspicious/noExplicitAny: a list of kinds is a list of different types
export type AnyEvidenceKind = EvidenceKind<any>;
