/** COMPOUND of the estate's devices (RFC 7530): the operations that read, and a note of everything else. Minor versions are looked at and otherwise the same; there are no sessions. */
import { allAccessBits } from '../protocols/nfs/wire/access-bits.js';
import { nfs4, operationNumbers } from '../protocols/nfs/wire/nfs4.js';
import { type XdrReader, XdrWriter } from '../protocols/nfs/wire/xdr.js';
import { type Attributes, childrenOf, grantedTo, handleOf, isFromPort, isTrusted, type NfsExport, type Place, placeOf, resolve, statOf } from './nfs-export.js';
import { type Host, noteRead, type Served } from './nfs3-server.js';

/** Where a compound is: nowhere yet, at the root above the exports, or in one of them. */
type Current = 'root' | Place | undefined;

interface Step {
  readonly status: number;
  readonly current: Current;
  /** Written after the status where that is 0. */
  readonly body?: XdrWriter;
}

const status = {
  ok: 0,
  notPermitted: 1,
  noEntry: 2,
  denied: 13,
  notFolder: 20,
  notSupported: 10_004,
  badHandle: 10_001,
  wrongSecurity: 10_016,
  noHandle: 10_020,
  minor: 10_021,
} as const;
const types = { file: 1, folder: 2, link: 5 } as const;
const highestMinor = 2;
const rootHandle = Uint8Array.of(0xe5, 0x7a, 0xff, 0xff);
const utf8 = new TextEncoder();
const bytewise = (text: string): string => String.fromCharCode(...utf8.encode(text));
const nameOf = ({ path }: NfsExport): string => path.slice(path.lastIndexOf('/') + 1);

export function serve4(procedure: number, reader: XdrReader, host: Host): Served {
  if (procedure === nfs4.procedures.null) return new XdrWriter();
  reader.skipOpaque('tag', 1_024);
  const minor = reader.uint32('minorversion');
  const count = reader.count('argarray', 32);
  const head = (last: number, results: number): XdrWriter => new XdrWriter().uint32(last).text('').uint32(results);
  if (minor > highestMinor) return head(status.minor, 0);
  const results = new XdrWriter();
  let current: Current;
  for (let done = 1; done <= count; done += 1) {
    const number = reader.uint32('argop');
    const step = take(number, reader, current, host);
    results.uint32(number, step.status);
    if (step.status !== status.ok) return head(step.status, done).fixed(results.finish());
    if (step.body) results.fixed(step.body.finish());
    current = step.current;
  }
  return head(status.ok, count).fixed(results.finish());
}

function take(number: number, reader: XdrReader, current: Current, host: Host): Step {
  switch (number) {
    case operationNumbers.putrootfh:
      return { status: status.ok, current: 'root' };
    case operationNumbers.putfh:
      return putHandle(reader, host);
    case operationNumbers.getfh:
      return current === undefined ? refusal(status.noHandle) : { status: status.ok, current, body: new XdrWriter().opaque(handleAt(current)) };
    case operationNumbers.lookup:
      return lookUp(reader.text('name', 1_024), current, host);
    case operationNumbers.getattr:
      skipBitmap(reader);
      return current === undefined ? refusal(status.noHandle) : { status: status.ok, current, body: attributes(new XdrWriter(), current, statAt(current)) };
    case operationNumbers.access:
      return access(reader.uint32('access') & allAccessBits, current, host);
    case operationNumbers.secinfo:
      return secinfo(reader.text('name', 1_024), current, host);
    case operationNumbers.readdir:
      return readdir(reader, current, host);
    case operationNumbers.read:
      return read(reader, current, host);
    default:
      host.log.violations.push(`nfs4 operation ${number}`);
      return refusal(status.notSupported);
  }
}

const refusal = (number: number): Step => ({ status: number, current: undefined });
const handleAt = (current: 'root' | Place): Uint8Array => (current === 'root' ? rootHandle : handleOf(current));
const rootAttributes: Attributes = { kind: 'folder', mode: 0o755, owner: 0, group: 0, size: 0, modified: 0, fileSystem: 1, fileId: 1n };
const statAt = (current: 'root' | Place): Attributes | undefined => (current === 'root' ? rootAttributes : statOf(current));

function putHandle(reader: XdrReader, { exports, caller }: Host): Step {
  const handle = reader.opaque('filehandle', 128);
  if (handle.every((byte, index) => byte === rootHandle[index])) return { status: status.ok, current: 'root' };
  const place = placeOf(exports, handle);
  if (!place || !statOf(place)) return refusal(status.badHandle);
  return entered(caller, place);
}

/** As Linux: another flavour is wanted, or another source port. */
function entered(caller: Host['caller'], place: Place): Step {
  if (!isTrusted(caller, place.at)) return refusal(status.wrongSecurity);
  return isFromPort(caller, place.at) ? { status: status.ok, current: place } : refusal(status.notPermitted);
}

function lookUp(name: string, current: Current, { exports, caller }: Host): Step {
  if (current === undefined) return refusal(status.noHandle);
  if (current === 'root') {
    const exportNumber = exports.findIndex((each) => nameOf(each) === name);
    const at = exports[exportNumber];
    if (!at) return refusal(status.noEntry);
    return entered(caller, { at, exportNumber, way: [] });
  }
  const node = resolve(current)?.node;
  const index = node?.kind === 'folder' ? node.indexOf(name) : undefined;
  return index === undefined ? refusal(status.noEntry) : { status: status.ok, current: { ...current, way: [...current.way, index] } };
}

