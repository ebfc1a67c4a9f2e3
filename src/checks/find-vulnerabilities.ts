/** A product and its version → what is known of it in our table. Does not guess: what cannot be compared is said. */
import type { Product } from '../model/product.js';
import { compareVersions } from './version-order.js';
import { type VersionRange, type VulnerableVersion, vulnerableVersions } from './vulnerable-versions.js';

export type Known =
  | { readonly known: 'product-not-listed' }
  | { readonly known: 'version-unknown' }
  /** `undecided`: rows in whose range the version could not be placed. */
  | { readonly known: 'compared'; readonly affectedBy: readonly VulnerableVersion[]; readonly rows: number; readonly undecided: number };

/** `version-unknown` too where the version is none that can be compared. */
export function findVulnerabilities({ id, version }: Pick<Product, 'id' | 'version'>, table: readonly VulnerableVersion[] = vulnerableVersions): Known {
  const rows = table.filter(({ product }) => product === id);
  if (rows.length === 0) return { known: 'product-not-listed' };
  if (version === null) return { known: 'version-unknown' };
  const compared = rows.map((row) => [row, isAffected(row, version)] as const);
  if (compared.every(([, affected]) => affected === undefined)) return { known: 'version-unknown' };
  const affectedBy = compared.flatMap(([row, affected]) => (affected ? [row] : []));
  return { known: 'compared', affectedBy, rows: rows.length, undecided: compared.filter(([, affected]) => affected === undefined).length };
}

/** `undefined`: it lies in no range, and in one it could not be placed. */
function isAffected({ affected }: VulnerableVersion, version: string): boolean | undefined {
  const places = affected.map((range) => isWithin(range, version));
  if (places.includes(true)) return true;
  return places.includes(undefined) ? undefined : false;
}

function isWithin({ from, upTo, below }: VersionRange, version: string): boolean | undefined {
  const bounds = [
    from === undefined ? true : decided(compareVersions(version, from), (order) => order >= 0),
    upTo === undefined ? true : decided(compareVersions(version, upTo), (order) => order <= 0),
    below === undefined ? true : decided(compareVersions(version, below), (order) => order < 0),
  ];
  if (bounds.includes(false)) return false;
  return bounds.includes(undefined) ? undefined : true;
}

const decided = (order: number | undefined, test: (order: number) => boolean): boolean | undefined => (order === undefined ? undefined : test(order));
