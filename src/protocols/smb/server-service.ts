/** NetrShareEnum through a named pipe that is open already, over SMB 1 or 2. Knows neither: it is handed two ways to ask. */
import { WireError } from '../../model/wire.js';
import type { SmbEvidence } from './evidence.js';
import { decodeFragment, encodeBind, encodeRpcRequest, type Fragment } from './wire/dcerpc.js';
import { decodeShareEnum, encodeShareEnum, type SharedResource, shareEnumOperation } from './wire/share-enum.js';
import { statuses } from './wire/status.js';

export interface ShareList {
  readonly answer: SmbEvidence['shareList']['answer'];
  readonly shares: readonly SharedResource[];
}

/** What came out, or the status of the refusal. */
export interface Pipe {
  /** A question, and the first of its answer, in one round trip. */
  transceive(question: Uint8Array): Promise<Uint8Array | number>;
  read(): Promise<Uint8Array | number>;
}

/** Bytes of one answer, all fragments together. */
const mostStub = 262_144;
const winAccessDenied = 5;

/** Throws what the connection throws. */
export async function askServerService(opened: Pipe, server: string): Promise<ShareList> {
  const pipe = new RpcPipe(opened);
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
  readonly #pipe: Pipe;

  constructor(pipe: Pipe) {
    this.#pipe = pipe;
  }

  /** The fragments of the answer, or the status of the refusal. */
  async ask(question: Uint8Array): Promise<readonly Fragment[] | number> {
    let bytes = await this.#pipe.transceive(question);
    if (typeof bytes === 'number') return bytes;
    const fragments: Fragment[] = [];
    let total = 0;
    for (;;) {
      const decoded = decodeFragment(bytes);
      if (!decoded) {
        const more = await this.#pipe.read();
        if (typeof more === 'number') return more;
        if (more.length === 0) throw new WireError('DataLength', 4, 'the pipe gives nothing where more is due');
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
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}
