/**
 * How long a TCP connection may take to stand, learnt for each network from those that stood (RFC 6298 section 2: smoothed round-trip
 * time and its variation). A network that answers within milliseconds is not waited for as long as one that has never answered. Pure.
 */
import { networkOf } from './network.js';

interface Learnt {
  smoothed: number;
  variation: number;
  count: number;
}

/** Before so many answers nothing is concluded. */
const enough = 5;
/** One retransmission of the first packet comes after a second (RFC 6298 section 2.1): a lost packet is not a silent host. */
const atLeastMs = 1_200;
const mostNetworks = 50_000;

export interface ConnectTiming {
  /** Milliseconds to wait, never more than `usual`. */
  connectMs(address: string, usual: number): number;
  /** A connection was accepted or refused after `ms`. */
  answered(address: string, ms: number): void;
}

export function createConnectTiming(): ConnectTiming {
  const networks = new Map<string, Learnt>();
  return {
    connectMs(address, usual) {
      const learnt = networks.get(networkOf(address));
      if (!learnt || learnt.count < enough) return usual;
      return Math.min(usual, Math.max(atLeastMs, learnt.smoothed + 4 * learnt.variation));
    },
    answered(address, ms) {
      const network = networkOf(address);
      const learnt = networks.get(network);
      if (!learnt) {
        if (networks.size >= mostNetworks) networks.clear();
        networks.set(network, { smoothed: ms, variation: ms / 2, count: 1 });
        return;
      }
      learnt.variation += (Math.abs(learnt.smoothed - ms) - learnt.variation) / 4;
      learnt.smoothed += (ms - learnt.smoothed) / 8;
      learnt.count += 1;
    },
  };
}
