/** The door to the store: where scans, observations and findings are kept. Nothing of SQL is seen from outside. */
import { resolve } from 'node:path';
import { memoryStore } from './memory-store.js';
import { StoreError } from './store-error.js';
import type { Store } from './store-interface.js';

export { defaultStoreLocation } from './location.js';
export { memoryStore } from './memory-store.js';
export type { ScanRecord, Store } from './store-interface.js';

/**
 * `location`: a path, or `memory:` to keep nothing. Creates file and folders, readable by their owner only, and takes an
 * existing store away from everybody else. Throws `StoreError` with one line that says what to do.
 */
export async function openStore(location: string): Promise<Store> {
  if (location === 'memory:') return memoryStore();
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(location)) throw new StoreError('--store takes a path or memory:, not an address');
  if (location === '') throw new StoreError('--store is empty: give a path, or memory: to keep nothing');
  // Loaded when they are needed: commands that keep nothing start without them.
  const [{ openSqliteStore }, { loadSqlite }] = await Promise.all([import('./open-sqlite-store.js'), import('./sqlite-library.js')]);
  return openSqliteStore(resolve(location), await loadSqlite());
}
