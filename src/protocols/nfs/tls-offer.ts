/** RPC-with-TLS (RFC 9289): asks whether the server would start TLS, on a connection of its own, and leaves it at the answer. */
import type { Dial } from '../../model/connection.js';
import type { Offer } from './evidence.js';
import { isPeersDoing, openRpc } from './rpc-connection.js';
import { nfs3 } from './wire/nfs3.js';

/** Section 4.1: the verifier of a server that can says so in these eight bytes. */
const startTls = [...'STARTTLS'].map((letter) => letter.charCodeAt(0));

/** `version`: one that the server has. */
export async function askTls(dial: Dial, port: number | undefined, version: number): Promise<Offer> {
  try {
    const rpc = await openRpc(dial, port);
    try {
      const { verifier, answer } = await rpc.call({ ...nfs3, version, procedure: nfs3.procedures.null }, { flavour: 'tls' });
      if (answer.answer === 'authentication-refused') return 'not-offered';
      if (answer.answer !== 'success') return 'unclear';
      const body = verifier?.body ?? [];
      return body.length === startTls.length && startTls.every((byte, index) => body[index] === byte) ? 'offered' : 'not-offered';
    } finally {
      rpc.close();
    }
  } catch (error) {
    if (isPeersDoing(error)) return 'no-answer';
    throw error;
  }
}
