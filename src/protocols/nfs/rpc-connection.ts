/** One connection that carries ONC RPC: calls out, replies back, one at a time. Knows no program. */
import { type Connection, ConnectionFailure, type Dial, NotThisProtocol } from '../../model/connection.js';
import { WireError } from '../../model/wire.js';
import { recogniseService } from '../recognise.js';
import { type Credential, decodeReply, encodeCall, type RpcAnswer, type RpcReply } from './wire/rpc.js';

/** Bytes of one reply. A listing is asked for with 32 KiB; the list of exports may be long. */
const replyLimit = 1024 * 1024;
/** Replies to calls that were never made; more of them is no server. */
const mostStrays = 8;

export interface Procedure {
  readonly program: number;
  readonly version: number;
  readonly procedure: number;
}

export class RpcConnection {
  readonly #connection: Connection;
  #xid = 0x0d05_0000;
  #heard = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Throws `ConnectionFailure` or `WireError`; `NotThisProtocol` where the very first bytes are no reply. */
  async call({ program, version, procedure }: Procedure, credential: Credential, parameters: Uint8Array = new Uint8Array(0)): Promise<RpcReply> {
    this.#xid += 1;
    const xid = this.#xid;
    await this.#connection.send(encodeCall({ xid, program, version, procedure, credential, parameters }));
    for (let strays = 0; strays <= mostStrays; strays += 1) {
      const reply = await this.#receive();
      if (reply.xid === xid) return reply;
    }
    throw new WireError('xid', 0, `more than ${mostStrays} replies to calls that were not made`);
  }

  async #receive(): Promise<RpcReply> {
    let first: Uint8Array = new Uint8Array(0);
    try {
      const reply = await this.#connection.receive((bytes) => {
        first = bytes.subarray(0, 256);
        return decodeReply(bytes, replyLimit);
      });
      this.#heard = true;
      return reply;
    } catch (error) {
      if (error instanceof WireError && !this.#heard) throw new NotThisProtocol(recogniseService(first));
      throw error;
    }
  }

  close(): void {
    this.#connection.close();
  }
}

/** `port` absent: that of the endpoint. `privileged`: from a source port below 1024; throws where this computer may not take one. */
export async function openRpc(dial: Dial, port?: number, from: 'anywhere' | 'privileged' = 'anywhere'): Promise<RpcConnection> {
  const beside = { ...(port === undefined ? {} : { port }), ...(from === 'privileged' ? { reservedSourcePort: true as const } : {}) };
  return new RpcConnection(await dial.open('plain', Object.keys(beside).length === 0 ? undefined : beside));
}

/** The results of a call that was carried out; throws `RpcRefused` where it was not. */
export function resultsOf({ answer }: RpcReply): Uint8Array {
  if (answer.answer !== 'success') throw new RpcRefused(answer);
  return answer.results;
}

/** The server answered, and did not carry the call out. */
export class RpcRefused extends Error {
  readonly answer: Exclude<RpcAnswer, { answer: 'success' }>;

  constructor(answer: Exclude<RpcAnswer, { answer: 'success' }>) {
    super(`the call was refused: ${answer.answer}`);
    this.name = 'RpcRefused';
    this.answer = answer;
  }
}

/** Ends of a conversation that are the peer's doing: what was learnt before them stays. */
export const isPeersDoing = (error: unknown): boolean =>
  error instanceof ConnectionFailure || error instanceof WireError || error instanceof NotThisProtocol || error instanceof RpcRefused;
