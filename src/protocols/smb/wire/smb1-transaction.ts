/**
 * TRANSACTION and TRANSACTION2 (MS-CIFS sections 2.2.4.33 and 2.2.4.46) as far as they are asked: one question to the program behind a named pipe
 * (TRANS_TRANSACT_NMPIPE), and listing a folder (TRANS2_FIND_FIRST2, TRANS2_FIND_NEXT2). What comes in several messages is put together here, within a limit.
 */
import { WireError } from '../../../model/wire.js';
import { ByteReader, placed } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import { encodeSmb1, type Smb1Command, type Smb1Message, type Smb1Place, smb1DataStart, smb1WordsOf } from './smb1-message.js';

const transactPipe = 0x26;
const findFirst = 0x01;
const findNext = 0x02;
/** Bytes of one answer, all messages together: what these commands can count. */
const mostBytes = 65_535;
const mostParameters = 64;

/** Of an answer, or of one message of it. */
export interface Smb1TransactionPart {
  readonly totalParameters: number;
  readonly totalData: number;
  readonly parameters: Uint8Array;
  readonly parametersAt: number;
  readonly data: Uint8Array;
  readonly dataAt: number;
}

export interface Smb1TransactionResult {
  readonly parameters: Uint8Array;
  readonly data: Uint8Array;
}

/** Asked of a pipe at most in one answer; the rest is read (STATUS_BUFFER_OVERFLOW). */
const pipeAnswerBytes = 8_192;

export function encodeSmb1PipeTransact(place: Smb1Place, multiplexId: number, file: number, question: Uint8Array): Uint8Array {
  const setup = [transactPipe, file];
  return encodeTransaction('transaction', place, multiplexId, {
    setup,
    name: '\\PIPE\\',
    parameters: new Uint8Array(0),
    data: question,
    most: pipeAnswerBytes,
  });
}

/** SMB_FIND_FILE_FULL_DIRECTORY_INFO (section 2.2.8.1.5): unlike the plain one it tells what kind of reparse point an entry is. */
const informationLevel = 0x0102;
const searchAttributes = { hidden: 0x02, system: 0x04, directory: 0x10 } as const;
const allEntries = searchAttributes.hidden | searchAttributes.system | searchAttributes.directory;
const findFlags = { closeAtEnd: 0x0002, goOn: 0x0008 } as const;
const entriesAsked = 512;
const listingBytes = 16_000;

/** `path` with a leading backslash; of the root nothing. */
export function encodeSmb1FindFirst(place: Smb1Place, multiplexId: number, path: string): Uint8Array {
  const parameters = new ByteWriter().uint16(allEntries, entriesAsked, findFlags.closeAtEnd, informationLevel).uint32(0).utf16(`${path}\\*\0`).finish();
  return encodeTransaction('transaction2', place, multiplexId, { setup: [findFirst], name: null, parameters, data: new Uint8Array(0), most: listingBytes });
}

/** From where the last answer ended. */
export function encodeSmb1FindNext(place: Smb1Place, multiplexId: number, search: number): Uint8Array {
  const parameters = new ByteWriter()
    .uint16(search, entriesAsked, informationLevel)
    .uint32(0)
    .uint16(findFlags.closeAtEnd | findFlags.goOn)
    .utf16('\0')
    .finish();
  return encodeTransaction('transaction2', place, multiplexId, { setup: [findNext], name: null, parameters, data: new Uint8Array(0), most: listingBytes });
}

export const encodeSmb1FindClose = (place: Smb1Place, multiplexId: number, search: number): Uint8Array =>
  encodeSmb1('findClose', place, multiplexId, new ByteWriter().uint16(search).finish(), new Uint8Array(0));

interface Transaction {
  readonly setup: readonly number[];
  /** Of TRANSACTION alone. */
  readonly name: string | null;
  readonly parameters: Uint8Array;
  readonly data: Uint8Array;
  /** Bytes of data that may come back. */
  readonly most: number;
}

