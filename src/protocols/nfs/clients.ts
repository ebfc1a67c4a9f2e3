/** For whom an export is meant: the names in its list are classed, counted and dropped. */
import type { ExportClients } from './evidence.js';

type ClientClass = 'everyone' | 'network' | 'host' | 'domain' | 'netgroup';

const network = /^[\d.]{1,15}\/[\d.]{1,15}$|^[\da-f:.]{2,45}\/\d{1,3}$/i;
const anyNetwork = /\/(?:0|0\.0\.0\.0)$/;
/** Linux writes `*`, others `(everyone)` or nothing. */
const everyoneNames: ReadonlySet<string> = new Set(['*', '(everyone)', 'everyone', '0.0.0.0', '::', '']);

function classOf(client: string): ClientClass {
  if (everyoneNames.has(client.trim().toLowerCase())) return 'everyone';
  if (network.test(client)) return anyNetwork.test(client) ? 'everyone' : hostMask.test(client) ? 'host' : 'network';
  if (client.startsWith('@')) return 'netgroup';
  return /[*?[]/.test(client) ? 'domain' : 'host';
}

/** NFS-Ganesha writes single hosts as networks. */
const hostMask = /^[\d.]+\/(?:32|255\.255\.255\.255)$|\/128$/;

export function clientsOf(names: readonly string[]): ExportClients {
  const classes = names.map(classOf);
  const count = (kind: ClientClass): number => classes.filter((each) => each === kind).length;
  return {
    everyone: names.length === 0 || count('everyone') > 0,
    networks: count('network'),
    hosts: count('host'),
    domains: count('domain'),
    netgroups: count('netgroup'),
  };
}
