/** What a device of the estate exports over NFS: handles, attributes, and who is granted what. Keeps nothing: a handle is the way to its file. */
import { accessBits } from '../protocols/nfs/wire/access-bits.js';
import type { VirtualEntry, VirtualFolder, VirtualNode, VirtualTree } from './virtual-tree.js';

export interface NfsExport {
  readonly path: string;
  readonly tree: VirtualTree;
  /** As its list of clients shows them; none: everyone. */
  readonly clients?: readonly string[];
  /** Default: `sys`. Without it a stranger is let nowhere. */
  readonly flavours?: readonly ('sys' | 'krb5' | 'krb5p')[];
  /** Default: false. */
  readonly isWritable?: boolean;
  /** Default: `root`. */
  readonly squash?: 'root' | 'everyone' | 'none';
  /** Permission bits of its own folder; default 0755. What lies within has 0755 and 0644, but for `closed`. */
  readonly mode?: number;
  /** Default: root. */
  readonly owner?: number;
  /** Default: root's. */
  readonly group?: number;
  /** Entries of the export's own folder that only their owner may read. */
  readonly closed?: readonly string[];
  /** Clients that call from a source port of 1024 or above are refused. */
  readonly isSecure?: boolean;
}

export interface Caller {
  /** `null`: no AUTH_SYS. */
  readonly uid: number | null;
  readonly gid: number;
  readonly sourcePort: number;
}

/** A file or folder of an export, with the way to it: the numbers of the children. */
export interface Place {
  readonly at: NfsExport;
  readonly exportNumber: number;
  readonly way: readonly number[];
}

const nobody = 65_534;

/** Export number, then four bytes a step: 15 steps fit into the 64 bytes of NFSv3. */
export function handleOf({ exportNumber, way }: Pick<Place, 'exportNumber' | 'way'>): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * way.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0xe57a0000 + exportNumber);
  for (const [step, index] of way.entries()) view.setUint32(4 + 4 * step, index);
  return bytes;
}

export function placeOf(exports: readonly NfsExport[], handle: Uint8Array): Place | undefined {
  if (handle.length < 4 || handle.length % 4 !== 0) return undefined;
  const view = new DataView(handle.buffer, handle.byteOffset, handle.byteLength);
  const exportNumber = view.getUint32(0) - 0xe57a0000;
  const at = exports[exportNumber];
  const way = Array.from({ length: handle.length / 4 - 1 }, (_, step) => view.getUint32(4 + 4 * step));
  return at && { at, exportNumber, way };
}

/** The node at the end of the way and its path; `undefined` where the way leads nowhere. */
export function resolve({ at, way }: Place): { readonly node: VirtualNode; readonly path: string } | undefined {
  let node: VirtualNode = at.tree.root;
  let path = '';
  for (const index of way) {
    if (node.kind !== 'folder' || index >= node.count) return undefined;
    path += `/${node.nameOf(index)}`;
    node = node.child(index);
  }
  return { node, path: path === '' ? '/' : path };
}

export interface Attributes {
  readonly kind: VirtualEntry['kind'];
  readonly mode: number;
  readonly owner: number;
  readonly group: number;
  readonly size: number;
  readonly modified: number;
  readonly fileSystem: number;
  readonly fileId: bigint;
}

export function attributesOf(place: Place, entry: Omit<VirtualEntry, 'name'> & { readonly name?: string }): Attributes {
  const { at, way, exportNumber } = place;
  const isOwn = way.length === 0;
  const isClosed = way.length === 1 && at.closed?.includes(entry.name ?? '') === true;
  const usual = entry.kind === 'folder' ? 0o755 : 0o644;
  return {
    kind: entry.kind,
    mode: isOwn ? (at.mode ?? usual) : isClosed ? usual & 0o700 : usual,
    owner: at.owner ?? 0,
    group: at.group ?? 0,
    size: entry.size,
    modified: entry.modified,
    fileSystem: 0x100 + exportNumber,
    fileId: way.reduce((id, index) => (id * 1_000_003n + BigInt(index) + 1n) & 0xffffffffffffffffn, 1n),
  };
}

/** Attributes of a place by itself. */
export function statOf(place: Place): Attributes | undefined {
  const found = resolve(place);
  if (!found) return undefined;
  const entry = place.way.length === 0 ? { kind: 'folder' as const, size: 4_096, modified: place.at.tree.root.modified } : place.at.tree.stat(found.path);
  return entry && attributesOf(place, entry);
}

/** POSIX permissions after squashing, and nothing that writes where the export is read-only. */
export function grantedTo(caller: Caller, { at }: Place, { kind, mode, owner, group }: Attributes): number {
  const uid = at.squash === 'everyone' || (at.squash !== 'none' && caller.uid === 0) ? nobody : (caller.uid ?? nobody);
  const gid = at.squash === 'everyone' || (at.squash !== 'none' && caller.gid === 0) ? nobody : caller.gid;
  const own = uid === owner ? mode >> 6 : gid === group ? mode >> 3 : mode;
  const mayRead = uid === 0 || (own & 4) !== 0;
  const mayWrite = at.isWritable === true && (uid === 0 || (own & 2) !== 0);
  const { read, lookup, modify, extend, delete: remove } = accessBits;
  if (kind === 'folder') return (mayRead ? read | lookup : 0) | (mayWrite ? modify | extend | remove : 0);
  return (mayRead ? read : 0) | (mayWrite ? modify | extend : 0);
}

/** Whether the caller is served at all. */
export const isLetIn = (caller: Caller, at: NfsExport): boolean => isTrusted(caller, at) && isFromPort(caller, at);

export const isTrusted = ({ uid }: Caller, { flavours = ['sys'] }: NfsExport): boolean => uid !== null && flavours.includes('sys');
export const isFromPort = ({ sourcePort }: Caller, { isSecure = false }: NfsExport): boolean => !isSecure || sourcePort < 1_024;

/** Children `from` onward of a folder, with their attributes. */
export function childrenOf(
  place: Place,
  folder: VirtualFolder,
  path: string,
  from: number,
  to: number,
): readonly { name: string; place: Place; attributes: Attributes }[] {
  const entries = place.at.tree.list(path, from, Math.min(to, folder.count)) ?? [];
  return entries.map((entry, index) => {
    const child = { ...place, way: [...place.way, from + index] };
    return { name: entry.name, place: child, attributes: attributesOf(child, entry) };
  });
}
