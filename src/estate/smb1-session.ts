/** One caller of a server of the estate that speaks SMB 1: its sessions, trees, searches and open files. Whoever would change a file is noted and gets nowhere. Opens no sockets. */
import { ByteReader } from '../protocols/smb/wire/byte-reader.js';
import { utf16Text } from '../protocols/smb/wire/byte-writer.js';
import { decodeSmb1Message, type Smb1Message, smb1Commands } from '../protocols/smb/wire/smb1-message.js';
import { statuses } from '../protocols/smb/wire/status.js';
import type { DeviceLog } from './device-log.js';
import { bindAck, queryDirectoryBody, rpcResponse, shareEnumStub } from './smb-answers.js';
import type { SmbBehaviour, SmbCaller, SmbShareSpec } from './smb-behaviour.js';
import { changing, fileOpen, listedShares, masks, mostRead, smbClock, toPath } from './smb-session.js';
import {
  smb1Answer,
  smb1CreateAnswer,
  smb1Found,
  smb1NegotiateAnswer,
  smb1ReadAnswer,
  smb1SessionAnswer,
  smb1TransactionAnswers,
  smb1TreeConnectAnswer,
} from './smb1-answers.js';

interface OpenFile {
  readonly path: string;
  readonly share: SmbShareSpec | undefined;
  /** What waits in a pipe. */
  pipe: Uint8Array;
}

/** MS-ERREF section 2.3.1: STATUS_SMB_BAD_TID, STATUS_SMB_BAD_UID, STATUS_INVALID_HANDLE. */
const badTree = 0x00050002;
const badUser = 0x005b0002;
const badHandle = 0xc0000008;
/** Entries and bytes in one answer. */
const pageEntries = 200;
const pageBytes = 14_000;
/** Asked of the pipe in one answer; the rest is read. */
const pipeBytes = 1_024;

export class Smb1Session {
  readonly #behaviour: SmbBehaviour;
  readonly #log: DeviceLog;
  readonly #callers = new Map<number, SmbCaller>();
  /** `undefined`: IPC$. */
  readonly #trees = new Map<number, SmbShareSpec | undefined>();
  readonly #files = new Map<number, OpenFile>();
  readonly #searches = new Map<number, { readonly path: string; at: number }>();
  #count = 0;

  constructor(behaviour: SmbBehaviour, log: DeviceLog) {
    this.#behaviour = behaviour;
    this.#log = log;
  }

