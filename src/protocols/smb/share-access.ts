/** One share: connected, listed within the budget, and asked what this caller might do there. Nothing is tried that would change anything. */
import { shareLabel } from '../../content/share-label.js';
import { type SurveyBudget, surveyTree } from '../../content/survey.js';
import type { ContentSurvey } from '../../model/content-survey.js';
import type { Right, Rights } from '../../model/rights.js';
import type { ShareAccess } from '../../model/share.js';
import type { Tree } from '../../model/tree.js';
import type { Conversation } from './conversation.js';
import type { Caller, SmbShare } from './evidence.js';
import { isExpected } from './hello.js';
import { type Granted, type Handle, ShareTree } from './share-tree.js';
import { access, hasAccess } from './wire/access-mask.js';
import { encodeFarewell } from './wire/session-setup.js';
import type { SharedResource } from './wire/share-enum.js';
import { refusalOf, statuses } from './wire/status.js';
import { decodeTreeConnectResponse, encodeTreeConnect } from './wire/tree-connect.js';

/** A share as it was connected, over SMB 1 or 2. */
export interface ConnectedShare {
  readonly tree: SurveyedTree;
  /** What the share allows before the files have their say; `null`: not said. */
  readonly maximalAccess: number | null;
  /** `false`: every folder is said to allow everything, whether or not it does. */
  readonly foldersTell: boolean;
  readonly encryptData: boolean;
  disconnect(): Promise<void>;
}

/** What a tree was granted while it was surveyed. */
export interface SurveyedTree extends Tree<Handle> {
  readonly folders: Granted;
  readonly files: Granted;
  /** Status of the attempt to list the root; `null`: not tried. */
  readonly rootStatus: number | null;
  weigh(): Promise<void>;
}

const nothing: Granted = { mask: 0, asked: 0 };

/** Before anything was asked of it. */
export function unvisited(resource: SharedResource, number: number): SmbShare {
  return {
    number,
    label: shareLabel(resource.name),
    access: 'not-tried',
    rights: { read: 'unknown', create: 'unknown', edit: 'unknown', delete: 'unknown' },
    rightsFrom: 'not tried',
    content: null,
    kind: resource.kind,
    isHidden: resource.name.endsWith('$'),
    isSpecial: resource.isSpecial,
    openedBy: null,
    encryptData: null,
    treeAccess: null,
    folderAccess: nothing,
    fileAccess: nothing,
  };
}

/** `lost`: the connection broke off over it; what was learnt before stands in `share`. */
export interface Visited {
  readonly share: SmbShare;
  readonly lost: boolean;
}

/** `connect`: the share, or the status with which it was refused. Throws what the connection throws, but after the share was connected. */
export async function visitShare(
  connect: () => Promise<ConnectedShare | number | undefined>,
  caller: Caller,
  budget: SurveyBudget,
  before: SmbShare,
): Promise<Visited> {
  try {
    const connected = await connect();
    if (typeof connected !== 'object') return { share: { ...before, ...refusedShare(connected) }, lost: false };
    return await visitTree(connected, caller, budget, before);
  } catch (error) {
    if (!isExpected(error)) throw error;
    return { share: { ...before, access: 'unclear', rightsFrom: 'the connection broke off' }, lost: true };
  }
}

/** Over SMB 2 and 3. */
export async function connectShare(conversation: Conversation, sessionId: bigint, path: string): Promise<ConnectedShare | number | undefined> {
  const [answer] = await conversation.exchange({ sessionId, treeId: 0 }, [{ command: 'treeConnect', body: () => encodeTreeConnect(path) }]);
  if (answer?.status !== statuses.success) return answer?.status;
  const place = { sessionId, treeId: answer.treeId };
  const { maximalAccess, encryptData } = decodeTreeConnectResponse(answer);
  return {
    tree: new ShareTree(conversation, place),
    maximalAccess,
    foldersTell: true,
    encryptData,
    disconnect: async () => void (await conversation.exchange(place, [{ command: 'treeDisconnect', body: encodeFarewell }])),
  };
}

const none: Rights = { read: 'no', create: 'no', edit: 'no', delete: 'no' };

function refusedShare(status: number | undefined): Pick<SmbShare, 'access' | 'rights' | 'rightsFrom'> {
  const access = accessOf(status);
  const rights: Rights = access === 'unclear' ? { read: 'unknown', create: 'unknown', edit: 'unknown', delete: 'unknown' } : none;
  return { access, rights, rightsFrom: 'refused tree connect' };
}

/** Access denied does not say whether an account would help; with SMB there is always one that might. */
function accessOf(status: number | undefined): ShareAccess {
  if (status === undefined) return 'unclear';
  const refusal = refusalOf(status);
  return refusal === 'login' ? 'login' : refusal === 'denied' ? 'forbidden' : 'unclear';
}

async function visitTree(connected: ConnectedShare, caller: Caller, budget: SurveyBudget, before: SmbShare): Promise<Visited> {
  const { tree, maximalAccess, encryptData } = connected;
  let content: ContentSurvey | null = null;
  let lost = false;
  try {
    content = await surveyTree(tree, budget);
    await tree.weigh();
    await connected.disconnect();
  } catch (error) {
    if (!isExpected(error)) throw error;
    lost = true;
  }
  const isOpen = tree.rootStatus === statuses.success;
  const share = {
    ...before,
    access: isOpen ? 'open' : accessOf(tree.rootStatus ?? undefined),
    rights: rightsIn(connected, content?.ended === 'whole'),
    rightsFrom: `maximal access of the tree connect, ${tree.folders.asked} folders and ${tree.files.asked} files`,
    content: isOpen ? content : null,
    openedBy: caller,
    encryptData,
    treeAccess: maximalAccess,
    folderAccess: { ...tree.folders },
    fileAccess: { ...tree.files },
  } as const;
  return { share, lost };
}

/**
 * A right needs the share's leave and that of a folder or a file in it. Refused everywhere looked at is `no` only where all folders were. Where folders do not
 * tell, the share's leave alone is `negotiated`.
 */
function rightsIn({ tree, maximalAccess, foldersTell }: ConnectedShare, isWhole: boolean): Rights {
  const shareMask = maximalAccess ?? 0xffffffff;
  const of = (granted: readonly Granted[], ...bits: readonly number[]): Right => {
    if (!hasAccess(shareMask, ...bits)) return 'no';
    if (granted.includes(tree.folders) && !foldersTell) return maximalAccess === null ? 'unknown' : 'negotiated';
    if (granted.some(({ mask }) => hasAccess(mask, ...bits))) return 'yes';
    return isWhole && granted.every(({ asked }) => asked > 0) ? 'no' : 'unknown';
  };
  return {
    read: readRight(tree, of([tree.files], access.readData)),
    create: of([tree.folders], access.writeData, access.appendData),
    edit: of([tree.files], access.writeData),
    // Samba leaves DELETE in the mask of a read-only share, where nothing can be deleted.
    delete: hasAccess(shareMask, access.writeData) ? of([tree.folders, tree.files], access.delete, access.deleteChild) : 'no',
  };
}

/** Where no file was looked at, the listing of the root speaks for itself. */
function readRight({ rootStatus, files }: SurveyedTree, ofFiles: Right): Right {
  if (rootStatus !== null && refusalOf(rootStatus) === 'denied') return 'no';
  if (rootStatus !== statuses.success) return 'unknown';
  return files.asked === 0 ? 'yes' : ofFiles;
}
