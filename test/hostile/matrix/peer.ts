/** Runs a behaviour on a port of its own on loopback, beneath TLS or inside it. */
import net from 'node:net';
import tls from 'node:tls';
import { issueCertificate } from '../../../src/estate/certificate.js';
import type { Endpoint } from '../../../src/model/endpoint.js';
import type { Serve } from './behaviour.js';

export interface Peer {
  readonly endpoint: Endpoint;
  stop(): Promise<void>;
}

let secrets: Promise<tls.SecureContext> | undefined;
const day = 86_400_000;

async function secureContext(): Promise<tls.SecureContext> {
  const now = Date.now();
  const asked = {
    subject: 'hostile',
    key: 'ec256',
    digest: 'sha256',
    notBefore: new Date(now - day),
    notAfter: new Date(now + day),
    names: ['hostile.example'],
  } as const;
  const { certificatePem, privateKeyPem } = await issueCertificate(asked);
  return tls.createSecureContext({ cert: certificatePem, key: privateKeyPem });
}

export async function hostilePeer(serve: Serve, { insideTls = false } = {}): Promise<Peer> {
  secrets ??= secureContext();
  const context = await secrets;
  const sockets = new Set<net.Socket>();
  let connections = 0;
  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    const index = connections++;
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    const reset = () => void (socket.destroyed || socket.resetAndDestroy());
    if (!insideTls) return serve({ socket, index, reset });
    const secured = new tls.TLSSocket(socket, { isServer: true, secureContext: context });
    secured.on('error', () => undefined);
    secured.once('secure', () => serve({ socket: secured, index, reset }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  return {
    endpoint: { host: '127.0.0.1', address: '127.0.0.1', port },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
