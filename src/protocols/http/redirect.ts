/** Where a Location header leads. Follows nothing, and keeps nothing of a name that is not this endpoint's. */
import type { Transport } from '../../model/connection.js';
import type { Endpoint } from '../../model/endpoint.js';
import type { RedirectTo } from './evidence.js';

/** `path` only where it leads to the same endpoint: with its query, percent-encoded. */
export interface Redirect {
  readonly to: RedirectTo;
  readonly path: string | null;
}

export function readRedirect(location: string, from: string, endpoint: Endpoint, transport: Transport): Redirect {
  const here = new URL(`${transport === 'tls' ? 'https' : 'http'}://${hostOf(endpoint.host)}:${endpoint.port}/`);
  if (!URL.canParse(location, new URL(from, here).href)) return { to: 'unreadable', path: null };
  const there = new URL(location, new URL(from, here));
  if (there.protocol !== 'http:' && there.protocol !== 'https:') return { to: 'unreadable', path: null };
  if (there.hostname !== here.hostname) return { to: 'elsewhere', path: null };
  if (there.protocol === here.protocol && portOf(there) === portOf(here)) return { to: 'same-endpoint', path: `${there.pathname}${there.search}` };
  return { to: there.protocol === 'https:' && here.protocol === 'http:' ? 'https-same-host' : 'same-host-other-port', path: null };
}

/** Does it lead to https on the same port? Then the port speaks TLS, and only told a plain request so (nginx `error_page 497`, Synology). */
export function isSamePlaceOverTls(location: string, { host, port }: Endpoint): boolean {
  if (!URL.canParse(location)) return false;
  const there = new URL(location);
  return there.protocol === 'https:' && there.hostname === new URL(`https://${hostOf(host)}/`).hostname && portOf(there) === `${port}`;
}

const hostOf = (host: string): string => (host.includes(':') ? `[${host}]` : host);
const portOf = (url: URL): string => url.port || (url.protocol === 'https:' ? '443' : '80');
