/** The exports that NFSv4 shows by itself: those that MOUNT named are recognised and only asked for their security flavours, the others examined. */
import { shareLabel } from '../../content/share-label.js';
import type { Dial } from '../../model/connection.js';
import type { ProbeSettings } from '../../model/probe.js';
import type { Flavour, NfsEvidence, NfsShare } from './evidence.js';
import { type Examined, examineExport, notExamined, refusedExport } from './export.js';
import { asFarAsKnown, mayBeThePort, type Share3 } from './exports3.js';
import { isRefusal } from './file-server.js';
import { namedFlavours4 } from './flavours.js';
import type { Versions } from './greeting.js';
import { nobody } from './identities.js';
import { type Export4, type PseudoTree, walkPseudoTree } from './pseudo-tree.js';
import { isPeersDoing, openRpc, RpcRefused } from './rpc-connection.js';
import { Server4 } from './server4.js';
import { wrongSecurity } from './wire/status.js';

export interface Exports4 {
  readonly pseudoTree: NfsEvidence['pseudoTree'];
  readonly shares: readonly NfsShare[];
  readonly paths: readonly string[];
  /** File handle of an export, and what the server says it is: for the product. */
  readonly handle: Uint8Array | null;
  readonly implementation: string | null;
}

type From = 'anywhere' | 'privileged';

interface Asking {
  readonly dial: Dial;
  readonly nfsPort: number | undefined;
  readonly versions: Versions;
  readonly settings: ProbeSettings;
  /** Exports that are examined; the rest is named only. */
  readonly atMost: number;
  hasTime(): boolean;
}

interface Seen {
  readonly tree: PseudoTree;
  readonly flavours: readonly (readonly Flavour[] | 'not-told')[];
  readonly implementation: string | null;
  readonly from: From;
}

export async function askExports4(asking: Asking, known: readonly Share3[]): Promise<Exports4> {
  const seen = await lookAround(asking, known);
  if (typeof seen === 'string') return { pseudoTree: seen, shares: known.map(({ share }) => share), paths: [], handle: null, implementation: null };
  const shares = known.map(({ share }) => share);
  let examinedSoFar = 0;
  for (const [index, found] of seen.tree.exports.entries()) {
    const flavours = seen.flavours[index] ?? 'not-told';
    const at = known.findIndex((share) => isSame(share, found));
    const twin = shares[at];
    if (twin) shares[at] = { ...twin, alsoOver4: true, flavours: twin.flavours === 'not-told' ? flavours : twin.flavours };
    else {
      const { examined, from } =
        examinedSoFar < asking.atMost && asking.hasTime() ? await examineFound(asking, found, seen.from) : { examined: notExamined, from: seen.from };
      examinedSoFar += 1;
      shares.push(shareOf(found, shares.length + 1, flavours, examined, from));
    }
  }
  const handle = seen.tree.exports.find((each) => each.handle !== null)?.handle ?? seen.tree.rootHandle;
  return { pseudoTree: 'answered', shares, paths: seen.tree.exports.map(({ path }) => path), handle, implementation: seen.implementation };
}

/** NFS-Ganesha does not show an export to an unprivileged port that it does not serve: where nothing was seen, one more look is taken from below 1024. */
async function lookAround(asking: Asking, known: readonly Share3[]): Promise<Seen | 'refused' | 'no-answer'> {
  const seen = await lookFrom(asking, 'anywhere');
  const isWorthIt = known.length === 0 && (seen === 'refused' || (typeof seen !== 'string' && seen.tree.exports.length === 0));
  if (!isWorthIt) return seen;
  const again = await lookFrom(asking, 'privileged');
  return typeof again === 'string' ? seen : again;
}

async function lookFrom(asking: Asking, from: From): Promise<Seen | 'refused' | 'no-answer'> {
  try {
    const server = await serverFrom(asking, from);
    try {
      const tree = await walkPseudoTree(server);
      if (isRefusal(tree)) return 'refused';
      const flavours: (readonly Flavour[] | 'not-told')[] = [];
      for (const each of tree.exports) flavours.push(await askFlavours(server, each));
      return { tree, flavours, implementation: server.implementation, from };
    } finally {
      await server.close();
    }
  } catch (error) {
    if (!isPeersDoing(error)) throw error;
    return error instanceof RpcRefused ? 'refused' : 'no-answer';
  }
}

const serverFrom = async ({ dial, nfsPort, versions, settings }: Asking, from: From): Promise<Server4> =>
  Server4.begin(await openRpc(dial, nfsPort, from), versions, settings.nonce);

/** SECINFO (RFC 7530 section 16.31) asks by name; the root has none, and SECINFO_NO_NAME is known inside sessions only. */
async function askFlavours(server: Server4, { parent }: Export4): Promise<readonly Flavour[] | 'not-told'> {
  if (parent === null) {
    if (!server.hasSession) return 'not-told';
    const answer = await server.ask([{ op: 'putrootfh' }, { op: 'secinfo-no-name' }], 'secinfo-no-name', nobody);
    return isRefusal(answer) ? 'not-told' : namedFlavours4(answer.flavours);
  }
  const answer = await server.ask(
    [
      { op: 'putfh', handle: parent.handle },
      { op: 'secinfo', name: parent.name },
    ],
    'secinfo',
    nobody,
  );
  return isRefusal(answer) ? 'not-told' : namedFlavours4(answer.flavours);
}

/** The same folder: its number and what changes seldom, or else its path; of an export that tells strangers nothing, the last part of the path. */
function isSame({ attributes, path, share }: Share3, found: Export4): boolean {
  if (attributes && found.attributes)
    return attributes.fileId === found.attributes.fileId && attributes.modified === found.attributes.modified && attributes.mode === found.attributes.mode;
  const bothKeepQuiet = share.access === 'login' && found.attributes === null;
  return path === found.path || (bothKeepQuiet && lastPart(path) === lastPart(found.path));
}

const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

interface FromPort {
  readonly examined: Examined;
  readonly from: From;
}

async function examineFound(asking: Asking, { handle, attributes }: Export4, from: From): Promise<FromPort> {
  if (handle === null || attributes === null) return { examined: refusedExport({ refusedBy: 'authentication', status: wrongSecurity }), from };
  const first = await examineFrom(asking, handle, from);
  if (from === 'privileged' || !first || !mayBeThePort(first)) return { examined: first ?? unclear, from };
  const second = await examineFrom(asking, handle, 'privileged');
  return second && second.access !== 'unclear' ? { examined: second, from: 'privileged' } : { examined: asFarAsKnown(first), from };
}

const unclear: Examined = { ...notExamined, access: 'unclear' };

/** `null`: no connection. */
async function examineFrom(asking: Asking, handle: Uint8Array, from: From): Promise<Examined | null> {
  try {
    const server = await serverFrom(asking, from);
    try {
      return await examineExport(server, handle, asking.settings);
    } finally {
      await server.close();
    }
  } catch (error) {
    if (isPeersDoing(error)) return null;
    throw error;
  }
}

function shareOf(found: Export4, number: number, flavours: NfsShare['flavours'], examined: Examined, from: From): NfsShare {
  const { refusal: _refusal, attributes: _attributes, ...facts } = examined;
  const sourcePort = from === 'privileged' ? 'privileged' : 'unprivileged';
  return { number, label: shareLabel(found.path), over: 'nfs4', alsoOver4: false, clients: 'not-told', flavours, sourcePort, ...facts };
}
