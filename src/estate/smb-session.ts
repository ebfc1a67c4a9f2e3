/** One caller of an SMB server of the estate: its sessions, trees and open files, and what each command is answered with. Opens no sockets. */
import { ByteReader } from '../protocols/smb/wire/byte-reader.js';
import { utf16Text } from '../protocols/smb/wire/byte-writer.js';
import { commands, type Message } from '../protocols/smb/wire/message.js';
import { allDialects, dialectNumbers } from '../protocols/smb/wire/negotiate.js';
import { statuses } from '../protocols/smb/wire/status.js';
import type { DeviceLog } from './device-log.js';
import {
  type Answer,
  bindAck,
  closeBody,
  createBody,
  emptyBody,
  errorBody,
  ioctlBody,
  negotiateBody,
  ntlmChallenge,
  queryDirectoryBody,
  readBody,
  rpcResponse,
  sessionSetupBody,
  shareEnumStub,
  treeConnectBody,
} from './smb-answers.js';
import type { SmbBehaviour, SmbCaller, SmbShareSpec } from './smb-behaviour.js';
import type { VirtualEntry } from './virtual-tree.js';

/** What its clock shows: the same on every run. */
export const smbClock = Date.UTC(2026, 0, 5, 9, 30);
export const masks = { read: 0x1200a9, write: 0x1f01ff } as const;
/** FILE_WRITE_DATA and its like, DELETE, and what stands for them. */
export const changing = 0x2 | 0x4 | 0x10 | 0x40 | 0x100 | 0x10000 | 0x40000 | 0x80000 | 0x2000000 | 0x10000000 | 0x40000000;
export const fileOpen = 1;
const deleteOnClose = 0x1000;
export const mostRead = 132;

interface Tree {
  readonly sessionId: bigint;
  /** `undefined`: IPC$. */
  readonly share: SmbShareSpec | undefined;
}

interface OpenFile {
  readonly tree: Tree;
  readonly path: string;
  /** Entries that are yet to be listed; `undefined` before the first query. */
  position: number;
  /** What waits in a pipe. */
  pipe: Uint8Array;
}

type Outcome = { readonly status?: number; readonly body: Uint8Array; readonly sessionId?: bigint; readonly treeId?: number };
const failed = (status: number): Outcome => ({ status, body: errorBody() });
const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

export class SmbSession {
  readonly #behaviour: SmbBehaviour;
  readonly #log: DeviceLog;
  /** `undefined`: the challenge was given, the answer is awaited. */
  readonly #sessions = new Map<bigint, SmbCaller | undefined>();
  readonly #trees = new Map<number, Tree>();
  readonly #files = new Map<string, OpenFile>();
  #count = 0;
  /** For related messages: what the one before worked on. */
  #last = { sessionId: 0n, treeId: 0, fileId: new Uint8Array(16) };

  constructor(behaviour: SmbBehaviour, log: DeviceLog) {
    this.#behaviour = behaviour;
    this.#log = log;
  }

  answer(message: Message): Answer {
    const { command, messageId } = message;
    const isRelated = message.sessionId === 0xffffffffffffffffn;
    const sessionId = isRelated ? this.#last.sessionId : message.sessionId;
    const treeId = isRelated ? this.#last.treeId : message.treeId;
    const outcome = this.#act(message, sessionId, treeId);
    this.#last = { ...this.#last, sessionId, treeId };
    const { status = 0, body } = outcome;
    return { command, status, messageId, treeId: outcome.treeId ?? treeId, sessionId: outcome.sessionId ?? sessionId, body };
  }

