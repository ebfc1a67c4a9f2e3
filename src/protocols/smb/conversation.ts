/** One connection to an SMB server: frames, message numbers, credits. Several commands may go in one frame. Decides nothing about what an answer means. */
import { type Connection, ConnectionFailure, type Dial, NotThisProtocol } from '../../model/connection.js';
import { type Decoded, WireError } from '../../model/wire.js';
import { isUnfinishedReply, recogniseService } from '../recognise.js';
import { decodeCreateResponse, type FileId, relatedFile } from './wire/create.js';
import { decodeFrame, encodeFrame, encodeSessionRequest, type Frame } from './wire/frame.js';
import { type CommandName, decodeMessages, encodeMessages, type Message } from './wire/message.js';
import { isSmb1 } from './wire/smb1-message.js';
import { statuses } from './wire/status.js';

export const ownName = 'DOSIMETER';
/** Windows answers on port 139 to this name, whatever it is called. */
const anyServer = '*SMBSERVER';
const netbiosPort = 139;

/** Session and tree that a command works in. */
export interface Place {
  readonly sessionId: bigint;
  readonly treeId: number;
}
export const nowhere: Place = { sessionId: 0n, treeId: 0 };

export interface Asked {
  readonly command: CommandName;
  /** `file` is the one that the first command of the frame opened. */
  readonly body: (file: FileId) => Uint8Array;
}

const inheritedPlace: Place = { sessionId: 0xffffffffffffffffn, treeId: 0xffffffff };
const noFile: FileId = new Uint8Array(16);
/** Asked for with every command, so that a frame may hold several. */
const wantedCredits = 16;
/** Interim answers, keep-alives and the like that may come before the answer. */
const mostAsides = 64;

export const overOf = (port: number): 'direct' | 'netbios' => (port === netbiosPort ? 'netbios' : 'direct');

export class Conversation {
  readonly #connection: Connection;
  #nextId = 0n;
  #credits = 1;
  #heardSmb = false;
  #received = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Bytes that came in so far. */
  get received(): number {
    return this.#received;
  }

  static async open(dial: Dial, over: 'direct' | 'netbios'): Promise<Conversation> {
    const conversation = new Conversation(await dial.open('plain'));
    try {
      if (over === 'netbios') await conversation.#callBySession();
      return conversation;
    } catch (error) {
      conversation.close();
      throw error;
    }
  }

  /** RFC 1002 section 4.3.2: who is called, and who calls. */
  async #callBySession(): Promise<void> {
    await this.#connection.send(encodeSessionRequest(anyServer, ownName));
    const { type } = await this.#frame();
    if (type === 'session-refused') throw new ConnectionFailure('closed', 'the NetBIOS session was refused', { connected: true, spoke: true });
    if (type !== 'session-granted') throw new NotThisProtocol('unknown');
  }

  /** Sends these commands, in one frame where the credits suffice, and waits for the answer to each. */
  async exchange(place: Place, asked: readonly Asked[], withinMs?: number): Promise<readonly Message[]> {
    if (asked.length > 1 && this.#credits < asked.length) return this.#oneByOne(place, asked);
    const isChain = asked[0]?.command === 'create';
    const first = this.#nextId;
    const requests = asked.map(({ command, body }, index) => {
      const isRelated = isChain && index > 0;
      return { command, messageId: first + BigInt(index), ...(isRelated ? inheritedPlace : place), credits: wantedCredits, isRelated, body: body(relatedFile) };
    });
    this.#nextId += BigInt(asked.length);
    this.#credits -= asked.length;
    await this.#connection.send(encodeFrame(encodeMessages(requests)));
    return this.#answers(first, asked, withinMs);
  }

  async #oneByOne(place: Place, asked: readonly Asked[]): Promise<readonly Message[]> {
    const answers: Message[] = [];
    let file = relatedFile;
    for (const { command, body } of asked) {
      const [answer] = await this.exchange(place, [{ command, body: () => body(file) }]);
      if (!answer) break;
      answers.push(answer);
      if (command === 'create') file = answer.status === statuses.success ? decodeCreateResponse(answer).fileId : noFile;
      if (command === 'create' && file === noFile) break;
    }
    return answers;
  }

  /** In the order of the requests, whatever the order they came in. Windows answers some at first with STATUS_PENDING. */
  async #answers(first: bigint, asked: readonly Asked[], withinMs: number | undefined): Promise<readonly Message[]> {
    const answers = new Map<bigint, Message>();
    for (let asides = 0; answers.size < asked.length; ) {
      for (const message of await this.#messages(withinMs)) {
        this.#credits += message.credits;
        const index = Number(message.messageId - first);
        const isAnswer = message.isResponse && asked[index] !== undefined && message.status !== statuses.pending;
        if (isAnswer) answers.set(message.messageId, message);
        else asides += 1;
        if (asides > mostAsides) throw new WireError('MessageId', 24, `${mostAsides} messages came that answer nothing`);
      }
    }
    return asked.map((_, index) => answers.get(first + BigInt(index))).filter((message) => message !== undefined);
  }

  async #messages(withinMs: number | undefined): Promise<readonly Message[]> {
    const payload = await this.#payload(withinMs);
    const messages = decodeMessages(payload);
    if (messages.length > 0) return messages;
    if (isSmb1(payload)) throw new NotThisProtocol('smb');
    throw new WireError('ProtocolId', 0, 'is not SMB 2 or 3');
  }

  /** One SMB 1 message and its answer. */
  async exchangeSmb1(request: Uint8Array, withinMs?: number): Promise<Uint8Array> {
    await this.#connection.send(encodeFrame(request));
    return this.#payload(withinMs);
  }

  /** Another SMB 1 message: an answer may take several. */
  receiveSmb1(withinMs?: number): Promise<Uint8Array> {
    return this.#payload(withinMs);
  }

  async #payload(withinMs?: number): Promise<Uint8Array> {
    for (let asides = 0; asides < mostAsides; asides += 1) {
      const frame = await this.#frame(withinMs);
      if (frame.type === 'message' && (this.#heardSmb || isSmb(frame.payload))) {
        this.#heardSmb = true;
        return frame.payload;
      }
      if (frame.type !== 'keep-alive') throw new NotThisProtocol('unknown');
    }
    throw new WireError('frame', 0, 'nothing but keep-alives');
  }

  /** Another protocol shows in its first bytes, as long as no SMB has come. */
  async #frame(withinMs?: number): Promise<Frame> {
    const decode = (bytes: Uint8Array): Decoded<Frame> | undefined => {
      if (!this.#heardSmb && bytes.length > 0 && isUnfinishedReply(bytes)) return undefined;
      const decoded = decodeFrame(bytes);
      if (decoded?.message.type === 'other') throw new NotThisProtocol(recogniseService(bytes));
      this.#received += decoded?.consumed ?? 0;
      // A copy: what stands in the buffer is only valid until more arrives.
      return decoded && decoded.message.type === 'message' ? { ...decoded, message: { type: 'message', payload: decoded.message.payload.slice() } } : decoded;
    };
    return this.#connection.receive(decode, withinMs === undefined ? {} : { withinMs });
  }

  close(): void {
    this.#connection.close();
  }
}

/** FE, FF, FD (encrypted) or FC (compressed), then "SMB". */
const isSmb = (payload: Uint8Array): boolean => (payload[0] ?? 0) >= 0xfc && payload[1] === 0x53 && payload[2] === 0x4d && payload[3] === 0x42;
