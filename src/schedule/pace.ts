/** Lets connections start at an even pace, for the whole scan and for each network. The arithmetic is in `budget`. */
import { nextStart } from './budget.js';
import { isLoopback, networkOf } from './network.js';

export interface PaceLimits {
  /** Connections a second in all; `null`: no limit. */
  readonly perSecond: number | null;
  /** Connections a second to one network; `null`: no limit. This computer has none. */
  readonly perNetworkAndSecond: number | null;
}

/** So many networks are remembered; beyond them those whose time has come are forgotten. */
const mostNetworks = 50_000;

/** `undefined` where nothing is limited. */
export function createPace({ perSecond, perNetworkAndSecond }: PaceLimits): ((address: string) => Promise<void>) | undefined {
  if (perSecond === null && perNetworkAndSecond === null) return undefined;
  const reserved = new Map<string, number>();
  let reservedForAll = Number.NEGATIVE_INFINITY;
  return async (address) => {
    const now = performance.now();
    let start = now;
    if (perSecond !== null) start = reservedForAll = nextStart(reservedForAll, now, perSecond);
    if (perNetworkAndSecond !== null && !isLoopback(address)) {
      const network = networkOf(address);
      const own = nextStart(reserved.get(network) ?? Number.NEGATIVE_INFINITY, now, perNetworkAndSecond);
      if (reserved.size >= mostNetworks) forgetPast(reserved, now);
      reserved.set(network, own);
      start = Math.max(start, own);
    }
    if (start > now) await new Promise((resolve) => setTimeout(resolve, start - now));
  };
}

function forgetPast(reserved: Map<string, number>, now: number): void {
  for (const [network, start] of reserved) if (start < now) reserved.delete(network);
}
