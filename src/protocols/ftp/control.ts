/** The control connection: one command, one reply, and a data connection where one is asked for. Says nothing that `wire/command.ts` does not hold. */
import { type Connection, ConnectionFailure, type Dial, NotThisProtocol, type Transport } from '../../model/connection.js';
import type { Endpoint } from '../../model/endpoint.js';
import { WireError } from '../../model/wire.js';
import { recogniseService } from '../recognise.js';
import { encodeCommand, type FtpCommand } from './wire/command.js';
import { readExtendedPort, readPassive } from './wire/passive.js';
import { decodeReply, type Reply } from './wire/reply.js';

/** ftp, ftps (implicit TLS), and what NAS users forward to them. */
export const ftpPorts: readonly number[] = [21, 990, 2121];

/** A peer that keeps saying "wait" (1yz) is not waited for more often. */
const mostPreliminary = 3;

/** Counted over all connections of one probe. */
export interface Tally {
  commands: number;
}

export class FtpControl {
  readonly #dial: Dial;
  readonly #tally: Tally;
  #connection: Connection;
  readonly #address: string;
  #extended = true;
  /** Data connections start TLS (PROT P was agreed to). */
  protectsData = false;
  pasvElsewhere: boolean | null = null;

  private constructor(dial: Dial, connection: Connection, address: string, tally: Tally) {
    this.#dial = dial;
    this.#connection = connection;
    this.#address = address;
    this.#tally = tally;
  }

  /** Opens and reads the greeting. Throws `NotThisProtocol` where something else than FTP answers, `ConnectionFailure`. */
  static async open(dial: Dial, transport: Transport, endpoint: Endpoint, tally: Tally): Promise<{ control: FtpControl; greeting: Reply }> {
    const connection = await dial.open(transport);
    try {
      const greeting = await readGreeting(connection, ftpPorts.includes(endpoint.port));
      return { control: new FtpControl(dial, connection, endpoint.address, tally), greeting };
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  get secure(): Connection['secure'] {
    return this.#connection.secure;
  }

  /** The final reply: those that only say that something goes on are passed over. */
  async ask(command: FtpCommand, withinMs?: number): Promise<Reply> {
    await this.send(command);
    return this.finalReply(withinMs);
  }

  /** The first reply, which may say that data follows. */
  async begin(command: FtpCommand): Promise<Reply> {
    await this.send(command);
    return this.reply();
  }

  async send(command: FtpCommand): Promise<void> {
    this.#tally.commands += 1;
    await this.#connection.send(encodeCommand(command));
  }

  /** The next reply, of whatever kind. */
  reply(withinMs?: number): Promise<Reply> {
    return this.#connection.receive((bytes) => decodeReply(bytes), withinMs === undefined ? {} : { withinMs });
  }

  async finalReply(withinMs?: number): Promise<Reply> {
    for (let passed = 0; ; passed += 1) {
      const reply = await this.reply(withinMs);
      if (reply.code >= 200 || passed === mostPreliminary) return reply;
    }
  }

  async startTls(): Promise<void> {
    this.#connection = await this.#connection.startTls();
  }

  /**
   * A data connection to a port that the server names, on the address that is being examined and no other. `undefined`: it names none.
   * EPSV first, which names no address (RFC 2428); of PASV only the port is taken, since its address can be anybody's.
   */
  async openData(): Promise<Connection | undefined> {
    const port = (this.#extended ? await this.#extendedPort() : undefined) ?? (await this.#passivePort());
    return port === undefined ? undefined : this.#dial.open('plain', this.protectsData ? { port, resumes: true } : { port });
  }

  async #extendedPort(): Promise<number | undefined> {
    const reply = await this.ask('EPSV');
    const port = reply.code === 229 ? readExtendedPort(reply.lines.join(' ')) : undefined;
    this.#extended = port !== undefined;
    return port;
  }

  async #passivePort(): Promise<number | undefined> {
    const reply = await this.ask('PASV');
    const named = reply.code === 227 ? readPassive(reply.lines.join(' ')) : undefined;
    if (named) this.pasvElsewhere = (this.pasvElsewhere ?? false) || named.address !== this.#address;
    return named?.port;
  }

  /** In order, where the peer still listens. Never throws for what a peer does. */
  async quit(): Promise<void> {
    try {
      await this.send('QUIT');
    } catch (error) {
      if (!(error instanceof ConnectionFailure)) throw error;
    }
    this.#connection.close();
  }

  close(): void {
    this.#connection.close();
  }
}

/** 120: wait; 220: ready; 421, 5yz: not for you. */
async function readGreeting(connection: Connection, isUsualPort: boolean): Promise<Reply> {
  let first: Uint8Array = new Uint8Array(0);
  const next = async (): Promise<Reply> => {
    try {
      return await connection.receive((bytes) => {
        first = bytes.slice(0, 512);
        return decodeReply(bytes);
      });
    } catch (error) {
      if (error instanceof WireError) throw new NotThisProtocol(recogniseService(first));
      throw error;
    }
  };
  const greeting = await next();
  const heard = recogniseService(first);
  if (greeting.code === 120) return next();
  if (greeting.code === 220 && heard === 'ftp') return greeting;
  const namesItself = /ftp/i.test(greeting.lines.join(' ').slice(0, 1_000));
  if ((greeting.code === 421 || greeting.code >= 500) && (isUsualPort || namesItself)) return greeting;
  throw new NotThisProtocol(heard);
}
