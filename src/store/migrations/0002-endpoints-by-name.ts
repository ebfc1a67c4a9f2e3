/** Endpoints of a scan by name: how two scans are compared. */
import type { Kysely } from 'kysely';

// biome-ignore lint/suspicious/noExplicitAny: a migration knows the tables of its own time, not of today
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema.createIndex('endpoint_name').on('endpoint').columns(['scan_id', 'name']).execute();
}
