/** One hello, one connection: what the peer answered, and how that ended. Draws no conclusion but whether it was TLS. */
import { type Connection, ConnectionFailure, type Dial, NotThisProtocol } from '../../model/connection.js';
import { WireError } from '../../model/wire.js';
import { isUnfinishedReply, recogniseService } from '../recognise.js';
import { type FlightReading, readServerFlight, type ServerFlight } from './wire/server-flight.js';

export interface HelloAnswer {
  readonly flight: ServerFlight;
  /** `broken`: what came is no TLS, or no longer. `unreachable`: not even TCP stood. */
  readonly ending: 'answered' | 'hung-up' | 'silent' | 'broken' | 'unreachable';
  /** Why the flight did not come to its end. */
  readonly error: ConnectionFailure | WireError | null;
  /** The first bytes, to tell what else it speaks; not kept. */
  readonly heard: Uint8Array;
}

const noFlight: ServerFlight = { hello: null, chain: [], certificateRequested: false, helloDone: false, alert: null };
/** Enough to recognise a greeting by. */
const greetingLength = 256;

/** Something that only a TLS server says. */
export const spokeTls = ({ flight }: HelloAnswer): boolean => flight.hello !== null || flight.alert !== null;

/** Never throws for what a peer does; what it said before it broke off is in the flight. */
export async function sayHello(dial: Dial, hello: Uint8Array): Promise<HelloAnswer> {
  let connection: Connection;
  try {
    connection = await dial.open('plain');
  } catch (error) {
    if (!(error instanceof ConnectionFailure)) throw error;
    return { flight: noFlight, ending: 'unreachable', error, heard: new Uint8Array() };
  }
  try {
    return await exchange(connection, hello);
  } finally {
    connection.close();
  }
}

async function exchange(connection: Connection, hello: Uint8Array): Promise<HelloAnswer> {
  let reading: FlightReading = { flight: noFlight, ended: false, consumed: 0, problem: null };
  let heard = new Uint8Array();
  const decode = (bytes: Uint8Array) => {
    heard = bytes.slice(0, greetingLength);
    reading = readServerFlight(bytes);
    if (reading.problem && !isUnfinishedReply(bytes)) throw reading.problem;
    return reading.ended ? { message: reading.flight, consumed: reading.consumed } : undefined;
  };
  try {
    await connection.send(hello);
    return { flight: await connection.receive(decode), ending: 'answered', error: null, heard };
  } catch (error) {
    if (error instanceof WireError) return { flight: reading.flight, ending: 'broken', error, heard };
    if (!(error instanceof ConnectionFailure)) throw error;
    return { flight: reading.flight, ending: error.outcome === 'timed-out' ? 'silent' : 'hung-up', error, heard };
  }
}

/** The error for a peer that answered, but not in TLS; `undefined` where it did speak TLS or said nothing. */
export function notTls(answer: HelloAnswer): NotThisProtocol | undefined {
  if (spokeTls(answer) || answer.heard.length === 0) return undefined;
  const service = recogniseService(answer.heard);
  return service === 'tls' ? undefined : new NotThisProtocol(service);
}
