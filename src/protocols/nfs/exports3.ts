/** The exports that MOUNT names, each examined over NFSv3. */
import { shareLabel } from '../../content/share-label.js';
import type { Dial } from '../../model/connection.js';
import type { ProbeSettings } from '../../model/probe.js';
import { unknownRights } from '../../model/rights.js';
import { clientsOf } from './clients.js';
import type { NfsShare } from './evidence.js';
import { type Examined, examineExport, notExamined, refusedExport } from './export.js';
import { namedFlavours } from './flavours.js';
import type { Mounted } from './mounts.js';
import { isPeersDoing, openRpc } from './rpc-connection.js';
import { Server3 } from './server3.js';
import type { FileAttributes } from './wire/attributes.js';
import { notPermitted, wrongSecurity } from './wire/status.js';

/** Beside the facts, what is needed to find the same folder over NFSv4. */
export interface Share3 {
  readonly share: NfsShare;
  readonly path: string;
  readonly handle: Uint8Array | null;
  readonly attributes: FileAttributes | null;
}

export async function examineMounted(dial: Dial, nfsPort: number | undefined, mounted: Mounted, number: number, settings: ProbeSettings): Promise<Share3> {
  const { answer, entry } = mounted;
  const handle = answer && 'handle' in answer ? answer.handle : null;
  const flavours = answer && 'flavours' in answer && answer.flavours.length > 0 ? namedFlavours(answer.flavours) : ('not-told' as const);
  const { examined, privileged } =
    handle === null
      ? { examined: withoutHandle(mounted), privileged: mounted.privileged }
      : await examineFromEitherPort(dial, nfsPort, handle, mounted.privileged, settings);
  const { refusal: _refusal, attributes, ...facts } = examined;
  const share: NfsShare = {
    number,
    label: shareLabel(entry.path),
    over: 'nfs3',
    alsoOver4: false,
    clients: clientsOf(entry.clients),
    flavours,
    sourcePort: privileged ? 'privileged' : 'unprivileged',
    ...facts,
  };
  return { share, path: entry.path, handle, attributes };
}

function withoutHandle({ answer, privileged }: Mounted): Examined {
  if (answer === null) return notExamined;
  const refused = refusedExport({ refusedBy: 'server', status: answer.status });
  return privileged ? refused : asFarAsKnown(refused);
}

interface FromPort {
  readonly examined: Examined;
  readonly privileged: boolean;
}

/** As anyone first; where the credential or the caller was refused, once more from a port below 1024, if this computer may take one. */
async function examineFromEitherPort(
  dial: Dial,
  nfsPort: number | undefined,
  handle: Uint8Array,
  privileged: boolean,
  settings: ProbeSettings,
): Promise<FromPort> {
  const first = privileged ? null : await examineFrom(dial, nfsPort, handle, 'anywhere', settings);
  if (first && !mayBeThePort(first)) return { examined: first, privileged: false };
  const second = await examineFrom(dial, nfsPort, handle, 'privileged', settings);
  if (second && second.access !== 'unclear') return { examined: second, privileged: true };
  return { examined: first ? asFarAsKnown(first) : { ...notExamined, access: 'unclear' }, privileged: false };
}

/** Refused to a port that any program may take: what a port below 1024 would be granted is not known. */
export const asFarAsKnown = (refused: Examined): Examined => ({ ...refused, rights: unknownRights });

/** NFS-Ganesha answers an unprivileged port with AUTH_TOOWEAK, Linux with NFS3ERR_PERM. */
export const mayBeThePort = ({ refusal }: Examined): boolean =>
  refusal !== null && ((refusal.refusedBy === 'authentication' && refusal.status !== wrongSecurity) || refusal.status === notPermitted);

/** `null`: no connection. */
async function examineFrom(
  dial: Dial,
  nfsPort: number | undefined,
  handle: Uint8Array,
  from: 'anywhere' | 'privileged',
  settings: ProbeSettings,
): Promise<Examined | null> {
  try {
    const server = new Server3(await openRpc(dial, nfsPort, from));
    try {
      return await examineExport(server, handle, settings);
    } finally {
      await server.close();
    }
  } catch (error) {
    if (isPeersDoing(error)) return null;
    throw error;
  }
}
