/**
 * What a folder that was not listed probably holds, from those that were: folders of the same form at the same depth, and what the server says of
 * its size. A wrong forecast costs precision and never makes an estimate biased, since whoever chooses by it also divides by it.
 */

/** What a parent's listing says of a folder. */
export interface FolderClue {
  readonly depth: number;
  /** Depth, and the forms of its name and of its parent's: folders that are probably alike. */
  readonly stratum: string;
  /** As the server reports it; on Btrfs, ZFS, XFS and tmpfs it grows with the entries. `null` or always the same: it tells nothing. */
  readonly size: number | null;
}

export interface FolderForecast {
  /** `amounts`: its entries first. */
  learn(clue: FolderClue, amounts: readonly number[], folders: readonly FolderClue[]): void;
  /** Entries that a listing of it costs. */
  entriesIn(clue: FolderClue): number;
  /** Folders of its stratum held no folders, and their sizes told how many entries they had. */
  isTold(clue: FolderClue): boolean;
  /** No folder of its stratum held folders so far. */
  isChildless(clue: FolderClue): boolean;
  /** What a folder of its stratum holds, in proportion to its entries. */
  amountsIn(clue: FolderClue): readonly number[];
  /** Most entries of one folder of its stratum so far. */
  mostIn(clue: FolderClue): number;
  /** Everything below it: the measure by which it is chosen. */
  everythingBelow(clue: FolderClue): number;
  /** How much a folder at this depth differs from its forecast, as a share of it. */
  spreadAt(depth: number): number;
  costAt(depth: number): number;
  /** Deviation of the entries of one folder at this depth, as a share of their mean. */
  costSpreadAt(depth: number): number;
  /** Folders in one folder at this depth. */
  branchingAt(depth: number): number;
  readonly deepest: number;
}

interface Tally {
  folders: number;
  entries: number;
  entriesSquared: number;
  sized: number;
  size: number;
  sizeSquared: number;
  product: number;
  sizedEntries: number;
  sizedEntriesSquared: number;
  readonly children: Map<string, number>;
  childCount: number;
  most: number;
  readonly amounts: number[];
}

const newTally = (): Tally => ({
  folders: 0,
  entries: 0,
  entriesSquared: 0,
  sized: 0,
  size: 0,
  sizeSquared: 0,
  product: 0,
  sizedEntries: 0,
  sizedEntriesSquared: 0,
  children: new Map(),
  childCount: 0,
  most: 0,
  amounts: [],
});

/** Share of the variance from which on the server's word is taken, and checked on a sample. */
const told = 0.99;

