/**
 * The conversation with an rsync daemon: greeting, list of modules, and of each of the first modules whether it lets in, what lies there by name, and
 * whether it would take an upload. Transfers no file in either direction and gives no password.
 */
import { shareLabel } from '../../content/share-label.js';
import { surveyTree } from '../../content/survey.js';
import { ConnectionFailure, type Dial } from '../../model/connection.js';
import type { ContentSurvey } from '../../model/content-survey.js';
import { defineProbe, type ProbeTarget } from '../../model/probe.js';
import { type Rights, unknownRights } from '../../model/rights.js';
import type { Share, ShareAccess } from '../../model/share.js';
import { touchAllows } from '../../model/touch.js';
import { WireError } from '../../model/wire.js';
import { type RsyncEvidence, rsync } from './evidence.js';
import { askModule, listModules, openRsync } from './session.js';
import { RsyncTree } from './tree.js';
import { askUpload, type UploadAnswer } from './upload.js';
import type { ModuleAnswer } from './wire/line.js';
import { isModuleName, spokenProtocol } from './wire/request.js';

/** Modules that are asked, and modules that are named at all. */
const mostSurveyed = 16;
const mostNamed = 200;
/** Milliseconds for all modules of one daemon: those after it are named only. */
const daemonMs = 240_000;

export const rsyncProbe = defineProbe<RsyncEvidence>({
  id: 'rsync',
  produces: rsync,
  ports: [873, 874], // rsync; rsync-ssl
  tried: 'own-ports',
  touch: 'handshake',
  transports: ['plain', 'tls'],
  async run(target, dial) {
    const { transport, settings } = target;
    const { connection, greeting } = await openRsync(dial, transport);
    const base = { transport, protocol: greeting.protocol, digests: greeting.digests };
    try {
      if (!touchAllows(settings.touch, 'anonymous')) return { ...base, listing: 'not-tried', moduleCount: 0, modules: [] };
      const { ended, names } = await listModules(connection);
      connection.close();
      const modules = await askModules(names.slice(0, mostNamed), target, dial, greeting.protocol);
      return { ...base, listing: ended, moduleCount: names.length, modules };
    } finally {
      connection.close();
    }
  },
});

async function askModules(names: readonly string[], target: ProbeTarget, dial: Dial, protocol: number): Promise<readonly Share[]> {
  const until = performance.now() + daemonMs;
  const shares: Share[] = [];
  for (const [index, name] of names.entries()) {
    const isAsked = index < mostSurveyed && isModuleName(name) && performance.now() < until;
    const seen = isAsked ? await lookAt(name, target, dial, protocol) : notAsked;
    shares.push({ number: index + 1, label: shareLabel(name), ...seen });
  }
  return shares;
}

type Seen = Pick<Share, 'access' | 'rights' | 'rightsFrom' | 'content'>;

const without = (access: ShareAccess, rights: Rights = unknownRights, rightsFrom = 'nothing'): Seen => ({ access, rights, rightsFrom, content: null });
const notAsked = without('not-tried');
const noRights: Rights = { read: 'no', create: 'no', edit: 'no', delete: 'no' };

const closed: Readonly<Record<Exclude<ModuleAnswer, 'open'>, Seen>> = {
  login: without('login', noRights, 'the daemon asks for a password'),
  denied: without('forbidden', noRights, 'the daemon refuses this address'),
  busy: without('unclear'),
  unknown: without('unclear'),
};

async function lookAt(name: string, target: ProbeTarget, dial: Dial, protocol: number): Promise<Seen> {
  try {
    const { connection, answer } = await askModule(dial, target.transport, name);
    if (answer === 'open') return await lookInto(new RsyncTree(dial, target.transport, name, connection), name, target, dial, protocol);
    connection.close();
    return closed[answer];
  } catch (error) {
    if (error instanceof ConnectionFailure || error instanceof WireError) return without('unclear');
    throw error;
  }
}

/** The answers of a daemon that is too old for protocol 29 are not read. */
async function lookInto(tree: RsyncTree, name: string, target: ProbeTarget, dial: Dial, protocol: number): Promise<Seen> {
  const isSpoken = protocol >= spokenProtocol;
  const content = isSpoken ? await survey(tree, target) : null;
  tree.close();
  const upload = isSpoken ? await wouldTakeUpload(name, target, dial) : 'unknown';
  return {
    access: 'open',
    rights: { read: readOf(tree), ...writeOf(upload) },
    rightsFrom: isSpoken ? 'the list of a folder, and the answer to an upload that was never sent' : 'nothing: its protocol is too old',
    content: tree.rootListing === 'listed' ? content : null,
  };
}

const readOf = ({ rootListing }: RsyncTree): Rights['read'] => (rootListing === 'listed' ? 'yes' : rootListing === 'refused' ? 'no' : 'unknown');

/** A daemon that waits for files has agreed to take them; the file system under it may still refuse. */
function writeOf(upload: UploadAnswer): Pick<Rights, 'create' | 'edit' | 'delete'> {
  const right = upload === 'read-only' ? 'no' : upload === 'waits' ? 'negotiated' : 'unknown';
  return { create: right, edit: right, delete: right };
}

async function survey(tree: RsyncTree, { settings }: ProbeTarget): Promise<ContentSurvey | null> {
  try {
    return await surveyTree(tree, { entries: settings.entryBudget, firstBytes: 0, seed: settings.seed });
  } catch (error) {
    if (error instanceof ConnectionFailure || error instanceof WireError) return null;
    throw error;
  }
}

async function wouldTakeUpload(name: string, { transport }: ProbeTarget, dial: Dial): Promise<UploadAnswer> {
  try {
    const { connection, answer } = await askModule(dial, transport, name);
    try {
      return answer === 'open' ? await askUpload(connection, name) : 'unknown';
    } finally {
      connection.close();
    }
  } catch (error) {
    if (error instanceof ConnectionFailure || error instanceof WireError) return 'unknown';
    throw error;
  }
}