  #act(message: Message, sessionId: bigint, treeId: number): Outcome {
    const body = new ByteReader(message.bytes, 64);
    if (message.command === commands.negotiate) return this.#negotiate(body);
    if (message.command === commands.sessionSetup) return this.#setUp(message.bytes, sessionId);
    const caller = this.#sessions.get(sessionId);
    if (!caller) return failed(statuses.userSessionDeleted);
    if (message.command === commands.logoff) return this.#logOff(sessionId);
    if (message.command === commands.treeConnect) return this.#connect(message.bytes, sessionId, caller);
    const tree = this.#trees.get(treeId);
    if (!tree || tree.sessionId !== sessionId) return failed(0xc00000c9);
    if (message.command === commands.treeDisconnect) return this.#trees.delete(treeId) ? { body: emptyBody() } : failed(0xc00000c9);
    if (message.command === commands.create) return this.#create(message.bytes, tree);
    return this.#onFile(message, body);
  }

  #negotiate(body: ByteReader): Outcome {
    body.skip('StructureSize', 2);
    const count = body.uint16('DialectCount');
    body.skip('SecurityMode to NegotiateContextCount', 32);
    const offered = Array.from({ length: Math.min(count, 16) }, () => body.uint16('Dialects'));
    const dialect = allDialects.findLast((each) => offered.includes(dialectNumbers[each]) && this.#behaviour.dialects.includes(each));
    if (!dialect) return failed(statuses.notSupported);
    const { signingRequired, encrypts, compresses = false } = this.#behaviour;
    const asksCompression = compresses && hasContext(body, 3);
    return { body: negotiateBody({ dialect, signingRequired, encrypts, compresses: asksCompression, now: smbClock }) };
  }

  #setUp(bytes: Uint8Array, asked: bigint): Outcome {
    const text = String.fromCharCode(...bytes.subarray(64));
    const start = text.indexOf('NTLMSSP\0');
    const token = new ByteReader(bytes, 64 + start + 8);
    if (start < 0) return failed(statuses.invalidParameter);
    if (token.uint32('MessageType') === 1) {
      this.#count += 1;
      const sessionId = BigInt(this.#count);
      this.#sessions.set(sessionId, undefined);
      const { ntlmVersion: version, computer } = this.#behaviour;
      return { status: statuses.moreProcessingRequired, sessionId, body: sessionSetupBody(0, ntlmChallenge({ version, computer, domain: 'WORKGROUP' })) };
    }
    token.skip('LmChallengeResponse to DomainName', 24);
    const caller: SmbCaller = token.uint16('UserNameLen') === 0 ? 'anonymous' : 'guest';
    const { nullSession, unknownNames } = this.#behaviour;
    const refused = caller === 'anonymous' ? nullSession === 'refused' : unknownNames === 'refused';
    if (refused) return failed(caller === 'anonymous' ? statuses.accessDenied : statuses.logonFailure);
    this.#sessions.set(asked, caller);
    this.#log.accepted += 1;
    return { body: sessionSetupBody(caller === 'guest' ? 1 : nullSession === 'granted' ? 2 : 0, new Uint8Array(0)) };
  }

  #logOff(sessionId: bigint): Outcome {
    this.#sessions.delete(sessionId);
    this.#log.released += 1;
    return { body: emptyBody() };
  }

  #connect(bytes: Uint8Array, sessionId: bigint, caller: SmbCaller): Outcome {
    const reader = new ByteReader(bytes, 64 + 4);
    const path = utf16Text(new ByteReader(bytes, reader.uint16('PathOffset')).bytes('Path', reader.uint16('PathLength')));
    const name = path.slice(path.lastIndexOf('\\') + 1);
    const share = this.#behaviour.shares.find((each) => each.name === name);
    if (name !== 'IPC$' && !share) return failed(statuses.badNetworkName);
    if (share && !share.letsIn.includes(caller)) return failed(statuses.accessDenied);
    this.#count += 1;
    this.#trees.set(this.#count, { sessionId, share });
    return { treeId: this.#count, body: treeConnectBody(share ? 1 : 2, share ? masks[share.share] : 0x11f, share?.encryptData ?? false) };
  }

  #create(bytes: Uint8Array, tree: Tree): Outcome {
    const reader = new ByteReader(bytes, 64 + 24);
    const access = reader.uint32('DesiredAccess');
    reader.skip('FileAttributes, ShareAccess', 8);
    const disposition = reader.uint32('CreateDisposition');
    const options = reader.uint32('CreateOptions');
    const path = utf16Text(new ByteReader(bytes, reader.uint16('NameOffset')).bytes('Name', reader.uint16('NameLength')));
    if (tree.share && (disposition !== fileOpen || (access & changing) !== 0 || (options & deleteOnClose) !== 0))
      this.#log.violations.push('CREATE that would change a file');
    const asksAccess = reader.uint32('CreateContextsOffset') !== 0;
    return tree.share ? this.#openFile(tree, tree.share, path, asksAccess) : this.#openPipe(tree, path);
  }

  #openPipe(tree: Tree, path: string): Outcome {
    const caller = this.#sessions.get(tree.sessionId);
    if (path !== 'srvsvc') return failed(statuses.objectNameNotFound);
    if (!caller || !this.#behaviour.listsSharesTo.includes(caller)) return failed(statuses.accessDenied);
    return {
      body: createBody({ fileId: this.#remember({ tree, path, position: 0, pipe: new Uint8Array(0) }), isFolder: false, size: 0, maximalAccess: null }),
    };
  }

  #openFile(tree: Tree, share: SmbShareSpec, path: string, asksAccess: boolean): Outcome {
    const node = share.tree.node(toPath(path));
    this.#last = { ...this.#last, fileId: new Uint8Array(16) };
    if (!node || node.kind === 'link') return failed(statuses.objectNameNotFound);
    const fileId = this.#remember({ tree, path: toPath(path), position: 0, pipe: new Uint8Array(0) });
    const isFolder = node.kind === 'folder';
    return { body: createBody({ fileId, isFolder, size: isFolder ? 0 : node.size, maximalAccess: asksAccess ? masks[share.files] : null }) };
  }

  #remember(file: OpenFile): Uint8Array {
    this.#count += 1;
    const fileId = new Uint8Array(16);
    new DataView(fileId.buffer).setUint32(0, this.#count, true);
    this.#files.set(hex(fileId), file);
    this.#last = { ...this.#last, fileId };
    return fileId;
  }

  #onFile(message: Message, body: ByteReader): Outcome {
    const at: Readonly<Record<number, number>> = { [commands.close]: 8, [commands.read]: 16, [commands.ioctl]: 8, [commands.queryDirectory]: 8 };
    const offset = at[message.command];
    if (offset === undefined) {
      this.#log.violations.push(`SMB command ${message.command}`);
      return failed(statuses.notSupported);
    }
    body.skip('fields before FileId', offset);
    const named = body.bytes('FileId', 16);
    const key = hex(named.every((byte) => byte === 0xff) ? this.#last.fileId : named);
    const file = this.#files.get(key);
    if (!file) return failed(0xc0000128);
    if (message.command === commands.close) return this.#files.delete(key) ? { body: closeBody() } : failed(0xc0000128);
    if (message.command === commands.read) return this.#read(message.bytes, file);
    if (message.command === commands.ioctl) return this.#ask(message.bytes, file, named);
    return this.#list(file);
  }

  #read(bytes: Uint8Array, file: OpenFile): Outcome {
    const length = new ByteReader(bytes, 64 + 4).uint32('Length');
    if (!file.tree.share) {
      const data = file.pipe.subarray(0, length);
      file.pipe = file.pipe.subarray(length);
      return { body: readBody(data) };
    }
    if (length > mostRead) this.#log.violations.push(`READ of ${length} bytes`);
    const data = file.tree.share.tree.firstBytes(file.path);
    return data && data.length > 0 ? { body: readBody(data) } : failed(0xc0000011);
  }

  #ask(bytes: Uint8Array, file: OpenFile, fileId: Uint8Array): Outcome {
    const reader = new ByteReader(bytes, 64 + 4);
    const code = reader.uint32('CtlCode');
    if (file.tree.share || code !== 0x0011c017) this.#log.violations.push(`IOCTL ${code.toString(16)}H`);
    reader.skip('FileId', 16);
    const question = new ByteReader(bytes, reader.uint32('InputOffset')).bytes('Input', reader.uint32('InputCount'));
    const whole = question[2] === 11 ? bindAck(1) : rpcResponse(2, shareEnumStub(listedShares(this.#behaviour)), 300);
    file.pipe = whole.subarray(1_024);
    return { status: file.pipe.length > 0 ? statuses.bufferOverflow : statuses.success, body: ioctlBody(fileId, whole.subarray(0, 1_024)) };
  }

  #list(file: OpenFile): Outcome {
    const folder = file.tree.share?.tree.node(file.path);
    if (folder?.kind !== 'folder') return failed(statuses.invalidParameter);
    if (file.position >= folder.count && file.position > 0) return failed(statuses.noMoreFiles);
    const dots: readonly VirtualEntry[] = file.position > 0 ? [] : ['.', '..'].map((name) => ({ name, kind: 'folder', size: 0, modified: folder.modified }));
    const page = file.tree.share?.tree.list(file.path, file.position, file.position + 1_000) ?? [];
    const { body, took } = queryDirectoryBody([...dots, ...page], 65_536);
    file.position += Math.max(1, took - dots.length);
    this.#log.rows += took - dots.length;
    return { body };
  }
}

export const listedShares = ({ shares }: SmbBehaviour) => [
  ...shares.map(({ name, remark }) => ({ name, type: 0, remark })),
  { name: 'IPC$', type: 0x80000003, remark: 'IPC Service' },
];

export const toPath = (path: string): string => `/${path.replaceAll('\\', '/')}`;

/** Whether a negotiate context of this type is among those that the caller sent. */
function hasContext(body: ByteReader, wanted: number): boolean {
  for (let count = 0; body.left >= 8 && count < 16; count += 1) {
    body.align(8);
    if (body.left < 8) return false;
    const type = body.uint16('ContextType');
    const length = body.uint16('DataLength');
    body.skip('Reserved', 4);
    if (type === wanted) return true;
    body.skip('Data', Math.min(length, body.left));
  }
  return false;
}
