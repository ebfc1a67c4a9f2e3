/** What was measured of one endpoint → whether it is a door to an archive, and by what others would be known as doors to the same. Pure. */
import type { ArchiveDoor, ArchiveSeen } from '../model/archive-door.js';
import type { Exposure } from '../model/exposure.js';
import type { Product } from '../model/product.js';

/** Fewer studies that are the same may be the test images of two archives: at another address they prove nothing. */
const tellingStudies = 8;

interface Seen {
  readonly archive: ArchiveSeen | null;
  readonly exposure: Exposure | null;
  readonly product: Product | null;
}

/** `null`: no archive, an empty one, or one that says nothing of its size. */
export function archiveDoor(address: string, { archive, exposure, product }: Seen): ArchiveDoor | null {
  if (archive === null || exposure === null || (exposure.studies?.value ?? 0) === 0) return null;
  const { mark } = archive;
  const { images, studies, patients } = exposure;
  const key = mark === null ? null : mark.studies >= tellingStudies ? mark.hash : `${mark.hash}@${address}`;
  return { key, images, studies, patients, product: product?.id ?? null };
}
