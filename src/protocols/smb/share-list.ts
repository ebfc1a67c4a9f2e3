/** Asks the server service for its shares over SMB 2 and 3, through the pipe `srvsvc` on IPC$. A pipe is asked in one round trip each, with FSCTL_PIPE_TRANSCEIVE. */
import type { Conversation, Place } from './conversation.js';
import { askServerService, type Pipe, type ShareList } from './server-service.js';
import { decodeCreateResponse, encodeClose, encodeCreate, type FileId } from './wire/create.js';
import type { Message } from './wire/message.js';
import { decodePipeTransceiveResponse, encodePipeTransceive } from './wire/pipe.js';
import { decodeReadResponse, encodeReadPipe } from './wire/read.js';
import { encodeFarewell } from './wire/session-setup.js';
import { refusalOf, statuses } from './wire/status.js';
import { encodeTreeConnect } from './wire/tree-connect.js';

/** Samba from 4.16 on starts the service when somebody first asks for it, which takes a small NAS some seconds. */
export const serviceWithinMs = 15_000;

/** Throws what the connection throws. */
export async function listShares(conversation: Conversation, sessionId: bigint, server: string): Promise<ShareList> {
  const [connected] = await conversation.exchange({ sessionId, treeId: 0 }, [{ command: 'treeConnect', body: () => encodeTreeConnect(`\\\\${server}\\IPC$`) }]);
  if (connected?.status !== statuses.success) return unlisted(connected);
  const place = { sessionId, treeId: connected.treeId };
  const [opened] = await conversation.exchange(place, [{ command: 'create', body: () => encodeCreate('srvsvc', 'pipe') }], serviceWithinMs);
  const file = opened?.status === statuses.success ? decodeCreateResponse(opened).fileId : undefined;
  const list = file ? await askServerService(new Smb2Pipe(conversation, place, file), server) : unlisted(opened);
  const close = file ? [{ command: 'close', body: () => encodeClose(file) } as const] : [];
  await conversation.exchange(place, [...close, { command: 'treeDisconnect', body: encodeFarewell }]);
  return list;
}

/** The tree or the pipe was not to be had. */
export function unlisted(answer: { readonly status: number } | undefined): ShareList {
  return { answer: answer && refusalOf(answer.status) !== 'failed' ? 'denied' : 'failed', shares: [] };
}

class Smb2Pipe implements Pipe {
  readonly #conversation: Conversation;
  readonly #place: Place;
  readonly #file: FileId;

  constructor(conversation: Conversation, place: Place, file: FileId) {
    this.#conversation = conversation;
    this.#place = place;
    this.#file = file;
  }

  async transceive(question: Uint8Array): Promise<Uint8Array | number> {
    const asked = { command: 'ioctl', body: () => encodePipeTransceive(this.#file, question) } as const;
    const [answer] = await this.#conversation.exchange(this.#place, [asked], serviceWithinMs);
    return answer && hasData(answer.status) ? decodePipeTransceiveResponse(answer) : statusOf(answer);
  }

  async read(): Promise<Uint8Array | number> {
    const [answer] = await this.#conversation.exchange(this.#place, [{ command: 'read', body: () => encodeReadPipe(this.#file) }]);
    return answer && hasData(answer.status) ? decodeReadResponse(answer) : statusOf(answer);
  }
}

const statusOf = (answer: Message | undefined): number => answer?.status ?? statuses.invalidParameter;
/** STATUS_BUFFER_OVERFLOW: the rest is to be read. */
export const hasData = (status: number): boolean => status === statuses.success || status === statuses.bufferOverflow;
