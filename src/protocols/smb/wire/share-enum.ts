/** NetrShareEnum at level 1 (MS-SRVS section 3.1.4.8) in NDR. Names stay in memory; the comments beside them are stepped over. */
import { WireError } from '../../../model/wire.js';
import { ByteReader } from './byte-reader.js';
import { ByteWriter, utf16Text } from './byte-writer.js';

export const shareEnumOperation = 15;
const moreData = 234;
/** Bytes that the server is asked for, and shares that are taken: no host that we would look at has more. */
const preferredBytes = 65_536;
const mostShares = 1_024;
const longestText = 1_024;
const anyPointer = 0x00020000;

export interface SharedResource {
  readonly name: string;
  readonly kind: 'disk' | 'print' | 'device' | 'ipc' | 'other';
  /** STYPE_SPECIAL: made by the system for administrators (MS-SRVS section 2.2.2.4). */
  readonly isSpecial: boolean;
}

export interface ShareEnum {
  /** Win32 error code: 0 success, 5 access denied. */
  readonly result: number;
  readonly shares: readonly SharedResource[];
  /** False where there are more than were asked for. */
  readonly isWhole: boolean;
}

export function encodeShareEnum(server: string): Uint8Array {
  const text = `${server}\0`;
  const writer = new ByteWriter().uint32(anyPointer, text.length, 0, text.length).utf16(text).align(4);
  return writer.uint32(1, 1, anyPointer + 4, 0, 0, preferredBytes, anyPointer + 8, 0).finish();
}

/** Throws `WireError` where a count or a length promises more than is there. */
export function decodeShareEnum(stub: Uint8Array): ShareEnum {
  const reader = new ByteReader(stub);
  const level = reader.uint32('Level');
  if (level !== 1 || reader.uint32('ShareEnumUnion') !== 1) throw new WireError('Level', 0, 'is not the one that was asked for');
  const shares = reader.uint32('ShareInfo') === 0 ? [] : decodeContainer(reader);
  reader.align(4);
  reader.skip('TotalEntries', 4);
  if (reader.uint32('ResumeHandle') !== 0) reader.skip('ResumeHandle', 4);
  const result = reader.uint32('return value');
  return { result: result === moreData ? 0 : result, shares, isWhole: result === 0 };
}

function decodeContainer(reader: ByteReader): readonly SharedResource[] {
  const count = reader.uint32('EntriesRead');
  if (reader.uint32('Buffer') === 0) return [];
  const at = reader.offset;
  const maximum = reader.uint32('MaxCount');
  if (count > maximum || count > mostShares) throw new WireError('EntriesRead', at, `${count} shares are more than there can be`);
  const heads = Array.from({ length: count }, () => ({
    name: reader.uint32('shi1_netname'),
    type: reader.uint32('shi1_type'),
    remark: reader.uint32('shi1_remark'),
  }));
  return heads.map(({ name, type, remark }) => {
    const text = name === 0 ? '' : decodeText(reader);
    if (remark !== 0) stepOverText(reader);
    return { name: text, ...kindOf(type) };
  });
}

/** Conformant varying string: the most it can be, where it starts, how long it is; then characters with a zero at the end. */
function decodeText(reader: ByteReader): string {
  const text = utf16Text(textBytes(reader));
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}

const stepOverText = (reader: ByteReader): void => void textBytes(reader);

function textBytes(reader: ByteReader): Uint8Array {
  reader.align(4);
  reader.skip('maximum count, offset', 8);
  const at = reader.offset;
  const length = reader.uint32('actual count');
  if (length > longestText) throw new WireError('actual count', at, `${length} characters are more than ${longestText}`);
  return reader.bytes('string', length * 2);
}

const kinds: readonly SharedResource['kind'][] = ['disk', 'print', 'device', 'ipc'];

const kindOf = (type: number): Pick<SharedResource, 'kind' | 'isSpecial'> => ({
  kind: kinds[type & 0x0fffffff] ?? 'other',
  isSpecial: (type & 0x80000000) !== 0,
});
