/** Asks the server service for its shares: NetrShareEnum through the pipe `srvsvc` on IPC$. A pipe is asked in one round trip each, with FSCTL_PIPE_TRANSCEIVE. */
import { WireError } from '../../model/wire.js';
import type { Conversation, Place } from './conversation.js';
import type { SmbEvidence } from './evidence.js';
import { decodeCreateResponse, encodeClose, encodeCreate, type FileId } from './wire/create.js';
import { decodeFragment, encodeBind, encodeRpcRequest, type Fragment } from './wire/dcerpc.js';
import type { Message } from './wire/message.js';
import { decodePipeTransceiveResponse, encodePipeTransceive } from './wire/pipe.js';
import { decodeReadResponse, encodeReadPipe } from './wire/read.js';
import { encodeFarewell } from './wire/session-setup.js';
import { decodeShareEnum, encodeShareEnum, type SharedResource, shareEnumOperation } from './wire/share-enum.js';
import { refusalOf, statuses } from './wire/status.js';
import { encodeTreeConnect } from './wire/tree-connect.js';

export interface ShareList {
  readonly answer: SmbEvidence['shareList']['answer'];
  readonly shares: readonly SharedResource[];
}

/** Bytes of one answer, all fragments together. */
const mostStub = 262_144;
const winAccessDenied = 5;
/** Samba from 4.16 on starts the service when somebody first asks for it, which takes a small NAS some seconds. */
const serviceWithinMs = 15_000;

/** Throws what the connection throws. */
export async function listShares(conversation: Conversation, sessionId: bigint, server: string): Promise<ShareList> {
  const [connected] = await conversation.exchange({ sessionId, treeId: 0 }, [{ command: 'treeConnect', body: () => encodeTreeConnect(`\\\\${server}\\IPC$`) }]);
  if (connected?.status !== statuses.success) return unlisted(connected);
  const place = { sessionId, treeId: connected.treeId };
  const [opened] = await conversation.exchange(place, [{ command: 'create', body: () => encodeCreate('srvsvc', 'pipe') }], serviceWithinMs);
  const file = opened?.status === statuses.success ? decodeCreateResponse(opened).fileId : undefined;
  const list = file ? await askServerService(conversation, place, file, server) : unlisted(opened);
  const close = file ? [{ command: 'close', body: () => encodeClose(file) } as const] : [];
  await conversation.exchange(place, [...close, { command: 'treeDisconnect', body: encodeFarewell }]);
  return list;
}

function unlisted(message: Message | undefined): ShareList {
  return { answer: message && refusalOf(message.status) !== 'failed' ? 'denied' : 'failed', shares: [] };
}

async function askServerService(conversation: Conversation, place: Place, file: FileId, server: string): Promise<ShareList> {
  const pipe = new RpcPipe(conversation, place, file);
  const bound = await pipe.ask(encodeBind(1));
  if (typeof bound === 'number' || bound[0]?.type !== 'bind-ack' || !bound[0].accepted)
    return { answer: bound === statuses.accessDenied ? 'denied' : 'failed', shares: [] };
  const answer = await pipe.ask(encodeRpcRequest(2, shareEnumOperation, encodeShareEnum(`\\\\${server}`)));
  const stub = typeof answer === 'number' ? undefined : stubOf(answer);
  if (!stub) return { answer: isDenied(answer) ? 'denied' : 'failed', shares: [] };
  const { result, shares, isWhole } = decodeShareEnum(stub);
  if (result !== 0) return { answer: result === winAccessDenied ? 'denied' : 'failed', shares: [] };
  return { answer: isWhole ? 'listed' : 'partly', shares };
}

/** A fault carries the same code that a return value would. */
const isDenied = (answer: readonly Fragment[] | number): boolean =>
  typeof answer === 'number' ? answer === statuses.accessDenied : answer.some((fragment) => fragment.type === 'fault' && fragment.status === winAccessDenied);

function stubOf(fragments: readonly Fragment[]): Uint8Array | undefined {
  const stubs = fragments.map((fragment) => (fragment.type === 'response' ? fragment.stub : undefined));
  if (stubs.includes(undefined)) return undefined;
  const known = stubs.filter((stub) => stub !== undefined);
  const whole = new Uint8Array(known.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const stub of known) {
    whole.set(stub, at);
    at += stub.length;
  }
  return whole;
}

/** Joins what comes out of the pipe to fragments. */
class RpcPipe {
  readonly #conversation: Conversation;
  readonly #place: Place;
  readonly #file: FileId;

  constructor(conversation: Conversation, place: Place, file: FileId) {
    this.#conversation = conversation;
    this.#place = place;
    this.#file = file;
  }

  /** The fragments of the answer, or the status of the refusal. */
  async ask(question: Uint8Array): Promise<readonly Fragment[] | number> {
    const [answer] = await this.#conversation.exchange(
      this.#place,
      [{ command: 'ioctl', body: () => encodePipeTransceive(this.#file, question) }],
      serviceWithinMs,
    );
    if (!answer || !hasData(answer.status)) return answer?.status ?? statuses.invalidParameter;
    let bytes = decodePipeTransceiveResponse(answer);
    const fragments: Fragment[] = [];
    let total = 0;
    for (;;) {
      const decoded = decodeFragment(bytes);
      if (!decoded) {
        const more = await this.#read();
        if (typeof more === 'number') return more;
        bytes = joined(bytes, more);
        if (bytes.length > mostStub) throw new WireError('frag_length', 8, `more than ${mostStub} bytes`);
        continue;
      }
      fragments.push(decoded.fragment);
      bytes = bytes.subarray(decoded.consumed);
      total += decoded.consumed;
      if (total > mostStub) throw new WireError('stub', 0, `is longer than ${mostStub} bytes`);
      if (decoded.fragment.type !== 'response' || decoded.fragment.isLast) return fragments;
    }
  }

  async #read(): Promise<Uint8Array | number> {
    const [answer] = await this.#conversation.exchange(this.#place, [{ command: 'read', body: () => encodeReadPipe(this.#file) }]);
    if (!answer || !hasData(answer.status)) return answer?.status ?? statuses.invalidParameter;
    const bytes = decodeReadResponse(answer);
    if (bytes.length === 0) throw new WireError('DataLength', 4, 'the pipe gives nothing where more is due');
    return bytes;
  }
}

/** STATUS_BUFFER_OVERFLOW: the rest is to be read. */
const hasData = (status: number): boolean => status === statuses.success || status === statuses.bufferOverflow;

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}