function encodeTransaction(command: Smb1Command, place: Smb1Place, multiplexId: number, { setup, name, parameters, data, most }: Transaction): Uint8Array {
  const start = smb1DataStart(28 + setup.length * 2);
  const bytes = new ByteWriter();
  const padTo = (unit: number): number => {
    bytes.zeros((unit - ((start + bytes.length) % unit)) % unit);
    return start + bytes.length;
  };
  padTo(2);
  if (name !== null) bytes.utf16(`${name}\0`);
  const parametersAt = padTo(4);
  bytes.bytes(parameters);
  const dataAt = padTo(4);
  bytes.bytes(data);
  const words = new ByteWriter().uint16(parameters.length, data.length, mostParameters, most).uint8(0, 0).uint16(0).uint32(0).uint16(0);
  words
    .uint16(parameters.length, parametersAt, data.length, dataAt)
    .uint8(setup.length, 0)
    .uint16(...setup);
  return encodeSmb1(command, place, multiplexId, words.finish(), bytes.finish());
}

/** Sections 2.2.4.33.2 and 2.2.4.46.2. An interim answer without words says that the rest may be sent, which is never the case here. */
export function decodeSmb1TransactionResponse(message: Smb1Message, expected: 'transaction' | 'transaction2'): Smb1TransactionPart {
  const words = smb1WordsOf(message, expected);
  const totalParameters = words.uint16('TotalParameterCount');
  const totalData = words.uint16('TotalDataCount');
  words.skip('Reserved1', 2);
  const [parameterCount, parameterOffset, parametersAt] = [
    words.uint16('ParameterCount'),
    words.uint16('ParameterOffset'),
    words.uint16('ParameterDisplacement'),
  ];
  const [dataCount, dataOffset, dataAt] = [words.uint16('DataCount'), words.uint16('DataOffset'), words.uint16('DataDisplacement')];
  const parameters = placed(message.bytes, 'Parameters', parameterOffset, parameterCount);
  const data = placed(message.bytes, 'Data', dataOffset, dataCount);
  return { totalParameters, totalData, parameters, parametersAt, data, dataAt };
}

/** Puts the messages of one answer together, in the order in which they come: a part that leaves a gap or lies outside is a `WireError`. */
export class Smb1Parts {
  #parameters: Uint8Array = new Uint8Array(0);
  #data: Uint8Array = new Uint8Array(0);
  #whole = { parameters: mostBytes, data: mostBytes };

  /** The answer, where this was its last part. A total may shrink on the way (section 2.2.4.46.2). */
  add({ totalParameters, totalData, parameters, parametersAt, data, dataAt }: Smb1TransactionPart): Smb1TransactionResult | undefined {
    this.#whole = { parameters: Math.min(this.#whole.parameters, totalParameters), data: Math.min(this.#whole.data, totalData) };
    if (parameters.length === 0 && data.length === 0 && !this.#isWhole) throw new WireError('DataCount', 0, 'a part brings nothing where more is due');
    this.#parameters = appended('Parameters', this.#parameters, parameters, parametersAt, this.#whole.parameters);
    this.#data = appended('Data', this.#data, data, dataAt, this.#whole.data);
    return this.#isWhole ? { parameters: this.#parameters, data: this.#data } : undefined;
  }

  get #isWhole(): boolean {
    return this.#parameters.length >= this.#whole.parameters && this.#data.length >= this.#whole.data;
  }
}

function appended(field: string, before: Uint8Array, part: Uint8Array, at: number, most: number): Uint8Array {
  if (part.length === 0) return before;
  if (at !== before.length || at + part.length > most) throw new WireError(field, at, `${part.length} bytes do not follow the ${before.length} before them`);
  const whole = new Uint8Array(before.length + part.length);
  whole.set(before);
  whole.set(part, before.length);
  return whole;
}

export interface Smb1Found {
  /** SID of the search; `null` in answers to FIND_NEXT2. */
  readonly search: number | null;
  readonly count: number;
  readonly isEnd: boolean;
}

/** Parameters of FIND_FIRST2 (section 2.2.6.2.2) and FIND_NEXT2 (section 2.2.6.3.2). */
export function decodeSmb1Found(parameters: Uint8Array, isFirst: boolean): Smb1Found {
  const reader = new ByteReader(parameters);
  const search = isFirst ? reader.uint16('SID') : null;
  return { search, count: reader.uint16('SearchCount'), isEnd: reader.uint16('EndOfSearch') !== 0 };
}
