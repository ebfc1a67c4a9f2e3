/** DIMSE command sets ⇄ bytes (PS3.7 sections 6.3.1, 9.3 and annex E): always implicit VR little endian. Opens no sockets. */
import { WireError } from '../../../model/wire.js';
import { ByteReader } from './byte-reader.js';
import { concat, uint16le, uint32le } from './byte-writer.js';
import { asciiBytes, asciiText } from './text.js';

/** Command Field values, PS3.7 table E.1-1. Retrieval and storage commands are absent on purpose: we never say them. */
export const commandFields = {
  'find-request': 0x0020,
  'find-response': 0x8020,
  'echo-request': 0x0030,
  'echo-response': 0x8030,
  'cancel-request': 0x0fff,
} as const;

/** Status codes, PS3.7 annex C and PS3.4 section C.4.1.1.4. */
export const statuses = { success: 0x0000, notAuthorised: 0x0124, cancelled: 0xfe00, pending: 0xff00, pendingWithWarning: 0xff01 } as const;

const noDataSet = 0x0101;

export interface DimseCommand {
  readonly commandField: number;
  readonly affectedSopClassUid: string | null;
  /** Requests. */
  readonly messageId: number | null;
  /** Responses and cancellations. */
  readonly messageIdBeingRespondedTo: number | null;
  readonly hasDataSet: boolean;
  readonly status: number | null;
}

function element(number: number, value: Uint8Array): Uint8Array {
  return concat([uint16le(0), uint16le(number), uint32le(value.length), value]);
}

const evenUid = (uid: string): Uint8Array => asciiBytes(uid.length % 2 === 0 ? uid : `${uid}\0`);

/** Elements in ascending order, preceded by the group length. */
export function encodeCommand(command: DimseCommand): Uint8Array {
  const parts: Uint8Array[] = [];
  if (command.affectedSopClassUid !== null) parts.push(element(0x0002, evenUid(command.affectedSopClassUid)));
  parts.push(element(0x0100, uint16le(command.commandField)));
  if (command.messageId !== null) parts.push(element(0x0110, uint16le(command.messageId)));
  if (command.messageIdBeingRespondedTo !== null) parts.push(element(0x0120, uint16le(command.messageIdBeingRespondedTo)));
  if (command.commandField === commandFields['find-request']) parts.push(element(0x0700, uint16le(0))); // Priority: medium
  parts.push(element(0x0800, uint16le(command.hasDataSet ? 0x0001 : noDataSet)));
  if (command.status !== null) parts.push(element(0x0900, uint16le(command.status)));
  const body = concat(parts);
  return concat([element(0x0000, uint32le(body.length)), body]);
}

/** Takes one complete command set. Elements that we do not read are passed over. */
export function decodeCommand(bytes: Uint8Array): DimseCommand {
  const reader = new ByteReader(bytes);
  const values = new Map<number, Uint8Array>();
  while (reader.left > 0) {
    const at = reader.offset;
    if (reader.uint16le('group') !== 0) throw new WireError('group', at, 'a command set holds group 0000 only');
    const number = reader.uint16le('element');
    values.set(number, reader.bytes('value', reader.uint32le('length')));
  }
  return fromElements(values);
}

function fromElements(values: ReadonlyMap<number, Uint8Array>): DimseCommand {
  const commandField = uint16Of(values, 0x0100);
  const dataSetType = uint16Of(values, 0x0800);
  if (commandField === null) throw new WireError('Command Field', 0, 'is missing');
  if (dataSetType === null) throw new WireError('Command Data Set Type', 0, 'is missing');
  const uid = values.get(0x0002);
  return {
    commandField,
    affectedSopClassUid: uid ? asciiText(uid, 64) : null,
    messageId: uint16Of(values, 0x0110),
    messageIdBeingRespondedTo: uint16Of(values, 0x0120),
    hasDataSet: dataSetType !== noDataSet,
    status: uint16Of(values, 0x0900),
  };
}

function uint16Of(values: ReadonlyMap<number, Uint8Array>, number: number): number | null {
  const value = values.get(number);
  return value === undefined ? null : new ByteReader(value).uint16le('value');
}