  /** The messages that answer this one. */
  answer(frame: Uint8Array): readonly Uint8Array[] {
    const message = decodeSmb1Message(frame);
    const { takesSmb1, signingRequired } = this.#behaviour;
    if (message.command === smb1Commands.negotiate) return [smb1NegotiateAnswer(takesSmb1, 3 | (signingRequired ? 12 : 0), smbClock)];
    if (message.command === smb1Commands.sessionSetup) return [this.#setUp(message)];
    const caller = this.#callers.get(message.userId);
    if (!caller) return [failed(message, badUser)];
    if (message.command === smb1Commands.logoff) return [this.#logOff(message)];
    if (message.command === smb1Commands.treeConnect) return [this.#connect(message, caller)];
    if (!this.#trees.has(message.treeId)) return [failed(message, badTree)];
    return this.#inTree(message, this.#trees.get(message.treeId), caller);
  }

  /** MS-CIFS section 2.2.4.53.1: two lengths of passwords stand before the name. */
  #setUp(message: Smb1Message): Uint8Array {
    const { nullSession, unknownNames, nativeOs, nativeLanMan } = this.#behaviour;
    const words = new ByteReader(message.words, 14);
    const passwords = words.uint16('OEMPasswordLen') + words.uint16('UnicodePasswordLen');
    const start = message.dataOffset + passwords;
    const name = textAt(message.bytes, start + (start % 2));
    const caller: SmbCaller = name === '' ? 'anonymous' : 'guest';
    const refusal = caller === 'anonymous' ? nullSession === 'refused' && statuses.accessDenied : unknownNames === 'refused' && statuses.logonFailure;
    const { multiplexId } = message;
    if (refusal) return smb1SessionAnswer({ status: refusal, nativeOs, nativeLanMan, multiplexId });
    this.#count += 1;
    this.#callers.set(this.#count, caller);
    this.#log.accepted += 1;
    return smb1SessionAnswer({ status: 0, nativeOs, nativeLanMan, isGuest: caller === 'guest', userId: this.#count, multiplexId });
  }

  #logOff(message: Smb1Message): Uint8Array {
    this.#callers.delete(message.userId);
    this.#log.released += 1;
    return smb1Answer({ ...headOf(message), command: 'logoff' }, Uint8Array.of(0xff, 0, 0, 0));
  }

  #connect(message: Smb1Message, caller: SmbCaller): Uint8Array {
    const path = textAt(message.bytes, message.dataOffset + new ByteReader(message.words, 6).uint16('PasswordLength'));
    const name = path.slice(path.lastIndexOf('\\') + 1);
    const share = this.#behaviour.shares.find((each) => each.name === name);
    if (name !== 'IPC$' && !share) return failed(message, statuses.badNetworkName);
    if (share && !share.letsIn.includes(caller)) return failed(message, statuses.accessDenied);
    this.#count += 1;
    this.#trees.set(this.#count, share);
    return smb1TreeConnectAnswer({ ...headOf(message), treeId: this.#count }, share ? masks[share.share] : 0x1f01ff);
  }

  #inTree(message: Smb1Message, share: SmbShareSpec | undefined, caller: SmbCaller): readonly Uint8Array[] {
    const { command } = message;
    if (command === smb1Commands.treeDisconnect) {
      this.#trees.delete(message.treeId);
      return [smb1Answer({ ...headOf(message), command: 'treeDisconnect' })];
    }
    if (command === smb1Commands.create) return [this.#create(message, share, caller)];
    if (command === smb1Commands.transaction && !share) return this.#ask(message);
    if (command === smb1Commands.transaction2 && share) return this.#list(message, share);
    if (command === smb1Commands.findClose) {
      this.#searches.delete(new ByteReader(message.words).uint16('SID'));
      return [smb1Answer({ ...headOf(message), command: 'findClose' })];
    }
    if (command === smb1Commands.close) {
      const isOpen = this.#files.delete(new ByteReader(message.words).uint16('FID'));
      return [isOpen ? smb1Answer({ ...headOf(message), command: 'close' }) : failed(message, badHandle)];
    }
    if (command === smb1Commands.read) return [this.#read(message)];
    this.#log.violations.push(`SMB 1 command ${command}`);
    return [failed(message, statuses.notSupported)];
  }

  #create(message: Smb1Message, share: SmbShareSpec | undefined, caller: SmbCaller): Uint8Array {
    const words = new ByteReader(message.words, 15);
    const access = words.uint32('DesiredAccess');
    words.skip('AllocationSize to ShareAccess', 16);
    const disposition = words.uint32('CreateDisposition');
    const path = textAt(message.bytes, message.dataOffset + (message.dataOffset % 2));
    if (share && (disposition !== fileOpen || (access & changing) !== 0)) this.#log.violations.push('NT_CREATE_ANDX that would change a file');
    if (!share) {
      if (path !== '\\srvsvc') return failed(message, statuses.objectNameNotFound);
      if (!this.#behaviour.listsSharesTo.includes(caller)) return failed(message, statuses.accessDenied);
      return smb1CreateAnswer(headOf(message), this.#remember({ path, share, pipe: new Uint8Array(0) }), false, 0, null);
    }
    const node = share.tree.node(slashed(path));
    if (!node || node.kind === 'link') return failed(message, statuses.objectNameNotFound);
    const file = this.#remember({ path: slashed(path), share, pipe: new Uint8Array(0) });
    const isFolder = node.kind === 'folder';
    return smb1CreateAnswer(headOf(message), file, isFolder, isFolder ? 0 : node.size, masks[share.files]);
  }

  #remember(file: OpenFile): number {
    this.#count += 1;
    this.#files.set(this.#count, file);
    return this.#count;
  }

  #read(message: Smb1Message): Uint8Array {
    const words = new ByteReader(message.words, 4);
    const file = this.#files.get(words.uint16('FID'));
    words.skip('Offset', 4);
    const most = words.uint16('MaxCount');
    if (!file) return failed(message, badHandle);
    if (!file.share) {
      const data = file.pipe.subarray(0, most);
      file.pipe = file.pipe.subarray(most);
      return smb1ReadAnswer(headOf(message), data);
    }
    if (most > mostRead) this.#log.violations.push(`READ_ANDX of ${most} bytes`);
    return smb1ReadAnswer(headOf(message), (file.share.tree.firstBytes(file.path) ?? new Uint8Array(0)).subarray(0, most));
  }

  /** TRANS_TRANSACT_NMPIPE. */
  #ask(message: Smb1Message): readonly Uint8Array[] {
    const words = new ByteReader(message.words, 22);
    const [length, offset] = [words.uint16('DataCount'), words.uint16('DataOffset')];
    words.skip('SetupCount, Reserved3', 2);
    const operation = words.uint16('Subcommand');
    const file = this.#files.get(words.uint16('FID'));
    if (operation !== 0x26) this.#log.violations.push(`TRANSACTION ${operation}`);
    if (!file) return [failed(message, badHandle)];
    const question = new ByteReader(message.bytes, offset).bytes('Data', length);
    const whole = question[2] === 11 ? bindAck(1) : rpcResponse(2, shareEnumStub(listedShares(this.#behaviour)), 300);
    file.pipe = whole.subarray(pipeBytes);
    const status = file.pipe.length > 0 ? statuses.bufferOverflow : statuses.success;
    const said = { parameters: new Uint8Array(0), data: whole.subarray(0, pipeBytes) };
    return smb1TransactionAnswers({ ...headOf(message), command: 'transaction', status }, said);
  }

  /** TRANS2_FIND_FIRST2 and TRANS2_FIND_NEXT2, in two messages where there is much. */
  #list(message: Smb1Message, share: SmbShareSpec): readonly Uint8Array[] {
    const words = new ByteReader(message.words, 20);
    const parameters = new ByteReader(message.bytes, words.uint16('ParameterOffset'));
    words.skip('DataCount to Reserved3', 6);
    const operation = words.uint16('Subcommand');
    if (operation !== 1 && operation !== 2) {
      this.#log.violations.push(`TRANSACTION2 ${operation}`);
      return [failed(message, statuses.notSupported)];
    }
    const isFirst = operation === 1;
    const id = isFirst ? this.#startSearch(textAt(message.bytes, parameters.offset + 12)) : parameters.uint16('SID');
    const search = this.#searches.get(id);
    const folder = search && share.tree.node(search.path);
    if (!search || folder?.kind !== 'folder') return [failed(message, statuses.objectNameNotFound)];
    const { body, took } = queryDirectoryBody(share.tree.list(search.path, search.at, search.at + pageEntries) ?? [], pageBytes);
    search.at += took;
    this.#log.rows += took;
    const isEnd = took === 0 || search.at >= folder.count;
    if (isEnd) this.#searches.delete(id);
    const said = { parameters: smb1Found(isFirst ? id : null, took, isEnd), data: body.subarray(8) };
    return smb1TransactionAnswers({ ...headOf(message), command: 'transaction2' }, said);
  }

  #startSearch(pattern: string): number {
    this.#count += 1;
    this.#searches.set(this.#count, { path: slashed(pattern.replace(/\\\*$/, '')), at: 0 });
    return this.#count;
  }
}

const headOf = ({ treeId, userId, multiplexId }: Smb1Message) => ({ treeId, userId, multiplexId });

function failed(message: Smb1Message, status: number): Uint8Array {
  const answer = smb1Answer({ ...headOf(message), command: 'close', status });
  answer[4] = message.command;
  return answer;
}

const slashed = (path: string): string => toPath(path.replace(/^\\/, ''));

/** Unicode up to a zero. */
function textAt(bytes: Uint8Array, at: number): string {
  const text = utf16Text(bytes.subarray(at));
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}
