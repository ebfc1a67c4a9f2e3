/** SMB 1 for the visitor, asked only of servers that speak nothing newer: sessions, the list of shares and each share. Sends no password. */
import { WireError } from '../../model/wire.js';
import { ownName } from './conversation.js';
import type { SessionAnswer } from './evidence.js';
import { type Door, isExpected, wasSilent } from './hello.js';
import { askServerService, type Pipe, type ShareList } from './server-service.js';
import type { ConnectedShare } from './share-access.js';
import { hasData, serviceWithinMs, unlisted } from './share-list.js';
import { Smb1ShareTree } from './smb1-share-tree.js';
import { Smb1Talk } from './smb1-talk.js';
import type { SetUp, Tongue } from './visit.js';
import { decodeSmb1SessionSetupResponse, encodeSmb1AnonymousSetup, encodeSmb1StrangerSetup } from './wire/smb1.js';
import { decodeSmb1CreateResponse, encodeSmb1Close, encodeSmb1Create } from './wire/smb1-create.js';
import type { Smb1Place } from './wire/smb1-message.js';
import { decodeSmb1ReadResponse, encodeSmb1ReadPipe } from './wire/smb1-read.js';
import { encodeSmb1PipeTransact } from './wire/smb1-transaction.js';
import { decodeSmb1TreeConnectResponse, encodeSmb1Logoff, encodeSmb1TreeConnect, encodeSmb1TreeDisconnect } from './wire/smb1-tree.js';
import { refusalOf, statuses } from './wire/status.js';

/**
 * `nativeLanMan`: what the server called itself so far; `null`: it did not, as with a session that it refused, and a later session may tell. Of Samba, and of
 * whoever keeps silent and may be one, folders are not believed: it says of each that all may be done in it (NT_CREATE_ANDX).
 */
export function smb1Tongue(door: Door, nativeLanMan: string | null): Tongue<Smb1Talk, number> {
  let product = nativeLanMan;
  return {
    connect: () => Smb1Talk.open(door),
    setUp: (talk, caller, nonce) =>
      setUp(talk, caller === 'anonymous' ? encodeSmb1AnonymousSetup() : encodeSmb1StrangerSetup(`${ownName}-${nonce}`), (name) => {
        product ??= name;
      }),
    list: listShares,
    open: (talk, userId, path) => openShare(talk, userId, path, product !== null && !/samba/i.test(product)),
    logOff: async (talk, userId) => void (await talk.ask((id) => encodeSmb1Logoff({ userId, treeId: 0 }, id))),
  };
}

/** SMB 1 marks guests, and nobody else. */
async function setUp(talk: Smb1Talk, request: Uint8Array, onName: (nativeLanMan: string | null) => void): Promise<SetUp<number>> {
  const ended = (answer: SessionAnswer, session = 0): SetUp<number> => ({ answer, session, challenge: undefined });
  try {
    const { status, userId, isGuest, nativeLanMan } = decodeSmb1SessionSetupResponse(await talk.first(request));
    onName(nativeLanMan);
    if (status !== statuses.success) return ended({ answer: 'refused', status, meaning: refusalOf(status) });
    return ended({ answer: 'granted', as: isGuest ? 'guest' : 'unmarked', encryptData: false }, userId);
  } catch (error) {
    if (!isExpected(error)) throw error;
    return ended({ answer: wasSilent(error) ? 'no-answer' : error instanceof WireError ? 'wrong-answer' : 'closed' });
  }
}

async function openShare(talk: Smb1Talk, userId: number, path: string, foldersTell: boolean): Promise<ConnectedShare | number> {
  const answer = await talk.ask((id) => encodeSmb1TreeConnect({ userId, treeId: 0 }, id, path));
  if (answer.status !== statuses.success) return answer.status;
  const place = { userId, treeId: answer.treeId };
  return {
    tree: new Smb1ShareTree(talk, place),
    maximalAccess: decodeSmb1TreeConnectResponse(answer).maximalAccess,
    foldersTell,
    encryptData: false,
    disconnect: async () => void (await talk.ask((id) => encodeSmb1TreeDisconnect(place, id))),
  };
}

async function listShares(talk: Smb1Talk, userId: number, server: string): Promise<ShareList> {
  const connected = await talk.ask((id) => encodeSmb1TreeConnect({ userId, treeId: 0 }, id, `\\\\${server}\\IPC$`));
  if (connected.status !== statuses.success) return unlisted(connected);
  const place = { userId, treeId: connected.treeId };
  const opened = await talk.ask((id) => encodeSmb1Create(place, id, '\\srvsvc', 'pipe'), serviceWithinMs);
  const list = opened.status === statuses.success ? await askThrough(talk, place, decodeSmb1CreateResponse(opened).file, server) : unlisted(opened);
  await talk.ask((id) => encodeSmb1TreeDisconnect(place, id));
  return list;
}

async function askThrough(talk: Smb1Talk, place: Smb1Place, file: number, server: string): Promise<ShareList> {
  const pipe: Pipe = {
    async transceive(question) {
      const { status, result } = await talk.transact('transaction', (id) => encodeSmb1PipeTransact(place, id, file, question), serviceWithinMs);
      return result && hasData(status) ? result.data : status;
    },
    async read() {
      const answer = await talk.ask((id) => encodeSmb1ReadPipe(place, id, file));
      return hasData(answer.status) ? decodeSmb1ReadResponse(answer) : answer.status;
    },
  };
  const list = await askServerService(pipe, server);
  await talk.ask((id) => encodeSmb1Close(place, id, file));
  return list;
}
