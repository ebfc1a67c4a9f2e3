/** Which endpoints lead to an archive, and which to the same one. */
import { type Kysely, sql } from 'kysely';

// biome-ignore lint/suspicious/noExplicitAny: a migration knows the tables of its own time, not of today
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema.alterTable('endpoint').addColumn('archive', 'text').execute();
  await db.schema.alterTable('endpoint').addColumn('door', 'text').execute();
  const hasDoor = sql<boolean>`door is not null`;
  await db.schema.createIndex('endpoint_door').on('endpoint').columns(['scan_id', 'address', 'position']).where(hasDoor).execute();
  await db.schema.createIndex('endpoint_archive').on('endpoint').columns(['scan_id', 'archive', 'address']).where(sql<boolean>`archive is not null`).execute();
}
