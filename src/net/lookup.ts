/** Resolves host names. Called once a name; the addresses it gives are what scope is asked about and what is dialled. */
import { lookup } from 'node:dns/promises';

/** All addresses of a name, in the system's order. Rejects when there is none. */
export async function lookupAddresses(name: string): Promise<readonly string[]> {
  const records = await lookup(name, { all: true });
  return [...new Set(records.map((record) => record.address))];
}
