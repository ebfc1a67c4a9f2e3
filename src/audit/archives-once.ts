/**
 * Doors to archives → archives, each counted once. Reads doors address by address and keeps only what several doors share, so that a scan of
 * a million endpoints takes no more memory than one of a thousand. Pure: decides by what was stored, and asks nobody.
 */
import type { PlacedDoor } from '../model/archive-door.js';
import { addEstimates, type Estimate } from '../model/exposure.js';
import { type Amounts, noAmounts } from '../model/totals.js';

export interface ArchivesOnce {
  /** Of all archives, each counted once. */
  readonly amounts: Amounts;
  /** Archives with more than one door, and the doors that they have together. */
  readonly shared: { readonly archives: number; readonly doors: number };
  /** Name of an endpoint → name of the endpoint that stands for the same archive. */
  readonly furtherDoors: ReadonlyMap<string, string>;
}

/** `doors` come address by address; `sharedKeys`: keys that stand at more than one address. */
export async function archivesOnce(doors: AsyncIterable<PlacedDoor>, sharedKeys: ReadonlySet<string>): Promise<ArchivesOnce> {
  const sums = new Sums();
  const elsewhereToo = new Map<string, Archive[]>();
  for await (const own of byAddress(doors)) {
    for (const archive of archivesAt(own)) {
      const { key } = archive;
      if (key === null || !sharedKeys.has(key) || !joins(elsewhereToo, key, archive)) sums.add(archive);
    }
  }
  for (const archives of elsewhereToo.values()) for (const archive of archives) sums.add(archive);
  return sums.result();
}

async function* byAddress(doors: AsyncIterable<PlacedDoor>): AsyncGenerator<readonly PlacedDoor[]> {
  let own: PlacedDoor[] = [];
  for await (const door of doors) {
    if (own.length > 0 && own[0]?.address !== door.address) {
      yield own;
      own = [];
    }
    own.push(door);
  }
  if (own.length > 0) yield own;
}

/** One archive and its doors; each figure is that of the door that knows it best. */
interface Archive {
  readonly key: string | null;
  readonly images: Estimate | null;
  readonly studies: Estimate | null;
  readonly patients: Estimate | null;
  readonly products: readonly string[];
  /** The door that stands for it, and how much it knows. */
  readonly name: string;
  readonly knows: number;
  /** Handed on and added to when archives are joined: a copy for each of a whole network's doors would take time by their square. */
  readonly others: string[];
}

const archiveOf = ({ name, key, images, studies, patients, product }: PlacedDoor): Archive => ({
  ...{ key, images, studies, patients, name },
  products: product === null ? [] : [product],
  knows: [images, studies, patients].reduce((sum, figure) => sum + certainty(figure), 0),
  others: [],
});

/** Doors that showed studies first; those that showed none join an archive of exactly the same size. */
function archivesAt(doors: readonly PlacedDoor[]): readonly Archive[] {
  const archives: Archive[] = [];
  const inOrder = [...doors].sort((a, b) => Number(a.key === null) - Number(b.key === null) || (a.name < b.name ? -1 : 1));
  for (const archive of inOrder.map(archiveOf)) {
    const isSame = (other: Archive) => (archive.key === null || other.key === null ? hasSameCounts(archive, other) : isSameArchive(archive, other));
    const at = archives.findIndex(isSame);
    const known = archives[at];
    if (known) archives[at] = joined(known, archive);
    else archives.push(archive);
  }
  return archives;
}

/** Archives that show the same studies and contradict each other otherwise: more of them are somebody's game, and each is counted for itself. */
const mostOfOneKey = 100;

/** False where there is no room for one more. */
function joins(archives: Map<string, Archive[]>, key: string, archive: Archive): boolean {
  const own = archives.get(key) ?? [];
  archives.set(key, own);
  const at = own.findIndex((other) => isSameArchive(archive, other));
  const known = own[at];
  if (known) own[at] = joined(known, archive);
  else if (own.length < mostOfOneKey) own.push(archive);
  return known !== undefined || own.includes(archive);
}

