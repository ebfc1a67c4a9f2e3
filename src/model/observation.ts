/** One probe of one endpoint: when, and either what was seen or why nothing was. */
import type { FailureOutcome, ServiceHint, Traffic, Transport } from './connection.js';
import type { Endpoint } from './endpoint.js';

interface ObservationBase {
  /** Name and version of the evidence kind that was sought. */
  readonly kind: string;
  readonly version: number;
  readonly endpoint: Endpoint;
  readonly transport: Transport;
  /** Milliseconds since the epoch, at the start. */
  readonly at: number;
  readonly durationMs: number;
  readonly traffic: Traffic;
}

export interface Observed extends ObservationBase {
  readonly outcome: 'observed';
  readonly evidence: unknown;
}

export interface Failed extends ObservationBase {
  readonly outcome: FailureOutcome;
  /** Our own words, never the peer's. */
  readonly detail: string;
  /** The TCP connection stood, so the port is open. */
  readonly portOpen: boolean;
  /** The peer sent at least one byte. */
  readonly spoke: boolean;
  readonly heard?: ServiceHint;
}

export type Observation = Observed | Failed;

/** The endpoint accepted a TCP connection in this observation. */
export function foundOpen(observation: Observation): boolean {
  return observation.outcome === 'observed' || observation.portOpen;
}
