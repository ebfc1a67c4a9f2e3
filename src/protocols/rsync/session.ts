/** One connection to an rsync daemon up to where a module lets in or refuses. No password is ever given. */
import { type Connection, ConnectionFailure, type Dial, NotThisProtocol, type Transport } from '../../model/connection.js';
import { WireError } from '../../model/wire.js';
import { recogniseService } from '../recognise.js';
import { decodeLine, type ModuleAnswer, readGreeting, readModuleAnswer, readModuleLine } from './wire/line.js';
import { listRequest, moduleRequest } from './wire/request.js';

export interface Greeting {
  readonly protocol: number;
  readonly digests: readonly string[];
}

/** A daemon's message of the day, and its list of modules, end somewhere. */
const mostLines = 5_000;

/** Throws `NotThisProtocol` where something else greets. */
export async function openRsync(dial: Dial, transport: Transport): Promise<{ connection: Connection; greeting: Greeting }> {
  const connection = await dial.open(transport);
  try {
    return { connection, greeting: await greetingOf(connection) };
  } catch (error) {
    connection.close();
    throw error;
  }
}

async function greetingOf(connection: Connection): Promise<Greeting> {
  let first: Uint8Array = new Uint8Array(0);
  try {
    const line = await connection.receive((bytes) => {
      first = bytes.slice(0, 512);
      return decodeLine(bytes);
    });
    const greeting = readGreeting(line);
    if (greeting) return greeting;
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
  }
  const heard = recogniseService(first);
  throw new NotThisProtocol(heard === 'rsync' ? 'unknown' : heard);
}

const nextLine = (connection: Connection): Promise<string> => connection.receive((bytes) => decodeLine(bytes));

export interface ModuleList {
  readonly ended: 'listed' | 'refused' | 'no-answer';
  readonly names: readonly string[];
}

/** What came before a daemon that falls silent or hangs up is kept. */
export async function listModules(connection: Connection): Promise<ModuleList> {
  const names: string[] = [];
  try {
    await connection.send(listRequest);
    for (let lines = 0; lines < mostLines; lines += 1) {
      const line = await nextLine(connection);
      if (line.startsWith('@RSYNCD: EXIT')) return { ended: 'listed', names };
      if (line.startsWith('@ERROR')) return { ended: 'refused', names };
      const name = readModuleLine(line);
      if (name !== undefined) names.push(name);
    }
  } catch (error) {
    if (!(error instanceof ConnectionFailure) && !(error instanceof WireError)) throw error;
  }
  return { ended: names.length > 0 ? 'listed' : 'no-answer', names };
}

export interface AskedModule {
  readonly connection: Connection;
  readonly answer: ModuleAnswer;
}

/** The connection is to be closed by the caller. Throws `ConnectionFailure` and `WireError`. */
export async function askModule(dial: Dial, transport: Transport, module: string): Promise<AskedModule> {
  const { connection } = await openRsync(dial, transport);
  try {
    await connection.send(moduleRequest(module));
    for (let lines = 0; lines < mostLines; lines += 1) {
      const answer = readModuleAnswer(await nextLine(connection));
      if (answer !== undefined) return { connection, answer };
    }
    return { connection, answer: 'unknown' };
  } catch (error) {
    connection.close();
    throw error;
  }
}
