import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConnectionFailure } from '../model/connection.js';
import { seededChance } from './chance.js';
import { intervalOf } from './interval.js';
import { measureTree, type TreeSize } from './tree-size.js';
import type { FolderContents } from './tree-walk.js';

interface Folder {
  readonly name: string;
  readonly files: number;
  readonly folders: readonly Folder[];
}

const folder = (name: string, files: number, folders: readonly Folder[] = []): Folder => ({ name, files, folders });
const filesIn = ({ files, folders }: Folder): number => folders.reduce((sum, each) => sum + filesIn(each), files);
const entriesIn = ({ files, folders }: Folder): number => folders.reduce((sum, each) => sum + entriesIn(each), files + folders.length);

type SizeOf = (folder: Folder) => number | null;
const untold: SizeOf = () => 0;
const told: SizeOf = ({ files, folders }) => files + folders.length + 2;

const numbers = new Map<Folder, number>();
function numberOf(each: Folder): number {
  const number = numbers.get(each) ?? numbers.size;
  numbers.set(each, number);
  return number;
}

/** Amounts: entries, files. */
const listing =
  (sizeOf: SizeOf) =>
  async (each: Folder, atMost: number): Promise<FolderContents<Folder>> => {
    const all = each.files + each.folders.length;
    const entries = Math.min(atMost, all);
    const shown = each.folders.slice(0, entries);
    return {
      isWhole: entries === all,
      amounts: [entries, entries - shown.length],
      folders: shown.map((child) => ({ folder: child, form: child.name.replace(/\d+/g, '0'), size: sizeOf(child) })),
      fingerprint: numberOf(each),
    };
  };

const count = (root: Folder, entries: number, seed: number, sizeOf: SizeOf = untold): Promise<TreeSize> =>
  measureTree(root, listing(sizeOf), { entries, seed });
const many = <T>(length: number, each: (index: number) => T): T[] => Array.from({ length }, (_, index) => each(index));

/** Patients, studies, series; series skewed as in a department. */
function archive(patients: number, spread: number): Folder {
  const chance = seededChance(5);
  const normal = () => Math.sqrt(-2 * Math.log(1 - chance.next())) * Math.cos(2 * Math.PI * chance.next());
  const series = (at: number) => folder(`SE${at}`, Math.ceil(8 * Math.exp(spread * normal())));
  const study = (at: number) => folder(`ST${at}`, 0, many(1 + chance.below(4), series));
  return folder(
    '',
    2,
    many(patients, (at) => folder(`P${at}`, at % 3, many(1 + chance.below(3), study))),
  );
}

/** Every folder may hold more: depth and breadth by chance. */
function wild(depth: number, chance = seededChance(3)): Folder {
  const folders = depth === 0 ? [] : many(depth > 5 ? 3 : chance.below(4), () => wild(depth - 1, chance)).map((each, at) => ({ ...each, name: `d${at}` }));
  return folder('', chance.below(7), folders);
}

const families: readonly (readonly [string, Folder, number, SizeOf])[] = [
  ['an even archive', archive(120, 0.1), 900, untold],
  ['a skewed archive', archive(120, 0.9), 900, untold],
  ['a skewed archive whose server tells', archive(120, 0.9), 900, told],
  [
    'one level',
    folder(
      '',
      0,
      many(150, (at) => folder(`s${at}`, 5 + ((at * 37) % 60))),
    ),
    1_500,
    untold,
  ],
  ['a wild tree', wild(8), 900, untold],
];

