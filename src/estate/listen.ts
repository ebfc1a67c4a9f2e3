/** Opens the devices' listeners on loopback and nowhere else. Knows nothing of what is spoken there. */
import type { Server } from 'node:net';

export interface Place {
  readonly host: string;
  readonly port: number;
}

/** Not allowed to bind it, taken by somebody, or (macOS) no such address: the next place is tried. */
const tryNext: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EADDRINUSE', 'EADDRNOTAVAIL']);

/** The first of the places that can be had. Throws what the last one threw. */
export async function listenAtFirst(server: Server, places: readonly Place[]): Promise<Place> {
  for (const [index, place] of places.entries()) {
    if (!place.host.startsWith('127.')) throw new RangeError(`${place.host} is not loopback: the estate listens nowhere else`);
    try {
      return await listen(server, place);
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (index === places.length - 1 || !tryNext.has(code)) throw error;
    }
  }
  throw new RangeError('no place to listen at');
}

function listen(server: Server, { host, port }: Place): Promise<Place> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error) => reject(error);
    server.once('error', failed);
    server.listen({ host, port }, () => {
      server.off('error', failed);
      const address = server.address();
      resolve({ host, port: typeof address === 'object' && address ? address.port : port });
    });
  });
}
