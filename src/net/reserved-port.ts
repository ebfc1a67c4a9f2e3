/** Source ports below 1024: only a privileged program may take one, and servers of NFS take that for a proof. Opens nothing by itself. */
import { ConnectionFailure } from '../model/connection.js';

/** Downward, as bindresvport does; a few are enough, since others on this computer seldom take more. */
const first = 1_023;
const tries = 32;

/** What Node says of a socket that could not start from the port it was given. */
interface LocalError extends Error {
  readonly code?: string;
  readonly syscall?: string;
}

/** The port is somebody else's, or had been used for the same peer a moment ago. */
const isTaken = ({ code }: LocalError): boolean => code === 'EADDRINUSE' || code === 'EADDRNOTAVAIL';
const isForbidden = ({ code, syscall }: LocalError): boolean => code === 'EACCES' && syscall === 'bind';

/** Hands over each port in turn until one is free. Throws `unreachable` where none may be taken; other failures of `connect` as they are. */
export async function fromReservedPort<Opened>(connect: (localPort: number, onError: (error: Error) => void) => Promise<Opened>): Promise<Opened> {
  for (let port = first; port > first - tries; port -= 1) {
    let local: LocalError | undefined;
    try {
      return await connect(port, (error) => {
        local = error;
      });
    } catch (error) {
      if (local && isForbidden(local)) break;
      if (!local || !isTaken(local)) throw error;
    }
  }
  throw new ConnectionFailure('unreachable', 'no source port below 1024 may be taken');
}
