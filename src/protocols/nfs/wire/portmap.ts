/** Program 100000 version 2, the portmapper (RFC 1833 section 3): which program listens where. rpcbind still answers it. */
import { WireError } from '../../../model/wire.js';
import { XdrReader } from './xdr.js';

export const portmapper = { program: 100_000, version: 2, procedures: { null: 0, dump: 4 } } as const;

export interface Mapping {
  readonly program: number;
  readonly version: number;
  readonly protocol: 'tcp' | 'udp' | 'other';
  readonly port: number;
}

/** A busy machine has a few dozen. */
const mostMappings = 1_024;
const protocols = { 6: 'tcp', 17: 'udp' } as const;

/** Results of PMAPPROC_DUMP. */
export function decodeMappings(results: Uint8Array): readonly Mapping[] {
  const reader = new XdrReader(results);
  const mappings: Mapping[] = [];
  while (reader.bool('pmaplist')) {
    if (mappings.length === mostMappings) throw new WireError('pmaplist', reader.offset, `more than ${mostMappings} mappings`);
    const [program, version, protocol, port] = [reader.uint32('prog'), reader.uint32('vers'), reader.uint32('prot'), reader.uint32('port')];
    mappings.push({ program, version, protocol: protocols[protocol as keyof typeof protocols] ?? 'other', port });
  }
  return mappings;
}
