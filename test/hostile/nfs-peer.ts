/** A peer on 127.0.0.1 for the NFS probe: the estate's server, or any bytes. All programs share one port, and rpcbind is closed unless a test says otherwise. */
import net from 'node:net';
import type { NfsBehaviour } from '../../src/estate/behaviour.js';
import { type DeviceLog, newDeviceLog } from '../../src/estate/device-log.js';
import { serveNfs } from '../../src/estate/nfs-device.js';
import { ConnectionFailure, type Dial, type Traffic } from '../../src/model/connection.js';
import type { Endpoint } from '../../src/model/endpoint.js';
import { createDial, StopSwitch } from '../../src/net/dial.js';
import { type DialLimits, defaultLimits } from '../../src/net/limits.js';
import { noTraffic } from './probing.js';

export interface NfsPeer {
  readonly endpoint: Endpoint;
  readonly log: DeviceLog;
  readonly traffic: Traffic;
  readonly dial: Dial;
  stop(): Promise<void>;
}

export interface NfsPeerOptions {
  readonly limits?: Partial<DialLimits>;
  /** Ports of the same address that lead to this peer too; others are closed. */
  readonly besides?: readonly number[];
  /** Whether this computer may take a source port below 1024; default: no. */
  readonly mayBePrivileged?: boolean;
}

export type ServeSocket = (socket: net.Socket, sourcePort: number) => void;

export async function nfsPeer(behaviour: NfsBehaviour | ServeSocket, options: NfsPeerOptions = {}): Promise<NfsPeer> {
  const log = newDeviceLog();
  const serve: ServeSocket = typeof behaviour === 'function' ? behaviour : (socket, sourcePort) => serveNfs(socket, behaviour, log, sourcePort);
  const usual = await listener((socket) => serve(socket, 40_000), log);
  const privileged = await listener((socket) => serve(socket, 1_023), log);
  const traffic = noTraffic();
  const limits = { ...defaultLimits, ...options.limits };
  const dialOf = (endpoint: Endpoint): Dial => createDial(endpoint, { permit: () => undefined, limits, stop: new StopSwitch() }, traffic);
  return {
    endpoint: usual.endpoint,
    log,
    traffic,
    dial: {
      pause: async () => undefined,
      async open(transport, beside = {}) {
        if (beside.port !== undefined && !options.besides?.includes(beside.port)) throw new ConnectionFailure('refused', 'the port is closed');
        if (beside.reservedSourcePort && !options.mayBePrivileged) throw new ConnectionFailure('unreachable', 'no source port below 1024 may be taken');
        return dialOf(beside.reservedSourcePort ? privileged.endpoint : usual.endpoint).open(transport);
      },
    },
    stop: async () => void (await Promise.all([usual.stop(), privileged.stop()])),
  };
}

async function listener(serve: (socket: net.Socket) => void, log: DeviceLog): Promise<{ endpoint: Endpoint; stop(): Promise<unknown> }> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer({ noDelay: true }, (socket) => {
    log.connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  return {
    endpoint: { host: '127.0.0.1', address: '127.0.0.1', port },
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(resolve);
      }),
  };
}
