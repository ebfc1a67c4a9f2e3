/** NFSv4 as a `FileServer`: compounds, inside a session where the server knows no 4.0. */
import { type FileServer, firstBytesOfDicom, type Granted, isRefusal, type ListingPage, type ListingPlace, pageBytes, type Refusal } from './file-server.js';
import type { Versions } from './greeting.js';
import { nobody } from './identities.js';
import { isPeersDoing, type RpcConnection, RpcRefused, resultsOf } from './rpc-connection.js';
import { isOwnOrParent, refusalOf } from './server3.js';
import { allAccessBits } from './wire/access-bits.js';
import { type CompoundReply, decodeCompound, encodeCompound, nfs4, type Operation, type Result } from './wire/nfs4.js';
import type { Credential } from './wire/rpc.js';
import { wrongSecurity } from './wire/status.js';

interface Session {
  readonly id: Uint8Array;
  readonly clientId: bigint;
}

type Named<Op extends Result['op']> = Extract<Result, { op: Op }>;

export class Server4 implements FileServer {
  readonly #rpc: RpcConnection;
  readonly #minor: number;
  #session: Session | null = null;
  #sequence = 0;
  /** nii_name, where a session was needed. */
  implementation: string | null = null;

  private constructor(rpc: RpcConnection, minor: number) {
    this.#rpc = rpc;
    this.#minor = minor;
  }

  /** `nonce` tells our client from others. Throws `RpcRefused` where no session is granted. */
  static async begin(rpc: RpcConnection, versions: Versions, nonce: string): Promise<Server4> {
    const minor = versions['4.0'] === 'offered' ? 0 : versions['4.1'] === 'offered' ? 1 : versions['4.2'] === 'offered' ? 2 : 0;
    const server = new Server4(rpc, minor);
    if (minor > 0) await server.#openSession(nonce);
    return server;
  }

  async #openSession(nonce: string): Promise<void> {
    const verifier = Uint8Array.from(nonce.padEnd(8, '0').slice(0, 8), (letter) => letter.charCodeAt(0));
    const exchanged = granted(await this.#compound([{ op: 'exchange-id', owner: `dosimeter-${nonce}`, verifier }], nobody), 'exchange-id');
    this.implementation = exchanged.implementation;
    const { clientId, sequence } = exchanged;
    const created = granted(await this.#compound([{ op: 'create-session', clientId, sequence }], nobody), 'create-session');
    this.#session = { id: created.session, clientId };
  }

  get hasSession(): boolean {
    return this.#session !== null;
  }

  /** One compound, with its place in the session before it where there is one. */
  async run(operations: readonly Operation[], as: Credential): Promise<CompoundReply> {
    if (!this.#session) return this.#compound(operations, as);
    this.#sequence += 1;
    const reply = await this.#compound([{ op: 'sequence', session: this.#session.id, sequence: this.#sequence }, ...operations], as);
    return { ...reply, results: reply.results.slice(1) };
  }

  async #compound(operations: readonly Operation[], as: Credential): Promise<CompoundReply> {
    const reply = await this.#rpc.call({ ...nfs4, procedure: nfs4.procedures.compound }, as, encodeCompound(this.#minor, operations));
    return decodeCompound(resultsOf(reply), operations);
  }

  /** The result of the last operation, or why it did not come to it. */
  async ask<Op extends Result['op']>(operations: readonly Operation[], last: Op, as: Credential): Promise<Named<Op> | Refusal> {
    try {
      const reply = await this.run(operations, as);
      const result = reply.results.at(-1);
      if (reply.status === 0 && result?.op === last) return result as Named<Op>;
      return { refusedBy: reply.status === wrongSecurity ? 'authentication' : 'server', status: reply.status };
    } catch (error) {
      if (error instanceof RpcRefused) return refusalOf(error);
      throw error;
    }
  }

  async access(handle: Uint8Array, as: Credential): Promise<Granted | Refusal> {
    try {
      const reply = await this.run([{ op: 'putfh', handle }, { op: 'access', bits: allAccessBits }, { op: 'getattr' }], as);
      const access = reply.results.find((result) => result.op === 'access');
      const attributes = reply.results.find((result) => result.op === 'getattr')?.attributes ?? null;
      if (access) return { granted: access.granted & access.supported, attributes };
      return { refusedBy: reply.status === wrongSecurity ? 'authentication' : 'server', status: reply.status };
    } catch (error) {
      if (error instanceof RpcRefused) return refusalOf(error);
      throw error;
    }
  }

  async list(folder: Uint8Array, { cookie, verifier }: ListingPlace, as: Credential): Promise<ListingPage | Refusal> {
    const answer = await this.ask(
      [
        { op: 'putfh', handle: folder },
        { op: 'readdir', cookie, verifier, bytes: pageBytes },
      ],
      'readdir',
      as,
    );
    if (isRefusal(answer)) return answer;
    const last = answer.entries.at(-1);
    const entries = answer.entries.map(({ name, attributes }) => ({
      name,
      handle: attributes.handle,
      attributes: attributes.error === null ? attributes : null,
    }));
    return {
      entries: entries.filter(({ name }) => !isOwnOrParent(name)),
      next: answer.isEnd || !last ? null : { cookie: last.cookie, verifier: answer.verifier },
    };
  }

  async firstBytes(file: Uint8Array, as: Credential): Promise<Uint8Array | Refusal> {
    const answer = await this.ask(
      [
        { op: 'putfh', handle: file },
        { op: 'read', count: firstBytesOfDicom },
      ],
      'read',
      as,
    );
    return isRefusal(answer) ? answer : answer.data;
  }

  /** Destroys the session, so that the server does not have to wait for it to run out. */
  async close(): Promise<void> {
    try {
      if (this.#session) {
        await this.#compound([{ op: 'destroy-session', session: this.#session.id }], nobody);
        await this.#compound([{ op: 'destroy-clientid', clientId: this.#session.clientId }], nobody);
      }
    } catch (error) {
      if (!isPeersDoing(error)) throw error;
    } finally {
      this.#rpc.close();
    }
  }
}

function granted<Op extends Result['op']>({ results }: CompoundReply, op: Op): Named<Op> {
  const result = results.at(-1);
  if (result?.op !== op) throw new RpcRefused({ answer: 'system-error' });
  return result as Named<Op>;
}
