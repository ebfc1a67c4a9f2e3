/**
 * One endpoint, from the first connection to the last: any port may hold any service, so it is recognised by what
 * answers, in the clear first and then inside TLS. Decides the order only; the probes hold the conversations.
 */
import type { ServiceHint } from '../model/connection.js';
import type { Endpoint } from '../model/endpoint.js';
import { type Failed, foundOpen, type Observation } from '../model/observation.js';
import type { AnyProbe, ProbeSettings } from '../model/probe.js';
import { touchAllows } from '../model/touch.js';
import { type ObserveContext, observe } from './observe.js';

export interface Instruments {
  readonly services: readonly AnyProbe[];
  /** At touch `connect`, instead of the services. */
  readonly port: AnyProbe;
  /** Where nothing answers in the clear. */
  readonly tls: AnyProbe;
}

/** A port that says nothing to plain requests hardly ever speaks TLS; it gets this share of the usual time to show that it does. */
const patienceAfterSilence = 0.25;

export async function examine(
  endpoint: Endpoint,
  settings: ProbeSettings,
  instruments: Instruments,
  context: ObserveContext,
  patience = 1,
): Promise<readonly Observation[]> {
  if (!touchAllows(settings.touch, 'handshake')) return [await observe(instruments.port, { endpoint, transport: 'plain', settings }, context, patience)];
  const seen = await askServices('plain', endpoint, settings, instruments, context, patience);
  const last = seen.at(-1);
  if (!last || !worthTryingTls(last)) return seen;
  const tlsPatience = isSilent(last) ? patience * patienceAfterSilence : patience;
  const secure = await observe(instruments.tls, { endpoint, transport: 'plain', settings }, context, tlsPatience);
  if (secure.outcome !== 'observed') {
    const named = { ...instruments, services: instruments.services.filter(({ id, produces }) => id === secure.heard && !wasAsked(produces.name, seen)) };
    return [...seen, secure, ...(await askServices('plain', endpoint, settings, named, context, patience))];
  }
  return [...seen, secure, ...(await askServices('tls', endpoint, settings, instruments, context, patience))];
}

/** Apache waits for the end of a line that DICOM never sends, and answers a TLS hello with what it speaks. */
const wasAsked = (kind: string, seen: readonly Observation[]): boolean => seen.some((observation) => observation.kind === kind);

/** Each service in turn until one answers, or until it is clear what it is or that nobody is there. */
async function askServices(
  transport: 'plain' | 'tls',
  endpoint: Endpoint,
  settings: ProbeSettings,
  instruments: Instruments,
  context: ObserveContext,
  patience: number,
): Promise<readonly Observation[]> {
  const seen: Observation[] = [];
  const able = instruments.services.filter((probe) => touchAllows(settings.touch, probe.touch) && probe.transports.includes(transport));
  let waiting = likeliestFirst(able, endpoint.port);
  for (let probe = waiting.shift(); probe; probe = waiting.shift()) {
    const observation = await observe(probe, { endpoint, transport, settings }, context, patience);
    seen.push(observation);
    if (observation.outcome === 'observed' || !foundOpen(observation) || isSilent(observation) || wantsTls(observation)) break;
    waiting = heardFirst(waiting, able, observation, seen);
  }
  return seen;
}

/** The usual services of the port, then those that are tried anywhere; on a port that is nobody's, all: the user named it. */
function likeliestFirst(able: readonly AnyProbe[], port: number): AnyProbe[] {
  const own = able.filter((probe) => probe.ports.includes(port));
  const others = able.filter((probe) => !probe.ports.includes(port));
  return [...own, ...others.filter((probe) => own.length === 0 || probe.tried === 'anywhere')];
}

/** A greeting said which service it is: that one is next, and no other is worth a connection. */
function heardFirst(waiting: AnyProbe[], able: readonly AnyProbe[], { heard }: Failed, seen: readonly Observation[]): AnyProbe[] {
  const named = able.find(({ id }) => id === heard);
  return named ? (wasAsked(named.produces.name, seen) ? waiting : [named]) : waiting;
}

/** It said so: no other service will answer in the clear. */
const wantsTls = (observation: Observation): boolean => observation.outcome !== 'observed' && observation.heard === 'tls';

const maybeTls: ReadonlySet<ServiceHint> = new Set<ServiceHint>(['tls', 'unknown']);

function worthTryingTls(observation: Observation): boolean {
  if (observation.outcome === 'observed' || !observation.portOpen || observation.outcome === 'over-limit') return false;
  return observation.heard === undefined || maybeTls.has(observation.heard);
}

/** The port opened and then nothing came: not a byte, not a close. */
export const isSilent = (observation: Observation): observation is Failed => observation.outcome === 'timed-out' && observation.portOpen && !observation.spoke;
