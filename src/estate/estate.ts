/** The simulated estate: starts all devices on loopback and ends them again. Contacts nobody. */
import { type EstateCredentials, estateCredentials } from './credentials.js';
import type { DeviceSpec } from './device-spec.js';
import { estateDevices } from './devices.js';
import type { Place } from './listen.js';
import { type RunningDevice, startDevice } from './running-device.js';

export type { RunningDevice } from './running-device.js';

export interface EstateOptions {
  /** Default: all there are. */
  readonly devices?: readonly DeviceSpec[];
  /** First port where the usual address or port of a device cannot be had; default 21040. */
  readonly basePort?: number;
  /** The first three numbers of the addresses, one device an address but for doors of one archive; default `127.77.0`. */
  readonly addressPrefix?: string;
}

export interface Estate {
  readonly devices: readonly RunningDevice[];
  /** `host:port` of every device, as a scan takes them. */
  readonly targets: readonly string[];
  /** All ports in use, each once, ascending. */
  readonly ports: readonly number[];
  /** For tests: who shows the client's certificate may enter the device that asks for one. */
  readonly credentials: EstateCredentials;
  stop(): Promise<void>;
}

/** Rejects when a device finds no port at all; those that are up are ended first. */
export async function startEstate(options: EstateOptions = {}): Promise<Estate> {
  const { devices = estateDevices() } = options;
  const credentials = estateCredentials();
  const outcomes = await Promise.allSettled(
    devices.map((spec, index) => startDevice(spec, placesOf(spec, index, addressOf(spec, index, devices), options), credentials)),
  );
  const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const stop = async () => void (await Promise.all(started.map((device) => device.stop())));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  const running = started.map(({ device }) => device);
  return {
    devices: running,
    targets: running.map(({ host, port }) => `${host}:${port}`),
    ports: [...new Set(running.map(({ port }) => port))].sort((a, b) => a - b),
    credentials: await credentials,
    stop,
  };
}

/** The last number of its address. */
function addressOf({ beside }: DeviceSpec, index: number, devices: readonly DeviceSpec[]): number {
  const other = beside === undefined ? -1 : devices.findIndex(({ id }) => id === beside);
  return (other < 0 ? index : other) + 1;
}

/**
 * Its own address and port first; 11112 where the low port is not allowed; then 127.0.0.1 with a high port, for systems
 * (macOS) that have no other loopback address; at last any free port.
 */
function placesOf(
  spec: DeviceSpec,
  index: number,
  address: number,
  { basePort = 21_040, addressPrefix = '127.77.0' }: EstateOptions,
): readonly [Place, ...Place[]] {
  const host = `${addressPrefix}.${address}`;
  return [
    { host, port: spec.port },
    { host, port: 11_112 },
    { host: '127.0.0.1', port: basePort + index },
    { host: '127.0.0.1', port: 0 },
  ];
}
