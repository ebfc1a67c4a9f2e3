/** The estate as a short table for people. */
import type { Estate } from './estate.js';

export function describeEstate(estate: Pick<Estate, 'devices'>): string {
  const rows = estate.devices.map(({ spec, host, port }) => [host, String(port), spec.tls ? 'tls' : '', spec.what] as const);
  const width = (column: 0 | 1 | 2) => Math.max(...rows.map((row) => row[column].length));
  const line = ([host, port, tls, what]: (typeof rows)[number]) => `${host.padEnd(width(0))}  ${port.padStart(width(1))}  ${tls.padEnd(width(2))}  ${what}`;
  return rows.map(line).join('\n');
}
