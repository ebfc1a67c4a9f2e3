/** Which program answers at a port, and in which versions: what every client asks first. Nothing but the empty procedure and empty compounds is called. */
import { NotThisProtocol } from '../../model/connection.js';
import type { NfsVersion, Offer } from './evidence.js';
import { nobody, noCredential } from './identities.js';
import { isPeersDoing, type RpcConnection } from './rpc-connection.js';
import { mountd } from './wire/mount.js';
import { nfs3 } from './wire/nfs3.js';
import { decodeCompound, encodeCompound, nfs4 } from './wire/nfs4.js';
import { portmapper } from './wire/portmap.js';
import type { RpcAnswer } from './wire/rpc.js';
import { minorVersionMismatch } from './wire/status.js';

export type Versions = Readonly<Record<NfsVersion, Offer>>;
export const noVersions: Versions = { '3': 'not-tried', '4.0': 'not-tried', '4.1': 'not-tried', '4.2': 'not-tried' };
const no4 = { '4.0': 'not-offered', '4.1': 'not-offered', '4.2': 'not-offered' } as const;
const minors = ['4.0', '4.1', '4.2'] as const;

export type Greeting = { readonly role: 'nfs'; readonly versions: Versions } | { readonly role: 'portmapper' | 'mountd' };

const isAbsent = ({ answer }: RpcAnswer): boolean => answer === 'program-unavailable';
const programs = { nfs: nfs3, portmapper, mountd } as const;
type Role = keyof typeof programs;

/** `likeliest` is asked for first. Throws `NotThisProtocol` where it is ONC RPC, but none of the three. */
export async function greet(rpc: RpcConnection, likeliest: Role): Promise<Greeting> {
  for (const role of [likeliest, ...(Object.keys(programs) as Role[]).filter((each) => each !== likeliest)]) {
    const { program, version } = programs[role];
    const { answer } = await rpc.call({ program, version, procedure: 0 }, noCredential);
    if (!isAbsent(answer)) return role === 'nfs' ? { role, versions: await askVersions(rpc, answer) } : { role };
  }
  throw new NotThisProtocol('nfs');
}

/** `third`: the answer to the empty procedure of version 3; a refusal of the version says which there are. */
async function askVersions(rpc: RpcConnection, third: RpcAnswer): Promise<Versions> {
  const offers: Record<NfsVersion, Offer> = { ...noVersions, '3': offerOf(third) };
  if (third.answer === 'program-mismatch' && third.high < 4) return { ...offers, ...no4 };
  for (const [minor, name] of minors.entries()) {
    try {
      const { answer } = await rpc.call({ ...nfs4, procedure: nfs4.procedures.compound }, nobody, encodeCompound(minor, []));
      if (answer.answer === 'program-mismatch') return { ...offers, ...no4 };
      offers[name] = answer.answer === 'success' ? minorOffer(decodeCompound(answer.results, []).status) : 'unclear';
    } catch (error) {
      if (!isPeersDoing(error)) throw error;
      offers[name] = 'no-answer'; // it hung up over a version that it did not know; what it said before stays
      return offers;
    }
  }
  return offers;
}

const offerOf = ({ answer }: RpcAnswer): Offer => (answer === 'success' ? 'offered' : answer === 'program-mismatch' ? 'not-offered' : 'unclear');
const minorOffer = (status: number): Offer => (status === 0 ? 'offered' : status === minorVersionMismatch ? 'not-offered' : 'unclear');
