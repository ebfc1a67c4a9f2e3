/** Which ports of a host are open, found by opening and closing them a few at a time. Speaks to none: what is spoken there is `examine`'s to find out. */
import type { Instruments } from '../audit/examine.js';
import { type ObserveContext, observe } from '../audit/observe.js';
import type { Endpoint } from '../model/endpoint.js';
import { foundOpen, type Observation } from '../model/observation.js';
import type { ProbeSettings } from '../model/probe.js';
import { nextPatience } from './budget.js';

/** Up to so many ports are not swept: asking them one after another costs an open port one connection less. */
export const fewPorts = 4;
/** A closed port costs a host one packet; an open one is opened alone or among few. */
const atATime = 5;

export interface Swept {
  /** In the order given, each with what opening it cost. */
  readonly open: readonly Observation[];
  readonly closed: readonly Observation[];
}

export async function sweep(endpoints: readonly Endpoint[], settings: ProbeSettings, instruments: Instruments, context: ObserveContext): Promise<Swept> {
  const seen: Observation[] = [];
  let patience = 1;
  for (let start = 0; start < endpoints.length; start += atATime) {
    const batch = endpoints.slice(start, start + atATime);
    const found = await Promise.all(batch.map((endpoint) => observe(instruments.port, { endpoint, transport: 'plain', settings }, context, patience)));
    seen.push(...found);
    patience = nextPatience(
      patience,
      found.every((observation) => observation.outcome === 'timed-out'),
    );
  }
  return { open: seen.filter(foundOpen), closed: seen.filter((observation) => !foundOpen(observation)) };
}