describe('counting without listing all of it', () => {
  it.each(families)('%s: the estimates are right on average, and their intervals hold as often as they say', async (_, root, budget, sizeOf) => {
    const truth = filesIn(root);
    expect(entriesIn(root)).toBeGreaterThan(2 * budget);
    const means: number[] = [];
    let held = 0;
    for (let seed = 0; seed < 150; seed += 1) {
      const { sample, seen } = await count(root, budget, seed, sizeOf);
      if (sample === null || sample.isPart) continue;
      const estimates = sample.estimates.map(([, files = 0]) => files);
      const { low, high } = intervalOf(estimates, seen[1] ?? 0);
      means.push(estimates.reduce((sum, value) => sum + value, 0) / estimates.length);
      if (low <= truth && truth <= (high ?? 0)) held += 1;
    }
    const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
    const error = Math.sqrt(means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / means.length / means.length);
    expect(means.length).toBeGreaterThan(145);
    expect(Math.abs(mean - truth)).toBeLessThan(4 * error + 0.005 * truth);
    expect(held / means.length).toBeGreaterThan(0.87);
  });

  it('is exact where the budget suffices, whatever the tree', async () => {
    const tree = fc.letrec<{ folder: Folder }>((tie) => ({
      folder: fc.record({
        name: fc.constantFrom('a', 'b1', 'c2', '2019'),
        files: fc.nat(12),
        folders: fc.oneof({ maxDepth: 4 }, fc.constant([]), fc.array(tie('folder'), { maxLength: 5 })),
      }),
    })).folder;
    await fc.assert(
      fc.asyncProperty(tree, fc.nat(), fc.boolean(), async (root, seed, tells) => {
        const { ended, seen, entries } = await count(root, Math.max(1, 2 * entriesIn(root)), seed, tells ? told : untold);
        expect({ ended, files: seen[1] ?? 0, entries }).toEqual({ ended: 'whole', files: filesIn(root), entries: entriesIn(root) });
      }),
    );
  });

  it('never lists more than its budget, and says at least what it saw', async () => {
    const roots = families.map(([, root]) => root);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...roots), fc.integer({ min: 1, max: 3_000 }), fc.nat(), async (root, budget, seed) => {
        const { entries, seen } = await count(root, budget, seed);
        expect(entries).toBeLessThanOrEqual(budget);
        expect(seen[1]).toBeLessThanOrEqual(filesIn(root));
      }),
    );
  });

  it('makes the same choices for the same seed', async () => {
    const root = archive(120, 0.9);
    const sampleOf = async (seed: number) => (await count(root, 900, seed)).sample?.estimates;
    expect(await sampleOf(7)).toEqual(await sampleOf(7));
    expect(await sampleOf(7)).not.toEqual(await sampleOf(8));
  });

  it.each([
    ['needs no luck where the server tells', told, 0.02],
    ['is not misled where the server says the same of all', (() => 4096) satisfies SizeOf, 0.5],
    ['is not misled where the server talks nonsense', (({ name }) => 1 + ((name.charCodeAt(1) * 7919) % 5) * 1e12) satisfies SizeOf, 0.5],
  ])('%s', async (_, sizeOf, within) => {
    const root = folder(
      '',
      0,
      many(300, (at) => folder(`s${at}`, 40 + ((at * 37) % 300))),
    );
    const { sample } = await count(root, 3_000, 1, sizeOf);
    const mean = (sample?.estimates ?? []).reduce((sum, [, files = 0]) => sum + files, 0) / (sample?.estimates.length ?? 1);
    expect(Math.abs(mean / filesIn(root) - 1)).toBeLessThan(within);
  });
});

describe('trees that are not what they seem', () => {
  it('one folder of a million entries costs the budget, and is a lower bound', async () => {
    const { entries, seen, sample, ended } = await count(folder('', 3, [folder('a', 1_000_000), folder('b', 5)]), 2_000, 1);
    expect({ entries, seen: seen[1], sample, ended }).toEqual({ entries: 2_000, seen: expect.any(Number), sample: expect.anything(), ended: 'budget' });
    expect(sample?.isPart).toBe(true);
    expect(seen[1]).toBeGreaterThan(1_000);
  });

  it('a folder that holds itself is met once', async () => {
    const loop: { name: string; files: number; folders: Folder[] } = { name: 'again', files: 1, folders: [] };
    loop.folders.push(loop, loop);
    const { ended, seen, listings } = await count(folder('', 1, [loop]), 5_000, 1);
    expect({ ended, files: seen[1] }).toEqual({ ended: 'whole', files: 2 });
    expect(listings).toBeLessThan(6);
  });

  it('a tree without a bottom is a lower bound', async () => {
    const bottomless = async (depth: number): Promise<FolderContents<number>> => ({
      isWhole: true,
      amounts: [3, 1],
      folders: [
        { folder: depth + 1, form: 'a', size: 0 },
        { folder: depth + 1, form: 'b', size: 0 },
      ],
      fingerprint: depth,
    });
    const { ended, sample, entries } = await measureTree(0, bottomless, { entries: 5_000, seed: 1 });
    expect({ ended, sample }).toEqual({ ended: 'budget', sample: null });
    expect(entries).toBeLessThanOrEqual(5_000);
  });

  it('what was refused is said', async () => {
    const list = listing(untold);
    const guarded = async (each: Folder, atMost: number) => (each.name === 'closed' ? null : list(each, atMost));
    const { ended, seen } = await measureTree(folder('', 1, [folder('closed', 9), folder('open', 4)]), guarded, { entries: 100, seed: 1 });
    expect({ ended, files: seen[1] }).toEqual({ ended: 'refused', files: 5 });
  });

  it('an estimate misses what was refused: a lower bound', async () => {
    const root = folder(
      '',
      0,
      many(150, (at) => folder(at % 2 === 0 ? 'closed' : `s${at}`, 5 + ((at * 37) % 60))),
    );
    const list = listing(untold);
    const guarded = async (each: Folder, atMost: number) => (each.name === 'closed' ? null : list(each, atMost));
    const { ended, sample } = await measureTree(root, guarded, { entries: 500, seed: 1 });
    expect({ ended, isPart: sample?.isPart }).toEqual({ ended: 'budget', isPart: true });
  });

  it('what was learnt before the server hung up stands; our own mistakes do not pass for it', async () => {
    const list = listing(untold);
    let asked = 0;
    const failing = (error: Error) => async (each: Folder, atMost: number) => {
      asked += 1;
      if (asked > 4) throw error;
      return list(each, atMost);
    };
    const root = folder(
      '',
      1,
      many(9, (at) => folder(`s${at}`, 2)),
    );
    const { ended, seen } = await measureTree(root, failing(new ConnectionFailure('closed', 'gone')), { entries: 100, seed: 1 });
    expect({ ended, files: seen[1] }).toEqual({ ended: 'cut-off', files: 7 });
    asked = 0;
    await expect(measureTree(root, failing(new TypeError('ours')), { entries: 100, seed: 1 })).rejects.toThrow('ours');
  });
});
