/** Whose server it is, from the form of a file handle and of the paths: NFS has no greeting. The paths are looked at here and go no further. */
import type { Product } from '../../model/product.js';

export interface Signs {
  /** File handle of an export's folder. */
  readonly handle: Uint8Array | null;
  readonly paths: readonly string[];
  /** nii_name of EXCHANGE_ID. */
  readonly implementation: string | null;
}

/** Appliances keep to their own tree; below it lies the kernel's server. */
const byPath: readonly (readonly [RegExp, Omit<Product, 'version'>])[] = [
  [/^\/volume\d{1,2}\//, { id: 'synology-dsm', name: 'Synology DSM', basis: 'export paths in the manner of DSM' }],
  [/^\/share\/(?:CACHEDEV\d{1,2}_DATA|NFSv=4|MD0_DATA)/, { id: 'qnap-qts', name: 'QNAP QTS', basis: 'export paths in the manner of QTS' }],
];

export function recogniseProduct({ handle, paths, implementation }: Signs): Product | null {
  const appliance = byPath.find(([pattern]) => paths.length > 0 && paths.every((path) => pattern.test(path)));
  if (appliance) return { ...appliance[1], version: null };
  if (implementation !== null && /^Linux /.test(implementation))
    return { id: 'linux-knfsd', name: 'Linux NFS server', version: null, basis: 'implementation id of EXCHANGE_ID' };
  if (handle && isGanesha(handle)) return { id: 'nfs-ganesha', name: 'NFS-Ganesha', version: null, basis: 'form of the file handles' };
  if (handle && isLinux(handle)) return { id: 'linux-knfsd', name: 'Linux NFS server', version: null, basis: 'form of the file handles' };
  return null;
}

/** GANESHA_FH_VERSION is 0x43 since 2.5; then flags, of which three are defined, and the export's number. */
const isGanesha = (handle: Uint8Array): boolean => handle.length >= 6 && handle[0] === 0x43 && (handle[1] ?? 0xff) <= 0x07;

/** knfsd_fh: version 1, no authentication, a kind of file system id from 0 to 7, then a kind of file id. */
const isLinux = (handle: Uint8Array): boolean => handle.length >= 8 && handle[0] === 1 && handle[1] === 0 && (handle[2] ?? 0xff) <= 7;
