/** NFSv3 and MOUNT of the estate's devices (RFC 1813): the part that reads, and a note of everything else. */
import { allAccessBits } from '../protocols/nfs/wire/access-bits.js';
import { mountd } from '../protocols/nfs/wire/mount.js';
import { nfs3 } from '../protocols/nfs/wire/nfs3.js';
import { type XdrReader, XdrWriter } from '../protocols/nfs/wire/xdr.js';
import type { DeviceLog } from './device-log.js';
import { type Attributes, type Caller, childrenOf, grantedTo, handleOf, isLetIn, type NfsExport, type Place, placeOf, resolve, statOf } from './nfs-export.js';

/** Results, or what RPC says instead. */
export type Served = XdrWriter | 'procedure-unavailable' | 'too-weak';

export interface Host {
  readonly exports: readonly NfsExport[];
  readonly caller: Caller;
  readonly log: DeviceLog;
}

const status = { ok: 0, noEntry: 2, denied: 13, notFolder: 20, stale: 70 } as const;
const flavourNumbers = { sys: 1, krb5: 390_003, krb5p: 390_005 } as const;
const types = { file: 1, folder: 2, link: 5 } as const;
const answer = (number: number): XdrWriter => new XdrWriter().uint32(number);
/** NFSv3 has no name for bytes; the estate writes UTF-8. */
const utf8 = new TextEncoder();
const bytewise = (text: string): string => String.fromCharCode(...utf8.encode(text));

export function serveMount(procedure: number, reader: XdrReader, { exports, log }: Host): Served {
  const { null: empty, mount, unmount, exports: list } = mountd.procedures;
  if (procedure === empty) return new XdrWriter();
  if (procedure === list) return listOf(exports);
  if (procedure === unmount) return new XdrWriter();
  if (procedure === mount) {
    const path = reader.text('dirpath', 1_024);
    const number = exports.findIndex((each) => each.path === path);
    const { flavours = ['sys' as const] } = exports[number] ?? {};
    if (number < 0) return answer(status.noEntry);
    return answer(status.ok)
      .opaque(handleOf({ exportNumber: number, way: [] }))
      .uint32(flavours.length, ...flavours.map((name) => flavourNumbers[name]));
  }
  log.violations.push(`mount procedure ${procedure}`);
  return 'procedure-unavailable';
}

function listOf(exports: readonly NfsExport[]): XdrWriter {
  const writer = new XdrWriter();
  for (const { path, clients = [] } of exports) {
    writer.uint32(1).text(path);
    for (const client of clients) writer.uint32(1).text(client);
    writer.uint32(0);
  }
  return writer.uint32(0);
}

export function serve3(procedure: number, reader: XdrReader, host: Host): Served {
  const { null: empty, lookup, access, read, readdirplus } = nfs3.procedures;
  if (procedure === empty) return new XdrWriter();
  const serving = new Map<number, typeof serveAccess>([
    [lookup, serveLookup],
    [access, serveAccess],
    [read, serveRead],
    [readdirplus, serveReaddirplus],
  ]).get(procedure);
  if (!serving) {
    host.log.violations.push(`nfs3 procedure ${procedure}`);
    return 'procedure-unavailable';
  }
  const place = placeOf(host.exports, reader.opaque('handle', 64));
  const attributes = place && statOf(place);
  if (!place || !attributes) return answer(status.stale).uint32(0);
  return isLetIn(host.caller, place.at) ? serving(reader, place, attributes, host) : 'too-weak';
}

function serveAccess(reader: XdrReader, place: Place, attributes: Attributes, { caller }: Host): XdrWriter {
  const asked = reader.uint32('access') & allAccessBits;
  return post(answer(status.ok), attributes).uint32(asked & grantedTo(caller, place, attributes));
}

function serveLookup(reader: XdrReader, place: Place, attributes: Attributes, { caller }: Host): XdrWriter {
  const name = reader.text('name', 1_024);
  const node = resolve(place)?.node;
  const index = node?.kind === 'folder' ? node.indexOf(name) : undefined;
  if ((grantedTo(caller, place, attributes) & 2) === 0) return answer(status.denied).uint32(0);
  if (index === undefined) return answer(status.noEntry).uint32(0);
  const child = { ...place, way: [...place.way, index] };
  return post(answer(status.ok).opaque(handleOf(child)), statOf(child)).uint32(0);
}

/** Of a file 132 bytes may be read, and no more. */
function serveRead(reader: XdrReader, place: Place, attributes: Attributes, { caller, log }: Host): XdrWriter {
  const offset = reader.uint64('offset');
  const count = reader.uint32('count');
  noteRead(log, offset, count);
  if ((grantedTo(caller, place, attributes) & 1) === 0) return answer(status.denied).uint32(0);
  const bytes = place.at.tree.firstBytes(resolve(place)?.path ?? '')?.subarray(0, count) ?? new Uint8Array(0);
  return post(answer(status.ok), attributes)
    .uint32(bytes.length, bytes.length === attributes.size ? 1 : 0)
    .opaque(bytes);
}

export function noteRead(log: DeviceLog, offset: bigint, count: number): void {
  if (offset !== 0n || count > 132) log.violations.push(`read of ${count} bytes at ${offset}`);
}

function serveReaddirplus(reader: XdrReader, place: Place, attributes: Attributes, { caller }: Host): XdrWriter {
  const cookie = Number(reader.uint64('cookie'));
  reader.fixed('cookieverf', 8);
  reader.uint32('dircount');
  const atMost = Math.min(reader.uint32('maxcount'), 32_768);
  const found = resolve(place);
  if (found?.node.kind !== 'folder') return answer(status.notFolder).uint32(0);
  if ((grantedTo(caller, place, attributes) & 1) === 0) return answer(status.denied).uint32(0);
  const writer = post(answer(status.ok), attributes).fixed(new Uint8Array(8));
  let left = atMost - 200;
  let next = cookie;
  for (const child of childrenOf(place, found.node, found.path, cookie, cookie + 200)) {
    const name = bytewise(child.name);
    left -= 200 + name.length;
    if (left < 0) break;
    next += 1;
    post(writer.uint32(1).uint64(child.attributes.fileId).text(name).uint64(BigInt(next)), child.attributes)
      .uint32(1)
      .opaque(handleOf(child.place));
  }
  return writer.uint32(0, next >= found.node.count ? 1 : 0);
}

/** post_op_attr with fattr3. */
function post(writer: XdrWriter, attributes: Attributes | undefined): XdrWriter {
  if (!attributes) return writer.uint32(0);
  const { kind, mode, owner, group, size, modified, fileSystem, fileId } = attributes;
  const seconds = Math.floor(modified / 1_000);
  const time = [seconds, (modified % 1_000) * 1_000_000] as const;
  return writer
    .uint32(1, types[kind], mode, 1, owner, group)
    .uint64(BigInt(size))
    .uint64(BigInt(size))
    .uint32(0, 0)
    .uint64(BigInt(fileSystem))
    .uint64(fileId)
    .uint32(...time, ...time, ...time);
}
