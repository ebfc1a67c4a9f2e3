/** Program 100005 version 3, MOUNT (RFC 1813 section 5): what is exported, to whom, and the first file handle of it. */
import { WireError } from '../../../model/wire.js';
import { XdrReader, XdrWriter } from './xdr.js';

export const mountd = { program: 100_005, version: 3, procedures: { null: 0, mount: 1, unmount: 3, exports: 5 } } as const;

/** MNTPATHLEN and MNTNAMLEN are 1024 and 255; Linux lets names be longer. */
const longestPath = 1_024;
const mostExports = 1_024;
const mostClients = 8_192;

/** One line of the export list. Both are names of people's making: class them, drop them. */
export interface ExportEntry {
  readonly path: string;
  readonly clients: readonly string[];
}

/** Results of MOUNTPROC3_EXPORT. */
export function decodeExports(results: Uint8Array): readonly ExportEntry[] {
  const reader = new XdrReader(results);
  const exports: ExportEntry[] = [];
  let seen = 0;
  while (reader.bool('exports')) {
    if (exports.length === mostExports) throw new WireError('exports', reader.offset, `more than ${mostExports} exports`);
    const path = reader.text('ex_dir', longestPath);
    const clients: string[] = [];
    while (reader.bool('groups')) {
      seen += 1;
      if (seen > mostClients) throw new WireError('groups', reader.offset, `more than ${mostClients} clients`);
      clients.push(reader.text('gr_name', longestPath));
    }
    exports.push({ path, clients });
  }
  return exports;
}

export const encodePath = (path: string): Uint8Array => new XdrWriter().text(path).finish();

export type MountAnswer =
  | { readonly status: 0; readonly handle: Uint8Array; readonly flavours: readonly number[] }
  /** mountstat3, for example 13 MNT3ERR_ACCES. */
  | { readonly status: number };

/** Results of MOUNTPROC3_MNT. */
export function decodeMount(results: Uint8Array): MountAnswer {
  const reader = new XdrReader(results);
  const status = reader.uint32('fhs_status');
  if (status !== 0) return { status };
  const handle = reader.opaque('fhandle3', 64);
  const flavours = Array.from({ length: reader.count('auth_flavors', 64) }, () => reader.uint32('auth_flavors'));
  return { status, handle, flavours };
}
