/** One export: what nobody, root and its owner are granted on it, what lies there, and what a few files within say. Reads; claims numbers; changes nothing. */
import { surveyTree } from '../../content/survey.js';
import type { ProbeSettings } from '../../model/probe.js';
import { type Rights, unknownRights } from '../../model/rights.js';
import type { ShareAccess } from '../../model/share.js';
import type { Grant, NfsShare } from './evidence.js';
import { ExportTree, type Witness } from './export-tree.js';
import { type FileServer, isRefusal, type Refusal } from './file-server.js';
import { nobody, ownerOf, root } from './identities.js';
import { type Compared, mostOf, rightsOf, squashOf } from './rights.js';
import { isPeersDoing } from './rpc-connection.js';
import { namesOf } from './wire/access-bits.js';
import type { FileAttributes } from './wire/attributes.js';
import type { Credential } from './wire/rpc.js';
import { accessDenied, notPermitted } from './wire/status.js';

/** Of a share's files so many are looked at, 132 bytes each. */
const sampledFiles = 20;

export type Examined = Pick<NfsShare, 'access' | 'rights' | 'rightsFrom' | 'granted' | 'inside' | 'squash' | 'content'> & {
  /** The server refused before anything was asked about the folder; `null` where it did not. */
  readonly refusal: Refusal | null;
  readonly attributes: FileAttributes | null;
};

const nothingInside = { asked: 0, rights: unknownRights } as const;
export const notExamined: Examined = {
  access: 'not-tried',
  rights: unknownRights,
  rightsFrom: 'nothing was asked',
  granted: { nobody: 'not-tried', owner: 'not-tried', root: 'not-tried' },
  inside: nothingInside,
  squash: 'not-tried',
  content: null,
  refusal: null,
  attributes: null,
};

type Settings = Pick<ProbeSettings, 'entryBudget' | 'sample' | 'seed'>;

/** Never throws for what the server does: what was learnt before stays. */
export async function examineExport(server: FileServer, folder: Uint8Array, settings: Settings): Promise<Examined> {
  let examined: Examined = notExamined;
  try {
    const first = await server.access(folder, nobody);
    if (isRefusal(first)) return refusedExport(first);
    const { attributes } = first;
    const owner = attributes && ownerOf(attributes);
    const granted = {
      nobody: namesOf(first.granted),
      owner: owner ? await ask(server, folder, owner) : ('not-tried' as const),
      root: await ask(server, folder, root),
    };
    const own: Compared = { kind: 'folder', ...granted };
    examined = { ...notExamined, ...judged([own], nothingInside), granted, attributes };
    const reader = readerOf(granted, owner);
    if (reader === null) return { ...examined, access: 'forbidden' };
    const tree = new ExportTree(server, folder, reader);
    const content = await surveyTree(tree, { entries: settings.entryBudget, firstBytes: settings.sample ? sampledFiles : 0, seed: settings.seed }).catch(letGo);
    examined = { ...examined, content };
    const compared = await compareWithin(server, tree);
    return { ...examined, ...judged([own, ...compared], { asked: compared.length, rights: rightsWithin(compared) }) };
  } catch (error) {
    if (!isPeersDoing(error)) throw error;
    return examined === notExamined ? { ...notExamined, access: 'unclear' } : examined;
  }
}

function letGo(error: unknown): null {
  if (isPeersDoing(error)) return null;
  throw error;
}

export function refusedExport(refusal: Refusal): Examined {
  const isDenied = refusal.status === accessDenied || refusal.status === notPermitted;
  const access: ShareAccess = refusal.refusedBy === 'authentication' ? 'login' : isDenied ? 'forbidden' : 'unclear';
  const granted = access === 'unclear' ? ('no-answer' as const) : ('refused' as const);
  const none: Rights = access === 'unclear' ? unknownRights : { read: 'no', create: 'no', edit: 'no', delete: 'no' };
  return {
    ...notExamined,
    access,
    refusal,
    rights: none,
    rightsFrom: access === 'unclear' ? 'an error' : 'the refusal',
    granted: { nobody: granted, owner: 'not-tried', root: 'not-tried' },
  };
}

async function ask(server: FileServer, handle: Uint8Array, as: Credential): Promise<Grant> {
  const answer = await server.access(handle, as);
  return isRefusal(answer) ? 'refused' : namesOf(answer.granted);
}

/** Who may list it, as little as possible claimed. */
function readerOf(granted: NfsShare['granted'], owner: Credential | null): Credential | null {
  const may = (grant: Grant): boolean => typeof grant !== 'string' && grant.includes('read') && grant.includes('lookup');
  if (may(granted.nobody)) return nobody;
  if (owner && may(granted.owner)) return owner;
  return may(granted.root) ? root : null;
}

/** On each witness the one or two callers from whom something new can be learnt. */
async function compareWithin(server: FileServer, { witnesses }: ExportTree): Promise<readonly Compared[]> {
  const chosen = new Set([witnesses.closed, witnesses.writable, witnesses.owned, witnesses.file].filter((witness) => witness !== undefined));
  const compared: Compared[] = [];
  for (const witness of chosen) compared.push(await compare(server, witness));
  return compared;
}

async function compare(server: FileServer, { handle, attributes }: Witness): Promise<Compared> {
  const owner = ownerOf(attributes);
  return {
    kind: attributes.kind,
    nobody: await ask(server, handle, nobody),
    owner: owner && ((attributes.mode ?? 0) & 0o400) !== 0 ? await ask(server, handle, owner) : 'not-tried',
    root: await ask(server, handle, root),
  };
}

const rightsWithin = (compared: readonly Compared[]): Rights =>
  mostOf(compared.flatMap(({ kind, nobody: anyone, owner, root: superuser }) => [anyone, owner, superuser].map((grant) => rightsOf(grant, kind))));

function judged(compared: readonly Compared[], inside: NfsShare['inside']): Pick<Examined, 'access' | 'rights' | 'rightsFrom' | 'inside' | 'squash'> {
  const rights = rightsWithin(compared);
  return {
    access: rights.read === 'yes' ? 'open' : 'forbidden',
    rights,
    rightsFrom: 'bits of ACCESS, as nobody, as the owner and as root',
    inside,
    squash: squashOf(compared),
  };
}
