/** DIMSE command sets ⇄ bytes (PS3.7 sections 6.3.1, 9.3 and annex E): always implicit VR little endian. Opens no sockets. */
import { WireError } from '../../../model/wire.js';
import { ByteReader } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import { asciiText } from './text.js';

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

/** Elements in ascending order, preceded by the group length. */
export function encodeCommand(command: DimseCommand): Uint8Array {
  const writer = new ByteWriter();
  writer
    .uint16le(0)
    .uint16le(0x0000)
    .uint32le(4)
    .counted32le(() => writeElements(writer, command));
  return writer.finish();
}

function writeElements(writer: ByteWriter, command: DimseCommand): void {
  const { affectedSopClassUid: uid, messageId, messageIdBeingRespondedTo, status } = command;
  if (uid !== null)
    writer
      .uint16le(0)
      .uint16le(0x0002)
      .counted32le(() => writer.ascii(uid.length % 2 === 0 ? uid : `${uid}\0`));
  writeUint16(writer, 0x0100, command.commandField);
  if (messageId !== null) writeUint16(writer, 0x0110, messageId);
  if (messageIdBeingRespondedTo !== null) writeUint16(writer, 0x0120, messageIdBeingRespondedTo);
  if (command.commandField === commandFields['find-request']) writeUint16(writer, 0x0700, 0); // Priority: medium
  writeUint16(writer, 0x0800, command.hasDataSet ? 0x0001 : noDataSet);
  if (status !== null) writeUint16(writer, 0x0900, status);
}

function writeUint16(writer: ByteWriter, element: number, value: number): void {
  writer.uint16le(0).uint16le(element).uint32le(2).uint16le(value);
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