/** The same studies were seen, and nothing that was counted says otherwise: an archive that holds a part of another one is not the same. */
const isSameArchive = (a: Archive, b: Archive): boolean => a.key === b.key && mayAgree(a.studies, b.studies) && mayAgree(a.images, b.images);

/** Studies that two small archives may have in number by chance. */
const fewStudies = 10;

/** No study was seen to compare: the same numbers to the last image at the same address, from the same product unless they are large. */
function hasSameCounts(a: Archive, b: Archive): boolean {
  const same = (one: Estimate | null, other: Estimate | null): boolean =>
    one?.basis === 'exact' && other?.basis === 'exact' && one.value === other.value && one.value > 0;
  const isKnownProduct = a.products.some((product) => b.products.includes(product));
  return same(a.studies, b.studies) && same(a.images, b.images) && (isKnownProduct || (a.studies?.value ?? 0) >= fewStudies);
}

/** Archives grow while they are scanned; and one interval of twenty does not hold the truth. */
function mayAgree(a: Estimate | null, b: Estimate | null): boolean {
  if (a === null || b === null) return true;
  const slack = 2 + 0.02 * Math.max(a.value, b.value);
  return lowest(a) <= highest(b) + slack && lowest(b) <= highest(a) + slack;
}

const lowest = ({ basis, value, low }: Estimate): number => (basis === 'estimate' ? value - 2 * (value - low) : low);
const highest = ({ value, high }: Estimate): number => (high === null ? Number.POSITIVE_INFINITY : value + 2 * (high - value));

/** The door that knows most stands for both; of two that know the same, the one whose name comes first. */
function joined(a: Archive, b: Archive): Archive {
  const [first, other] = b.knows > a.knows || (b.knows === a.knows && b.name < a.name) ? [b, a] : [a, b];
  const [others, fewer] = first.others.length >= other.others.length ? [first.others, other.others] : [other.others, first.others];
  others.push(other.name);
  for (const name of fewer) others.push(name);
  return {
    key: a.key ?? b.key,
    images: better(first.images, other.images),
    studies: better(first.studies, other.studies),
    patients: better(first.patients, other.patients),
    products: [...new Set([...a.products, ...b.products])],
    name: first.name,
    knows: first.knows,
    others,
  };
}

const certainties = { exact: 3, estimate: 2, 'at-least': 1 } as const satisfies Record<Estimate['basis'], number>;
const certainty = (figure: Estimate | null): number => (figure === null ? 0 : certainties[figure.basis]);

/** Of two lower bounds the higher one. */
function better(a: Estimate | null, b: Estimate | null): Estimate | null {
  if (certainty(a) !== certainty(b)) return certainty(a) > certainty(b) ? a : b;
  return a?.basis === 'at-least' && b !== null && b.value > a.value ? b : a;
}

class Sums {
  #amounts: Amounts = noAmounts;
  #archives = 0;
  #doors = 0;
  readonly #furtherDoors = new Map<string, string>();

  add({ name, others, images, studies, patients }: Archive): void {
    this.#amounts = addAmounts(this.#amounts, {
      ...{ images, studies, patients },
      uncounted: { images: images === null, studies: studies === null, patients: patients === null },
    });
    const further = new Set(others);
    further.delete(name);
    if (further.size === 0) return;
    this.#archives += 1;
    this.#doors += 1 + further.size;
    for (const other of further) this.#furtherDoors.set(other, name);
  }

  result(): ArchivesOnce {
    return { amounts: this.#amounts, shared: { archives: this.#archives, doors: this.#doors }, furtherDoors: this.#furtherDoors };
  }
}

export const addAmounts = (a: Amounts, b: Amounts): Amounts => ({
  images: addEstimates([a.images, b.images]),
  studies: addEstimates([a.studies, b.studies]),
  patients: addEstimates([a.patients, b.patients]),
  uncounted: {
    images: a.uncounted.images || b.uncounted.images,
    studies: a.uncounted.studies || b.uncounted.studies,
    patients: a.uncounted.patients || b.uncounted.patients,
  },
});
