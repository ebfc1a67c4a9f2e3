/**
 * The conversation with an NFS server: which versions, whether it would start TLS, which exports there are, who is granted what on them, and what
 * lies there. Rights are read off ACCESS; nothing is opened, locked or written, and of a file at most 132 bytes are read. Judges nothing.
 */
import type { Dial } from '../../model/connection.js';
import { defineProbe, type ProbeSettings, type ProbeTarget } from '../../model/probe.js';
import { touchAllows } from '../../model/touch.js';
import { type NfsEvidence, nfs } from './evidence.js';
import { examineMounted, type Share3 } from './exports3.js';
import { askExports4 } from './exports4.js';
import { type Greeting, greet, noVersions, type Versions } from './greeting.js';
import { askMounts, type Mounts, mountsNotTried } from './mounts.js';
import { askPortmapper, portmapperNotTried } from './portmapper.js';
import { recogniseProduct } from './products.js';
import { isPeersDoing, openRpc } from './rpc-connection.js';
import { askTls } from './tls-offer.js';

const ports = { nfs: 2_049, portmapper: 111, /** Registered for mountd; where there is no rpcbind to ask. */ mount: 20_048 } as const;

/** Exports of one server that are examined, and that are named at all. */
const examinedExports = 16;
const namedExports = 64;

/** Milliseconds in which exports are begun with; what is not begun by then is named only. A slow server does not hold up a scan for longer. */
const examiningMs = 180_000;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export const nfsProbe = defineProbe<NfsEvidence>({
  id: 'nfs',
  produces: nfs,
  ports: Object.values(ports),
  tried: 'own-ports',
  touch: 'handshake',
  transports: ['plain'],
  async run({ endpoint, settings }, given) {
    const source = noting(given);
    const { dial } = source;
    const greeting = await greetAt(dial, undefined, likeliestAt(endpoint.port));
    const evidence = nothingYet(greeting);
    const mayAsk = touchAllows(settings.touch, 'anonymous');
    if (greeting.role === 'nfs') await askNfs({ dial, port: undefined, own: endpoint.port, versions: greeting.versions }, evidence, mayAsk ? settings : null);
    else if (mayAsk && greeting.role === 'portmapper') await askThroughPortmapper(dial, endpoint, settings, evidence);
    return { ...evidence, privilegedPort: source.privilegedPort() };
  },
});

function nothingYet(greeting: Greeting): Mutable<NfsEvidence> {
  return {
    role: greeting.role,
    versions: greeting.role === 'nfs' ? greeting.versions : noVersions,
    tls: 'not-tried',
    portmapper: portmapperNotTried,
    exportList: 'not-tried',
    pseudoTree: 'not-tried',
    privilegedPort: 'not-needed',
    shares: [],
    product: null,
  };
}

/** The same dial, and whether a source port below 1024 was asked for and had. */
function noting(dial: Dial): { readonly dial: Dial; privilegedPort(): NfsEvidence['privilegedPort'] } {
  let seen: NfsEvidence['privilegedPort'] = 'not-needed';
  return {
    privilegedPort: () => seen,
    dial: {
      pause: (ms) => dial.pause(ms),
      async open(transport, beside) {
        if (beside?.reservedSourcePort && seen === 'not-needed') seen = 'not-to-be-had';
        const connection = await dial.open(transport, beside);
        if (beside?.reservedSourcePort) seen = 'taken';
        return connection;
      },
    },
  };
}

const likeliestAt = (port: number): Greeting['role'] => (port === ports.portmapper ? 'portmapper' : port === ports.mount ? 'mountd' : 'nfs');

async function greetAt(dial: Dial, port: number | undefined, likeliest: Greeting['role']): Promise<Greeting> {
  const rpc = await openRpc(dial, port);
  try {
    return await greet(rpc, likeliest);
  } finally {
    rpc.close();
  }
}

/** NFS at its usual port is an endpoint of its own and judged there; elsewhere nobody would find it but through here. */
async function askThroughPortmapper(dial: Dial, endpoint: ProbeTarget['endpoint'], settings: ProbeSettings, evidence: Mutable<NfsEvidence>): Promise<void> {
  evidence.portmapper = await askPortmapper(dial);
  const { nfsPort } = evidence.portmapper;
  if (nfsPort === null || nfsPort === ports.nfs || nfsPort === endpoint.port) return;
  const greeting = await greetAt(dial, nfsPort, 'nfs').catch(letGo);
  if (greeting?.role === 'nfs') await askNfs({ dial, port: nfsPort, own: nfsPort, versions: greeting.versions }, Object.assign(evidence, greeting), settings);
}

function letGo(error: unknown): null {
  if (isPeersDoing(error)) return null;
  throw error;
}

interface Server {
  readonly dial: Dial;
  /** `undefined`: that of the endpoint. */
  readonly port: number | undefined;
  /** The same as a number. */
  readonly own: number;
  readonly versions: Versions;
}

/** `settings` is `null` where nothing but the negotiation is allowed. */
async function askNfs(server: Server, evidence: Mutable<NfsEvidence>, settings: ProbeSettings | null): Promise<void> {
  const { dial, port, own, versions } = server;
  const has3 = versions['3'] === 'offered';
  const has4 = [versions['4.0'], versions['4.1'], versions['4.2']].includes('offered');
  evidence.tls = await askTls(dial, port, has3 ? 3 : 4);
  if (settings === null) return;
  if (has3 && evidence.portmapper.answer === 'not-tried') evidence.portmapper = await askPortmapper(dial, ports.portmapper);
  const mounts = has3 ? await findMounts(dial, port, own, evidence.portmapper) : mountsNotTried;
  evidence.exportList = mounts.list;
  const until = Date.now() + examiningMs;
  const hasTime = (): boolean => Date.now() < until;
  const known = await examineAll(server, mounts, settings, hasTime);
  evidence.shares = known.map(({ share }) => share);
  const atMost = Math.max(0, examinedExports - known.length);
  const fourth = has4 ? await askExports4({ dial, nfsPort: port, versions, settings, atMost, hasTime }, known) : null;
  if (fourth) Object.assign(evidence, { pseudoTree: fourth.pseudoTree, shares: fourth.shares });
  const handle = known.find((each) => each.handle !== null)?.handle ?? fourth?.handle ?? null;
  const paths = known.length > 0 ? known.map(({ path }) => path) : (fourth?.paths ?? []);
  evidence.product = recogniseProduct({ handle, paths, implementation: fourth?.implementation ?? null });
}

async function examineAll({ dial, port }: Server, { mounted }: Mounts, settings: ProbeSettings, hasTime: () => boolean): Promise<readonly Share3[]> {
  const known: Share3[] = [];
  for (const [index, each] of mounted.slice(0, namedExports).entries())
    known.push(await examineMounted(dial, port, hasTime() ? each : { ...each, answer: null }, index + 1, settings));
  return known;
}

/**
 * Where rpcbind does not say, or speaks of another NFS than this one: servers outside the kernel often have MOUNT at the port of NFS, and it has a
 * port of its own by registration.
 */
async function findMounts(dial: Dial, port: number | undefined, own: number, { answer, nfsPort, mountPort }: NfsEvidence['portmapper']): Promise<Mounts> {
  const named = nfsPort === own ? mountPort : null;
  let mounts = mountsNotTried;
  for (const candidate of named === null ? [port, ...(answer === 'answered' ? [] : [ports.mount])] : [named]) {
    mounts = await askMounts(dial, candidate, examinedExports);
    if (mounts.list === 'answered') break;
  }
  return mounts;
}
