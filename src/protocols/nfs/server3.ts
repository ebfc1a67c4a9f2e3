/** NFSv3 as a `FileServer`. */
import {
  type FileServer,
  type FoundEntry,
  firstBytesOfDicom,
  type Granted,
  isRefusal,
  type ListingPage,
  type ListingPlace,
  pageBytes,
  type Refusal,
} from './file-server.js';
import { type RpcConnection, RpcRefused, resultsOf } from './rpc-connection.js';
import { allAccessBits } from './wire/access-bits.js';
import { decodeAccess, decodeLookup, decodeRead, encodeAccess, encodeLookup, encodeRead, nfs3 } from './wire/nfs3.js';
import { decodeReaddir, decodeReaddirplus, encodeReaddir, encodeReaddirplus, type Listing } from './wire/nfs3-listing.js';
import type { Credential } from './wire/rpc.js';
import { notSupported } from './wire/status.js';

/** READDIR alone gives names; each then costs a LOOKUP, and no server is asked for more of them. */
const mostLookups = 512;
/** An entry takes 40 bytes at least. */
const mostEntries = pageBytes / 32;

type ProcedureName = keyof typeof nfs3.procedures;

export class Server3 implements FileServer {
  readonly #rpc: RpcConnection;
  #hasReaddirplus = true;
  #lookupsLeft = mostLookups;

  constructor(rpc: RpcConnection) {
    this.#rpc = rpc;
  }

  async access(handle: Uint8Array, as: Credential): Promise<Granted | Refusal> {
    const results = await this.#call('access', as, encodeAccess(handle, allAccessBits));
    if (isRefusal(results)) return results;
    const answer = decodeAccess(results);
    return 'granted' in answer ? answer : refused(answer.status);
  }

  async list(folder: Uint8Array, place: ListingPlace, as: Credential): Promise<ListingPage | Refusal> {
    if (this.#hasReaddirplus) {
      const results = await this.#call('readdirplus', as, encodeReaddirplus(folder, place, pageBytes));
      if (isRefusal(results)) return results;
      const answer = decodeReaddirplus(results, mostEntries);
      if ('entries' in answer) return this.#page(folder, answer, as);
      if (answer.status !== notSupported) return refused(answer.status);
      this.#hasReaddirplus = false;
    }
    const results = await this.#call('readdir', as, encodeReaddir(folder, place, pageBytes));
    if (isRefusal(results)) return results;
    const answer = decodeReaddir(results, mostEntries);
    return 'entries' in answer ? this.#page(folder, answer, as) : refused(answer.status);
  }

  async firstBytes(file: Uint8Array, as: Credential): Promise<Uint8Array | Refusal> {
    const results = await this.#call('read', as, encodeRead(file, firstBytesOfDicom));
    if (isRefusal(results)) return results;
    const answer = decodeRead(results, firstBytesOfDicom);
    return 'data' in answer ? answer.data : refused(answer.status);
  }

  async close(): Promise<void> {
    this.#rpc.close();
  }

  async #page(folder: Uint8Array, { entries, verifier, isEnd }: Listing, as: Credential): Promise<ListingPage> {
    const found: FoundEntry[] = [];
    for (const entry of entries) {
      if (isOwnOrParent(entry.name)) continue;
      found.push(entry.handle && entry.attributes ? entry : await this.#lookUp(folder, entry.name, as));
    }
    const last = entries.at(-1);
    return { entries: found, next: isEnd || !last ? null : { cookie: last.cookie, verifier } };
  }

  /** Some servers leave handles or attributes out of a listing (section 3.3.17 allows it). */
  async #lookUp(folder: Uint8Array, name: string, as: Credential): Promise<FoundEntry> {
    const unknown = { name, handle: null, attributes: null };
    if (this.#lookupsLeft === 0) return unknown;
    this.#lookupsLeft -= 1;
    const results = await this.#call('lookup', as, encodeLookup(folder, name));
    if (isRefusal(results)) return unknown;
    const answer = decodeLookup(results);
    return 'handle' in answer ? { name, ...answer } : unknown;
  }

  async #call(procedure: ProcedureName, as: Credential, parameters: Uint8Array): Promise<Uint8Array | Refusal> {
    try {
      return resultsOf(await this.#rpc.call({ ...nfs3, procedure: nfs3.procedures[procedure] }, as, parameters));
    } catch (error) {
      if (error instanceof RpcRefused) return refusalOf(error);
      throw error;
    }
  }
}

export const isOwnOrParent = (name: string): boolean => name === '.' || name === '..';

const refused = (status: number): Refusal => ({ refusedBy: 'server', status });

export function refusalOf({ answer }: RpcRefused): Refusal {
  if (answer.answer === 'authentication-refused') return { refusedBy: 'authentication', status: answer.status };
  return { refusedBy: 'server', status: answer.answer === 'procedure-unavailable' ? notSupported : 0 };
}
