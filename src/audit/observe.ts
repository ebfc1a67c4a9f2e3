/** Probe → observation. Never throws: a failure is an observation too. Opens no sockets; it is handed what does. */
import { ConnectionFailure, type Dial, NotThisProtocol, type Traffic, type Transport } from '../model/connection.js';
import type { Failed, Observation } from '../model/observation.js';
import type { AnyProbe, ProbeTarget } from '../model/probe.js';
import { WireError } from '../model/wire.js';

export interface ObserveContext {
  /** `patience` scales the time that an answer may take: 1 is the default, less for a host that has been silent. */
  dial(target: ProbeTarget, traffic: Traffic, patience: number): Dial;
  /** Milliseconds since the epoch. */
  now(): number;
}

export async function observe(probe: AnyProbe, target: ProbeTarget, context: ObserveContext, patience = 1): Promise<Observation> {
  const traffic: Traffic = { connections: 0, messagesSent: 0, bytesSent: 0, bytesReceived: 0 };
  const at = context.now();
  const base = (transport: Transport) => ({
    kind: probe.produces.name,
    version: probe.produces.version,
    endpoint: target.endpoint,
    transport,
    at,
    durationMs: Math.max(0, context.now() - at),
    traffic,
  });
  try {
    const evidence: unknown = await probe.run(target, context.dial(target, traffic, patience));
    return { ...base(target.transport), outcome: 'observed', evidence };
  } catch (error) {
    return { ...base(target.transport), ...failureOf(error, traffic) };
  }
}

type FailurePart = Pick<Failed, 'outcome' | 'detail' | 'portOpen' | 'spoke' | 'heard'>;

/** The one place where an error becomes an outcome. A probe that crashed is our defect: its name is kept, its message may hold a peer's words and is not. */
function failureOf(error: unknown, traffic: Traffic): FailurePart {
  const spoke = traffic.bytesReceived > 0;
  if (error instanceof NotThisProtocol) return { outcome: 'not-this-protocol', detail: error.message, portOpen: true, spoke: true, heard: error.heard };
  if (error instanceof WireError) return { outcome: 'not-this-protocol', detail: `malformed answer: ${error.message}`, portOpen: true, spoke: true };
  if (error instanceof ConnectionFailure) return { outcome: error.outcome, detail: error.message, portOpen: error.connected, spoke: error.spoke || spoke };
  return { outcome: 'crashed', detail: `the probe failed: ${error instanceof Error ? error.name : typeof error}`, portOpen: spoke, spoke };
}
