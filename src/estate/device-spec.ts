/** One device of the estate: where it is found, how it behaves, and what is true of it. Types only. */
import type { Behaviour, TlsBehaviour } from './behaviour.js';
import type { DeviceTruth } from './truth.js';

export interface DeviceSpec {
  /** Short and unique, for tests and tables. */
  readonly id: string;
  /** What it is, in one line, for people. */
  readonly what: string;
  readonly port: number;
  /** Id of the device whose address this one shares; absent: one of its own. */
  readonly beside?: string;
  readonly behaviour: Behaviour;
  /** Absent: in the clear. */
  readonly tls?: TlsBehaviour;
  readonly truth: DeviceTruth;
}
