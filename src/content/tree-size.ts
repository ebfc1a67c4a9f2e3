/**
 * How much lies in a tree of folders, without listing all of it: exact where the budget suffices, an unbiased estimate where not (Knuth 1975;
 * Chen 1992). docs/decisions/0007-counting-without-walking.md. Knows nothing of names or files, and opens no sockets.
 */
import { ConnectionFailure } from '../model/connection.js';
import { WireError } from '../model/wire.js';
import { seededChance } from './chance.js';
import { sampleTree, type TreeSample } from './tree-sample.js';
import { type ListFolder, rootNode, TreeWalk } from './tree-walk.js';

export interface TreeSize {
  /** What was listed, each folder once: the least that is there. */
  readonly seen: readonly number[];
  /** `null` where everything was listed, or not enough is known. */
  readonly sample: TreeSample | null;
  readonly ended: 'whole' | 'budget' | 'cut-off' | 'refused';
  readonly listings: number;
  readonly entries: number;
}

export interface TreeBudget {
  readonly entries: number;
  /** The same seed and the same tree give the same choices. */
  readonly seed: number;
}

/** What ended a conversation ends the count; what was listed until then stands. */
export async function measureTree<Folder>(root: Folder, list: ListFolder<Folder>, { entries, seed }: TreeBudget): Promise<TreeSize> {
  const walk = new TreeWalk<Folder>(list, entries);
  const top = rootNode(root);
  try {
    await walk.open(top, entries);
    const sample = await sampleTree(walk, top, seededChance(seed));
    if (sample === null || mayFit(sample, entries)) await walk.openAll(top);
    if (walk.isWhole) return result(walk, walk.isRefused ? 'refused' : 'whole');
    // what was refused counted as nothing in the estimates
    return result(walk, 'budget', walk.isTooDeep || sample === null ? null : { ...sample, isPart: sample.isPart || walk.isRefused });
  } catch (error) {
    if (error instanceof ConnectionFailure || error instanceof WireError) return result(walk, 'cut-off');
    throw error;
  }
}

function result<Folder>(walk: TreeWalk<Folder>, ended: TreeSize['ended'], sample: TreeSample | null = null): TreeSize {
  const seen: number[] = [];
  for (const { contents } of walk.opened) for (const [at, amount] of (contents?.amounts ?? []).entries()) seen[at] = (seen[at] ?? 0) + amount;
  return { seen, sample, ended, listings: walk.listings, entries: walk.entries };
}

/** The rest may be little: the estimate would have to be four times too high for an exact count to be missed. */
const mayFit = ({ estimates }: TreeSample, budget: number): boolean =>
  estimates.reduce((sum, [entries = 0]) => sum + entries, 0) / estimates.length <= 4 * budget;
