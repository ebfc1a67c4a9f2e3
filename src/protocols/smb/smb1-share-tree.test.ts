/** Answers of a server over SMB 1 that say nothing: what the share is said to be after them. */
import { describe, expect, it } from 'vitest';
import { Smb1ShareTree } from './smb1-share-tree.js';
import type { Smb1Talk } from './smb1-talk.js';
import { smb1Nowhere } from './wire/smb1-message.js';
import { statuses } from './wire/status.js';

const treeAfter = (answer: Awaited<ReturnType<Smb1Talk['transact']>>): Smb1ShareTree =>
  new Smb1ShareTree({ transact: async () => answer } as unknown as Smb1Talk, smb1Nowhere);
const bytes = new Uint8Array(4);

describe('the first folder of a share', () => {
  it.each<[string, Awaited<ReturnType<Smb1Talk['transact']>>, number | null]>([
    ['is listed only where a list came', { status: statuses.success }, null],
    ['is refused by a status', { status: statuses.accessDenied }, statuses.accessDenied],
    ['is empty by a status', { status: statuses.noSuchFile }, statuses.success],
    ['is not listed where what came is no list', { status: statuses.success, result: { parameters: bytes.subarray(2), data: bytes } }, null],
  ])('%s', async (_, answer, rootStatus) => {
    const tree = treeAfter(answer);
    await tree.list(tree.root, 100).catch(() => null);
    expect(tree.rootStatus).toBe(rootStatus);
  });
});