function access(asked: number, current: Current, { caller }: Host): Step {
  const found = current && statAt(current);
  if (current === undefined || !found) return refusal(status.noHandle);
  const granted = current === 'root' ? 3 : grantedTo(caller, current, found);
  return { status: status.ok, current, body: new XdrWriter().uint32(asked, asked & granted) };
}

const services = { krb5: 1, krb5p: 3 } as const;

/** Takes the current handle away, as the standard says. */
function secinfo(name: string, current: Current, { exports }: Host): Step {
  const at = current === 'root' ? exports.find((each) => nameOf(each) === name) : current?.at;
  if (!at) return refusal(status.noEntry);
  const { flavours = ['sys' as const] } = at;
  const body = new XdrWriter().uint32(flavours.length);
  for (const flavour of flavours) {
    if (flavour === 'sys') body.uint32(1);
    else
      body
        .uint32(6)
        .opaque(Uint8Array.of(0x2a, 0x86, 0x48))
        .uint32(0, services[flavour]);
  }
  return { status: status.ok, current: undefined, body };
}

interface Child {
  readonly name: string;
  readonly place: Place;
  readonly attributes: Attributes | undefined;
}

function readdir(reader: XdrReader, current: Current, { exports, caller }: Host): Step {
  const cookie = Number(reader.uint64('cookie'));
  reader.fixed('cookieverf', 8);
  reader.uint32('dircount');
  const atMost = Math.min(reader.uint32('maxcount'), 32_768);
  skipBitmap(reader);
  if (current === undefined) return refusal(status.noHandle);
  const from = cookie === 0 ? 0 : cookie - 2; // 1 and 2 are reserved
  const { children, count } = current === 'root' ? exportsFrom(exports, caller, from) : folderFrom(current, caller, from);
  if (count === null) return refusal(status.denied);
  const body = new XdrWriter().fixed(new Uint8Array(8));
  let next = from;
  let left = atMost - 200;
  for (const child of children) {
    const name = bytewise(child.name);
    left -= 200 + name.length;
    if (left < 0) break;
    next += 1;
    attributes(
      body
        .uint32(1)
        .uint64(BigInt(next + 2))
        .text(name),
      child.place,
      child.attributes,
    );
  }
  return { status: status.ok, current, body: body.uint32(0, next >= count ? 1 : 0) };
}

interface Page {
  readonly children: readonly Child[];
  /** Of all there are; `null`: the caller may not see. */
  readonly count: number | null;
}

function exportsFrom(exports: readonly NfsExport[], caller: Host['caller'], from: number): Page {
  const all = exports.map((at, exportNumber) => ({ at, exportNumber, way: [] }));
  return {
    children: all.slice(from).map((place) => ({ name: nameOf(place.at), place, attributes: isTrusted(caller, place.at) ? statOf(place) : undefined })),
    count: all.length,
  };
}

function folderFrom(place: Place, caller: Host['caller'], from: number): Page {
  const found = resolve(place);
  const own = statOf(place);
  if (found?.node.kind !== 'folder' || !own || (grantedTo(caller, place, own) & 1) === 0) return { children: [], count: null };
  return { children: childrenOf(place, found.node, found.path, from, from + 200), count: found.node.count };
}

function read(reader: XdrReader, current: Current, { caller, log }: Host): Step {
  const stateid = reader.fixed('stateid', 16);
  const offset = reader.uint64('offset');
  const count = reader.uint32('count');
  noteRead(log, offset, count);
  if (stateid.some((byte) => byte !== 0)) log.violations.push('read with a state of its own');
  const own = current !== undefined && current !== 'root' ? statOf(current) : undefined;
  if (current === undefined || current === 'root' || !own) return refusal(status.noHandle);
  if ((grantedTo(caller, current, own) & 1) === 0) return refusal(status.denied);
  const bytes = current.at.tree.firstBytes(resolve(current)?.path ?? '')?.subarray(0, count) ?? new Uint8Array(0);
  return { status: status.ok, current, body: new XdrWriter().uint32(bytes.length === own.size ? 1 : 0).opaque(bytes) };
}

function skipBitmap(reader: XdrReader): void {
  for (let left = reader.count('attr_request', 8); left > 0; left -= 1) reader.uint32('attr_request');
}

/** fattr4 with what is known, or with the error that stands for it: WRONGSEC (RFC 7530 section 5.8.1.12). */
function attributes(writer: XdrWriter, current: 'root' | Place, found: Attributes | undefined): XdrWriter {
  if (!found) return writer.uint32(1, 1 << 11).opaque(new XdrWriter().uint32(status.wrongSecurity).finish());
  const values = new XdrWriter()
    .uint32(types[found.kind])
    .uint64(BigInt(found.size))
    .uint64(BigInt(found.fileSystem))
    .uint64(0n)
    .uint32(0)
    .opaque(handleAt(current))
    .uint64(found.fileId)
    .uint32(found.mode)
    .text(String(found.owner))
    .text(String(found.group))
    .uint64(BigInt(Math.floor(found.modified / 1_000)))
    .uint32((found.modified % 1_000) * 1_000_000);
  const first = (1 << 1) | (1 << 4) | (1 << 8) | (1 << 11) | (1 << 19) | (1 << 20);
  const second = (1 << (33 - 32)) | (1 << (36 - 32)) | (1 << (37 - 32)) | (1 << (53 - 32));
  return writer.uint32(2, first, second).opaque(values.finish());
}
