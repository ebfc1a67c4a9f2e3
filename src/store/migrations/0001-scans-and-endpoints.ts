/** Scans, and what was observed and found at each endpoint. */
import { type Kysely, sql } from 'kysely';

// biome-ignore lint/suspicious/noExplicitAny: a migration knows the tables of its own time, not of today
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema
    .createTable('scan')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('started_at', 'bigint', (column) => column.notNull())
    .addColumn('finished_at', 'bigint')
    .addColumn('authorised_by', 'text')
    .addColumn('touch', 'text', (column) => column.notNull())
    .addColumn('version', 'text', (column) => column.notNull())
    .addColumn('complete', 'integer', (column) => column.notNull())
    .addColumn('targets', 'text', (column) => column.notNull())
    .addColumn('settings', 'text', (column) => column.notNull())
    .addColumn('recorded', 'bigint', (column) => column.notNull())
    .addColumn('totals', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('endpoint')
    .addColumn('scan_id', 'text', (column) => column.notNull().references('scan.id').onDelete('cascade'))
    .addColumn('position', 'bigint', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('host', 'text', (column) => column.notNull())
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('port', 'integer', (column) => column.notNull())
    .addColumn('is_open', 'integer', (column) => column.notNull())
    .addColumn('gravest', 'integer', (column) => column.notNull())
    .addColumn('images', 'bigint', (column) => column.notNull())
    .addColumn('observations', 'text', (column) => column.notNull())
    .addColumn('findings', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('endpoint_key', ['scan_id', 'position'])
    .execute();
  await db.schema
    .createIndex('endpoint_worst')
    .on('endpoint')
    .columns(['scan_id', 'gravest desc', 'images desc', 'name'])
    .where(sql.ref('is_open'), '=', 1)
    .execute();
}
