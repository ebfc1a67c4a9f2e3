/**
 * Would the daemon take an upload? It is asked with `-n` (a dry run, which writes nothing), and sent neither filters nor a list of files, without which
 * there is nothing that it could write. A module that is read-only says so at once; one that is not waits for the list, and we leave.
 */
import { type Connection, ConnectionFailure } from '../../model/connection.js';
import { WireError } from '../../model/wire.js';
import { decodeFrame, decodeSeed } from './wire/frame.js';
import { uploadQuestion } from './wire/request.js';

/** `waits`: it is ready for a list of files. Whether the permissions of the file system let it write is not known. */
export type UploadAnswer = 'read-only' | 'waits' | 'unknown';

/** The refusal comes right behind the seed. Milliseconds: a multiple of how long that took, within bounds. */
const refusalMs = { least: 500, most: 3_000, seeds: 8 } as const;

/** `connection`: just let in to the module. */
export async function askUpload(connection: Connection, module: string): Promise<UploadAnswer> {
  try {
    const asked = performance.now();
    await connection.send(uploadQuestion(module));
    await connection.receive(decodeSeed);
    return await refusal(connection, Math.min(refusalMs.most, Math.max(refusalMs.least, refusalMs.seeds * (performance.now() - asked))));
  } catch (error) {
    if (error instanceof ConnectionFailure || error instanceof WireError) return 'unknown';
    throw error;
  }
}

async function refusal(connection: Connection, withinMs: number): Promise<UploadAnswer> {
  try {
    const { payload } = await connection.receive((bytes) => decodeFrame(bytes, 65_536), { withinMs });
    return /read.only/i.test(String.fromCharCode(...payload.subarray(0, 400))) ? 'read-only' : 'unknown';
  } catch (error) {
    if (error instanceof ConnectionFailure && error.outcome === 'timed-out') return 'waits';
    throw error;
  }
}
