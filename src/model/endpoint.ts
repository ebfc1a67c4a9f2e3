/** A place that may answer. */
export interface Endpoint {
  /** What the user named: a host name or an address. */
  readonly host: string;
  /** The address that is dialled, resolved once. */
  readonly address: string;
  /** 0: no port at all, a folder of this computer, which `host` calls by number and label. */
  readonly port: number;
}

/** Stable text for an endpoint: `host:port`, IPv6 in brackets; a folder's name alone. */
export function endpointName(endpoint: Pick<Endpoint, 'host' | 'port'>): string {
  if (endpoint.port === 0) return endpoint.host;
  return endpoint.host.includes(':') ? `[${endpoint.host}]:${endpoint.port}` : `${endpoint.host}:${endpoint.port}`;
}

/** Whether `host` is written as an address (IPv4 with four decimal parts, or IPv6) and not as a name. */
export function isAddress(host: string): boolean {
  return host.includes(':') || /^\d{1,3}(\.\d{1,3}){3}$/.test(host);
}
