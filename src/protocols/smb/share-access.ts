/** One share: connected, listed within the budget, and asked what this caller might do there. Nothing is tried that would change anything. */
import { shareLabel } from '../../content/share-label.js';
import { type SurveyBudget, surveyTree } from '../../content/survey.js';
import type { ContentSurvey } from '../../model/content-survey.js';
import type { Right, Rights } from '../../model/rights.js';
import type { ShareAccess } from '../../model/share.js';
import type { Conversation } from './conversation.js';
import type { Caller, SmbShare } from './evidence.js';
import { isExpected } from './hello.js';
import { type Granted, ShareTree } from './share-tree.js';
import { access, hasAccess } from './wire/access-mask.js';
import { encodeFarewell } from './wire/session-setup.js';
import type { SharedResource } from './wire/share-enum.js';
import { refusalOf, statuses } from './wire/status.js';
import { decodeTreeConnectResponse, encodeTreeConnect, type TreeConnectResponse } from './wire/tree-connect.js';

export interface ShareVisit {
  readonly conversation: Conversation;
  readonly sessionId: bigint;
  readonly caller: Caller;
  /** As the path of the tree connect names it. */
  readonly server: string;
  readonly budget: SurveyBudget;
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

export async function visitShare(visit: ShareVisit, resource: SharedResource, number: number): Promise<Visited> {
  const before = unvisited(resource, number);
  const { conversation, sessionId, server } = visit;
  const path = `\\\\${server}\\${resource.name}`;
  try {
    const [connected] = await conversation.exchange({ sessionId, treeId: 0 }, [{ command: 'treeConnect', body: () => encodeTreeConnect(path) }]);
    if (connected?.status !== statuses.success) return { share: { ...before, ...refusedShare(connected?.status) }, lost: false };
    return await visitTree(visit, before, connected.treeId, decodeTreeConnectResponse(connected));
  } catch (error) {
    if (!isExpected(error)) throw error;
    return { share: { ...before, access: 'unclear', rightsFrom: 'the connection broke off' }, lost: true };
  }
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

async function visitTree(visit: ShareVisit, before: SmbShare, treeId: number, connected: TreeConnectResponse): Promise<Visited> {
  const place = { sessionId: visit.sessionId, treeId };
  const tree = new ShareTree(visit.conversation, place);
  let content: ContentSurvey | null = null;
  let lost = false;
  try {
    content = await surveyTree(tree, visit.budget);
    await tree.weigh();
    await visit.conversation.exchange(place, [{ command: 'treeDisconnect', body: encodeFarewell }]);
  } catch (error) {
    if (!isExpected(error)) throw error;
    lost = true;
  }
  const isOpen = tree.rootStatus === statuses.success;
  const share = {
    ...before,
    access: isOpen ? 'open' : accessOf(tree.rootStatus ?? undefined),
    rights: rightsIn(tree, connected.maximalAccess, content?.ended === 'whole'),
    rightsFrom: `maximal access of the tree connect, ${tree.folders.asked} folders and ${tree.files.asked} files`,
    content: isOpen ? content : null,
    openedBy: visit.caller,
    encryptData: connected.encryptData,
    treeAccess: connected.maximalAccess,
    folderAccess: { ...tree.folders },
    fileAccess: { ...tree.files },
  } as const;
  return { share, lost };
}

/** A right needs the share's leave and that of a folder or a file in it. Refused everywhere looked at is `no` only where all folders were. */
function rightsIn(tree: ShareTree, shareMask: number, isWhole: boolean): Rights {
  const of = (granted: readonly Granted[], ...bits: readonly number[]): Right => {
    if (!hasAccess(shareMask, ...bits)) return 'no';
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
function readRight({ rootStatus, files }: ShareTree, ofFiles: Right): Right {
  if (rootStatus !== null && refusalOf(rootStatus) === 'denied') return 'no';
  if (rootStatus !== statuses.success) return 'unknown';
  return files.asked === 0 ? 'yes' : ofFiles;
}