export function newForecast(): FolderForecast {
  const strata = new Map<string, Tally>();
  const depths = new Map<number, Tally>();
  const all = newTally();
  let known = new Map<string, number>();

  const tallyOf = ({ stratum, depth }: FolderClue): Tally => strata.get(stratum) ?? depths.get(depth) ?? all;
  const meanOf = (tally: Tally): number => (tally.folders > 0 ? Math.max(0.5, tally.entries / tally.folders) : 10);

  /** Of the stratum; where that is not known well, of all folders, since one file system counts alike everywhere. */
  const lineOf = (stratum: string): Line | undefined => {
    const own = fitOf(strata.get(stratum) ?? newTally());
    if (own && own.explained >= told) return own;
    const common = fitOf(all);
    return common && common.explained >= told && all.sized >= 6 ? common : own;
  };

  const entriesIn = (clue: FolderClue): number => {
    const tally = tallyOf(clue);
    const mean = meanOf(tally);
    const line = lineOf(clue.stratum);
    if (line === undefined || clue.size === null) return mean;
    const fitted = line.offset + line.slope * clue.size;
    return Math.max(0.05 * mean, line.explained * fitted + (1 - line.explained) * mean);
  };

  /** Mean of everything below a folder of one stratum. Strata hold their depth: no circle. */
  const below = (stratum: string): number => {
    const before = known.get(stratum);
    if (before !== undefined) return before;
    const tally = strata.get(stratum);
    let sum = meanOf(tally ?? all);
    for (const [child, count] of tally?.children ?? []) sum += (count / (tally?.folders ?? 1)) * below(child);
    known.set(stratum, sum);
    return sum;
  };

  const belowOf = (clue: FolderClue): number => {
    if (strata.has(clue.stratum)) return below(clue.stratum);
    const alike = [...strata.keys()].filter((stratum) => stratum.startsWith(`${clue.depth}:`));
    return alike.length > 0 ? alike.reduce((sum, stratum) => sum + below(stratum), 0) / alike.length : meanOf(all);
  };

  const costAt = (depth: number): number => meanOf(depths.get(depth) ?? all);

  return {
    learn(clue, amounts, folders) {
      const [entries = 0] = amounts;
      known = new Map();
      for (const tally of [entryOf(strata, clue.stratum), entryOf(depths, clue.depth), all]) {
        tally.folders += 1;
        tally.entries += entries;
        tally.entriesSquared += entries * entries;
        tally.childCount += folders.length;
        tally.most = Math.max(tally.most, entries);
        for (const [at, amount] of amounts.entries()) tally.amounts[at] = (tally.amounts[at] ?? 0) + amount;
        for (const { stratum } of folders) tally.children.set(stratum, (tally.children.get(stratum) ?? 0) + 1);
        if (clue.size !== null) addSize(tally, clue.size, entries);
      }
    },
    entriesIn,
    isTold({ stratum, size }) {
      const tally = strata.get(stratum);
      return size !== null && tally !== undefined && tally.childCount === 0 && tally.folders >= 3 && (lineOf(stratum)?.explained ?? 0) >= told;
    },
    isChildless: ({ stratum }) => strata.get(stratum)?.childCount === 0,
    amountsIn(clue) {
      const tally = tallyOf(clue);
      const entries = entriesIn(clue);
      return tally.amounts.map((amount) => (amount / Math.max(1, tally.entries)) * entries);
    },
    mostIn: (clue) => tallyOf(clue).most,
    everythingBelow(clue) {
      const mean = meanOf(tallyOf(clue));
      return belowOf(clue) * (entriesIn(clue) / mean);
    },
    spreadAt(depth) {
      const tallies = [...strata].filter(([stratum]) => stratum.startsWith(`${depth}:`));
      const weight = tallies.reduce((sum, [, { entries }]) => sum + entries, 0);
      if (weight === 0) return 1;
      return tallies.reduce((sum, [stratum, tally]) => sum + (tally.entries / weight) * spreadOf(tally, lineOf(stratum)?.explained ?? 0), 0);
    },
    costAt,
    costSpreadAt(depth) {
      const tally = depths.get(depth);
      const mean = meanOf(tally ?? all);
      return tally && tally.folders >= 3 ? Math.max(0.6, Math.sqrt(Math.max(0, tally.entriesSquared / tally.folders - mean * mean)) / mean) : 1;
    },
    branchingAt(depth) {
      const tally = depths.get(depth);
      return tally && tally.folders > 0 ? tally.childCount / tally.folders : 0;
    },
    get deepest() {
      return Math.max(0, ...depths.keys());
    },
  };
}

function entryOf<K>(map: Map<K, Tally>, key: K): Tally {
  const found = map.get(key) ?? newTally();
  map.set(key, found);
  return found;
}

function addSize(tally: Tally, size: number, entries: number): void {
  tally.sized += 1;
  tally.size += size;
  tally.sizeSquared += size * size;
  tally.product += size * entries;
  tally.sizedEntries += entries;
  tally.sizedEntriesSquared += entries * entries;
}

interface Line {
  readonly offset: number;
  readonly slope: number;
  /** Share of the variance that the sizes explain, 0 to 1; shrunk, since few points lie on a line by chance. */
  readonly explained: number;
}

function fitOf({ sized, size, sizeSquared, product, sizedEntries, sizedEntriesSquared }: Tally): Line | undefined {
  if (sized < 3) return undefined;
  const sizeVariance = sizeSquared / sized - (size / sized) ** 2;
  const entriesVariance = sizedEntriesSquared / sized - (sizedEntries / sized) ** 2;
  if (sizeVariance <= 1e-9 * (size / sized) ** 2 || entriesVariance <= 0) return undefined;
  const covariance = product / sized - (size / sized) * (sizedEntries / sized);
  const slope = covariance / sizeVariance;
  if (slope <= 0) return undefined;
  const unexplained = Math.max(0, 1 - covariance ** 2 / (sizeVariance * entriesVariance));
  return { offset: sizedEntries / sized - slope * (size / sized), slope, explained: Math.max(0, 1 - (unexplained * (sized - 1)) / (sized - 2)) };
}

/** Folders with folders in them differ more than their own entries tell. */
function spreadOf(tally: Tally, explained: number): number {
  const mean = tally.entries / Math.max(1, tally.folders);
  if (mean === 0) return 0.3;
  const variation = Math.sqrt(Math.max(0, tally.entriesSquared / tally.folders - mean * mean)) / mean;
  const unexplained = variation * Math.sqrt(1 - explained);
  if (tally.childCount > 0) return Math.max(0.7, variation);
  return Math.min(2, Math.max(tally.folders < 3 ? 0.5 : 0.02, unexplained));
}
