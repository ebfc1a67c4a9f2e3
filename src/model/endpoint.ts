/** A place that may answer. */
export interface Endpoint {
  /** What the user named: a host name or an address. */
  readonly host: string;
  /** The address that is dialled, resolved once. */
  readonly address: string;
  readonly port: number;
}

/** Stable text for an endpoint: `host:port`, IPv6 in brackets. The identity of a finding is built from it. */
export function endpointName(endpoint: Pick<Endpoint, 'host' | 'port'>): string {
  return endpoint.host.includes(':') ? `[${endpoint.host}]:${endpoint.port}` : `${endpoint.host}:${endpoint.port}`;
}
