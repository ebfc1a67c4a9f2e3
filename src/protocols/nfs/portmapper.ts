/** rpcbind at port 111: where NFS and MOUNT listen. */
import { ConnectionFailure, type Dial } from '../../model/connection.js';
import type { NfsEvidence } from './evidence.js';
import { noCredential } from './identities.js';
import { isPeersDoing, openRpc, RpcRefused, resultsOf } from './rpc-connection.js';
import { mountd } from './wire/mount.js';
import { nfs3 } from './wire/nfs3.js';
import { decodeMappings, type Mapping, portmapper } from './wire/portmap.js';

export type PortmapperFacts = NfsEvidence['portmapper'];
export const portmapperNotTried: PortmapperFacts = { answer: 'not-tried', programs: 0, nfsPort: null, mountPort: null };

/** `port` absent: that of the endpoint itself. */
export async function askPortmapper(dial: Dial, port?: number): Promise<PortmapperFacts> {
  try {
    const rpc = await openRpc(dial, port);
    try {
      return factsOf(decodeMappings(resultsOf(await rpc.call({ ...portmapper, procedure: portmapper.procedures.dump }, noCredential))));
    } finally {
      rpc.close();
    }
  } catch (error) {
    if (!isPeersDoing(error)) throw error;
    return { ...portmapperNotTried, answer: howItFailed(error) };
  }
}

function howItFailed(error: unknown): PortmapperFacts['answer'] {
  if (error instanceof RpcRefused) return 'refused';
  if (!(error instanceof ConnectionFailure)) return 'no-answer';
  return error.outcome === 'refused' ? 'closed' : error.outcome === 'out-of-scope' ? 'not-tried' : 'no-answer';
}

function factsOf(mappings: readonly Mapping[]): PortmapperFacts {
  return {
    answer: 'answered',
    programs: new Set(mappings.map(({ program }) => program)).size,
    nfsPort: portOf(mappings, nfs3.program, [3, 4]),
    mountPort: portOf(mappings, mountd.program, [3]),
  };
}

/** Over TCP; the first of the versions that there is. */
function portOf(mappings: readonly Mapping[], program: number, versions: readonly number[]): number | null {
  const found = versions.map((version) => mappings.find((each) => each.program === program && each.version === version && each.protocol === 'tcp'));
  const port = found.find((mapping) => mapping !== undefined)?.port ?? 0;
  return port >= 1 && port <= 65_535 ? port : null;
}
