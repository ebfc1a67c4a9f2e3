/** One device that is up: its listener, its open connections and its log. Decides nothing about where it listens. */
import net from 'node:net';
import tls from 'node:tls';
import { type EstateCredentials, serverOptions } from './credentials.js';
import { type DeviceLog, newDeviceLog } from './device-log.js';
import type { DeviceSpec } from './device-spec.js';
import { serveDicom } from './dicom-device.js';
import { serveFtp } from './ftp-device.js';
import { listenAtFirst, type Place } from './listen.js';
import { serveNfs } from './nfs-device.js';
import { serveOdd } from './odd-device.js';
import { serveRsync } from './rsync-device.js';
import { serveSmb } from './smb-device.js';
import { serveWeb } from './web-device.js';

export interface RunningDevice {
  readonly spec: DeviceSpec;
  readonly host: string;
  readonly port: number;
  readonly log: DeviceLog;
}

export interface StartedDevice {
  readonly device: RunningDevice;
  /** Ends every connection and the listener. */
  stop(): Promise<void>;
}

/** `places`: where it may listen, best first. The certificate names the best host and 127.0.0.1, the last resort. */
export async function startDevice(spec: DeviceSpec, places: readonly [Place, ...Place[]], credentials: Promise<EstateCredentials>): Promise<StartedDevice> {
  const log = newDeviceLog();
  const sockets = new Set<net.Socket>();
  const serve = (socket: net.Socket) => {
    socket.on('error', () => undefined); // a caller that vanishes is no concern of ours
    if (spec.behaviour.speaks === 'dicom') serveDicom(socket, spec.behaviour, log);
    else if (spec.behaviour.speaks === 'web') serveWeb(socket, spec.behaviour, log);
    else if (spec.behaviour.speaks === 'smb') serveSmb(socket, spec.behaviour, log);
    else if (spec.behaviour.speaks === 'nfs') serveNfs(socket, spec.behaviour, log);
    else if (spec.behaviour.speaks === 'ftp-nas') serveFtp(socket, spec.behaviour, log);
    else if (spec.behaviour.speaks === 'rsync') serveRsync(socket, spec.behaviour, log);
    else serveOdd(socket, spec.behaviour.speaks);
  };
  const server = spec.tls
    ? tls.createServer({ ...(await serverOptions(spec.tls, places[0].host, await credentials)), noDelay: true }, serve)
    : net.createServer({ noDelay: true }, serve);
  server.on('connection', (socket: net.Socket) => {
    log.connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  const place = await listenAtFirst(server, places);
  return { device: { spec, ...place, log }, stop: () => stopServer(server, sockets) };
}

function stopServer(server: net.Server, sockets: ReadonlySet<net.Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of sockets) socket.destroy();
  });
}
