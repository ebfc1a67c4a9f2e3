/** Every step from an empty file to the present tables, oldest first. A released step never changes; a new one is a file and a line. */
import type { Migration } from 'kysely';
import { up as scans } from './0001-scans-and-endpoints.js';
import { up as endpointsByName } from './0002-endpoints-by-name.js';
import { up as doors } from './0003-doors-to-archives.js';

/** The number before the dash is the schema's number. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-scans-and-endpoints': { up: scans },
  '0002-endpoints-by-name': { up: endpointsByName },
  '0003-doors-to-archives': { up: doors },
};
