/**
 * Level by level some folders are chosen with known chances, listed, and counted for as many as they stand for; a few groups of them do so
 * independently of each other, so that their differences tell how far off their mean may be. docs/decisions/0007-counting-without-walking.md
 */
import type { Chance } from './chance.js';
import { planLevels } from './level-plan.js';
import { type Choice, type Sample, systematicSample } from './systematic-sample.js';
import { isListed, type TreeNode, type TreeWalk } from './tree-walk.js';

interface Weighted<Folder> {
  readonly node: TreeNode<Folder>;
  /** How many folders this one stands for. */
  readonly weight: number;
  /** Counted already, on the server's word of its size: what is found counts as far as it differs. */
  readonly foretold: readonly number[] | null;
}

/** What was listed and what was taken on the server's word, by one group or for all of them. */
interface Tally<Folder> {
  readonly listed: Weighted<Folder>[];
  readonly foretold: Weighted<Folder>[];
}

export interface TreeSample {
  /** One estimate of every amount a group. */
  readonly estimates: readonly (readonly number[])[];
  /** Some folder that counts was not listed to its end: what was not seen is missing in the estimates. */
  readonly isPart: boolean;
}

const fewestGroups = 6;
const mostGroups = 20;

/** `null`: there is nothing to choose from, everything was listed on the way, or too little budget for an interval. The root has been listed. */
export async function sampleTree<Folder>(walk: TreeWalk<Folder>, root: TreeNode<Folder>, chance: Chance): Promise<TreeSample | null> {
  if (!isListed(root) || root.children.length === 0) return null;
  await probe(walk, root, chance);
  if (walk.isWhole) return null;
  const count = groupCount(walk, root);
  if (count === 0) return null;
  const { shared, dealt, rest } = await sampleShared(walk, root, count, chance);
  if (walk.isWhole) return null;
  const groups: Tally<Folder>[] = [];
  for (let group = 0; group < count; group += 1) {
    const hands = dealt.map((level) => level[group] ?? []);
    groups.push(await sampleGroup(walk, hands, rest, (walk.left - walk.budget / 10) / (count - group + 0.5), chance));
  }
  return conclude(
    shared,
    groups,
    [...groups, shared].some((tally) => tally.foretold.some((each) => isTooLarge(walk, each))),
  );
}

interface SharedSample<Folder> {
  readonly shared: Tally<Folder>;
  /** By depth, then by group: chosen and not yet listed. */
  readonly dealt: readonly (readonly (readonly Weighted<Folder>[])[])[];
  /** Not chosen from yet, one level below the last that was dealt: each group chooses for itself. */
  readonly rest: readonly Weighted<Folder>[];
}

/** From the root down as far as whole levels are listed. Of the first level that is too much the largest are listed, and some of the others dealt to the groups. */
async function sampleShared<Folder>(walk: TreeWalk<Folder>, root: TreeNode<Folder>, groups: number, chance: Chance): Promise<SharedSample<Folder>> {
  const once = (node: TreeNode<Folder>): Weighted<Folder> => ({ node, weight: 1, foretold: null });
  const shared: Tally<Folder> = { listed: [once(root)], foretold: [] };
  const dealt: (readonly (readonly Weighted<Folder>[])[])[] = [[]];
  let level = below(shared.listed);
  while (level.length > 0) {
    const { plain, told } = bySize(walk, level);
    const massOf = massIn(walk, plain);
    const wanted = listingsFor(walk, plain, massOf, walk.left, groups);
    const fromPlain = systematicSample(inOrder(plain, massOf), massOf, wanted, groups, chance);
    const fromTold = checksOf(walk, told, groups, chance);
    dealt.push(deal([...fromPlain.drawn, ...fromTold.drawn], groups, chance));
    const certain = [...fromPlain.certain, ...fromTold.certain];
    for (const { node } of certain) await walk.open(node, walk.fairShare);
    shared.listed.push(...certain);
    shared.foretold.push(...told);
    level = below(certain);
    if (fromPlain.drawn.length > 0) return { shared, dealt, rest: level };
  }
  return { shared, dealt, rest: [] };
}

/** Of each turn of as many as there are groups, one to each. */
function deal<Folder>(drawn: readonly Choice<Weighted<Folder>>[], groups: number, chance: Chance): readonly (readonly Weighted<Folder>[])[] {
  const hands: Weighted<Folder>[][] = Array.from({ length: groups }, () => []);
  for (let at = 0; at < drawn.length; at += groups) {
    const turn = chance.shuffled(drawn.slice(at, at + groups));
    for (const [group, { item, probability }] of turn.entries()) hands[group]?.push({ ...item, weight: (item.weight * groups) / probability });
  }
  return hands;
}

/** All levels of one group, with its part of the budget: what earlier groups taught may change how it chooses, not what it is an estimate of. */
async function sampleGroup<Folder>(
  walk: TreeWalk<Folder>,
  hands: readonly (readonly Weighted<Folder>[])[],
  rest: readonly Weighted<Folder>[],
  budget: number,
  chance: Chance,
): Promise<Tally<Folder>> {
  const tally: Tally<Folder> = { listed: [], foretold: [] };
  const start = walk.left;
  let own: readonly Weighted<Folder>[] = [];
  for (let depth = 1; depth <= hands.length || own.length > 0; depth += 1) {
    const hand = hands[depth] ?? [];
    if (depth === hands.length) own = [...own, ...rest];
    for (const { node } of hand) await walk.open(node, walk.fairShare);
    const { plain, told } = bySize(walk, own);
    const massOf = massIn(walk, plain);
    const wanted = listingsFor(walk, plain, massOf, budget - (start - walk.left), 1);
    const chosen = [...weighted(systematicSample(inOrder(plain, massOf), massOf, wanted, 1, chance)), ...weighted(checksOf(walk, told, 1, chance))];
    for (const { node } of chosen) await walk.open(node, walk.fairShare);
    tally.listed.push(...hand, ...chosen);
    tally.foretold.push(...told);
    own = below([...hand, ...chosen]);
  }
  return tally;
}

const weighted = <Folder>({ certain, drawn }: Sample<Weighted<Folder>>): readonly Weighted<Folder>[] => [
  ...certain,
  ...drawn.map(({ item, probability }) => ({ ...item, weight: item.weight / probability })),
];

/** Where the budget ended within some groups, the others stand; a folder without an end spoils the group that chose it, and no other may speak for it. */
function conclude<Folder>(shared: Tally<Folder>, groups: readonly Tally<Folder>[], isCut: boolean): TreeSample {
  const listedToTheEnd = ({ listed }: Tally<Folder>): boolean => listed.every(({ node }) => isListed(node));
  const hasEndless = [shared, ...groups].some(({ listed }) => listed.some(({ node }) => node.isGiant));
  const finished = groups.filter(listedToTheEnd);
  const isPart = isCut || hasEndless || !listedToTheEnd(shared) || finished.length < Math.max(4, groups.length / 2);
  return { estimates: (isPart ? groups : finished).map((group) => total([shared, group])), isPart };
}

/** Random ways down, to learn what listings cost and whether sizes tell anything; they count for nothing. About an eighth of the budget. */
async function probe<Folder>(walk: TreeWalk<Folder>, root: TreeNode<Folder>, chance: Chance): Promise<void> {
  const start = walk.left;
  const mayGoOn = (probes: number): boolean => !walk.isWhole && start - walk.left < walk.budget / (probes < 6 ? 4 : 8);
  for (let probes = 0; probes < 20 && mayGoOn(probes); probes += 1) {
    let node: TreeNode<Folder> | undefined = root;
    while (node !== undefined) {
      await walk.open(node, walk.fairShare);
      const alike: readonly TreeNode<Folder>[] = oneStratum(walk, node.children, probes % 2 === 0, chance);
      node = smallest(alike, alike.every((each) => walk.forecast.isChildless(each)) && (probes < 4 || probes % 4 !== 3) ? 8 : 1, chance);
    }
  }
}

/** Now any, now one where most is expected. */
function oneStratum<Folder>(walk: TreeWalk<Folder>, nodes: readonly TreeNode<Folder>[], isAny: boolean, chance: Chance): readonly TreeNode<Folder>[] {
  const masses = new Map<string, number>();
  for (const node of nodes) masses.set(node.stratum, isAny ? 1 : (masses.get(node.stratum) ?? 0) + walk.forecast.everythingBelow(node));
  let mark = chance.next() * [...masses.values()].reduce((sum, mass) => sum + mass, 0);
  for (const [stratum, mass] of masses) {
    mark -= mass;
    if (mark < 0) return nodes.filter((node) => node.stratum === stratum);
  }
  return nodes;
}

/** Of a few: small folders tell as well as large ones what a size means, and cost less. */
function smallest<Folder>(nodes: readonly TreeNode<Folder>[], tries: number, chance: Chance): TreeNode<Folder> | undefined {
  const few = Array.from({ length: tries }, () => nodes[chance.below(nodes.length)]).filter((node) => node !== undefined);
  return few.toSorted((a, b) => (a.size ?? 0) - (b.size ?? 0))[0];
}

/** As many as the scarcest level allows, since each group lists at least one folder of each. 0: too few for an interval. */
function groupCount<Folder>(walk: TreeWalk<Folder>, root: TreeNode<Folder>): number {
  const cost = root.children.reduce((sum, node) => sum + walk.forecast.entriesIn(node), 0) / root.children.length;
  const plan = planLevels(walk.forecast, 1, root.children.length, cost, walk.left, 1);
  const sampled = plan.filter(({ folders, listings }) => !isNearlyAll(listings, folders));
  // where sizes tell, each group costs a check that teaches little: few groups leave more for the levels above
  const areTold = sampled.some(({ depth }) => walk.forecast.spreadAt(depth) <= 0.1);
  const scarcest = areTold ? fewestGroups : Math.min(mostGroups, ...sampled.map(({ listings }) => Math.floor(listings)));
  const costOfOne = sampled.reduce((sum, { depth }) => sum + walk.forecast.costAt(depth), 0);
  const groups = Math.min(Math.floor(walk.left / Math.max(1, costOfOne)), Math.max(fewestGroups, scarcest));
  return groups < 3 ? 0 : Math.min(groups, mostGroups);
}

const isNearlyAll = (listings: number, folders: number): boolean => listings >= 0.85 * folders;

interface BySize<Folder> {
  readonly plain: readonly Weighted<Folder>[];
  readonly told: readonly Weighted<Folder>[];
}

/** Apart: folders of whose contents the server's word suffices, so that a check on a few of them does. */
function bySize<Folder>({ forecast }: TreeWalk<Folder>, level: readonly Weighted<Folder>[]): BySize<Folder> {
  const isTold = ({ node }: Weighted<Folder>): boolean => node.contents === undefined && forecast.isTold(node);
  return {
    plain: level.filter((each) => !isTold(each)),
    told: level.filter(isTold).map((each) => ({ ...each, foretold: forecast.amountsIn(each.node) })),
  };
}

/** Too much to list, and far more than was ever verified: a server's word alone is no count. */
const isTooLarge = <Folder>({ forecast, budget }: TreeWalk<Folder>, { node }: Weighted<Folder>): boolean =>
  forecast.entriesIn(node) > Math.max(budget / 8, 50 * forecast.mostIn(node));

/** One or two a group: they are there to catch a word that is wrong. The square root makes large, costly listings rarer. */
function checksOf<Folder>(walk: TreeWalk<Folder>, told: readonly Weighted<Folder>[], wanted: number, chance: Chance): Sample<Weighted<Folder>> {
  const listable = told.filter(({ node }) => walk.forecast.entriesIn(node) <= walk.fairShare);
  const sizeOf = ({ node, weight }: Weighted<Folder>): number => weight * Math.sqrt(walk.forecast.entriesIn(node));
  return systematicSample(inOrder(listable, sizeOf), sizeOf, wanted, wanted, chance);
}

/** How much each stands for: by this it is chosen. Never far below the others, since forecasts err. */
function massIn<Folder>({ forecast }: TreeWalk<Folder>, level: readonly Weighted<Folder>[]): (each: Weighted<Folder>) => number {
  const measures = new Map(level.map(({ node }) => [node, forecast.everythingBelow(node)]));
  const floor = (0.05 * [...measures.values()].reduce((sum, value) => sum + value, 0)) / Math.max(1, measures.size);
  return ({ node, weight }) => weight * Math.max(floor, measures.get(node) ?? 0);
}

function listingsFor<Folder>(
  walk: TreeWalk<Folder>,
  level: readonly Weighted<Folder>[],
  massOf: (each: Weighted<Folder>) => number,
  budget: number,
  least: number,
): number {
  const { forecast } = walk;
  // what was listed before costs nothing
  const costOf = ({ node }: Weighted<Folder>): number => (node.contents === undefined ? forecast.entriesIn(node) : 0);
  const mass = level.reduce((sum, each) => sum + massOf(each), 0);
  const cost = level.reduce((sum, each) => sum + massOf(each) * costOf(each), 0) / mass;
  const folders = level.reduce((sum, { weight }) => sum + weight, 0);
  const depth = level[0]?.node.depth ?? 1;
  const listings = planLevels(forecast, depth, folders, Math.max(0.5, cost), budget, least)[0]?.listings ?? least;
  return isNearlyAll(listings, level.length) ? level.length : Math.max(least, Math.round(listings));
}

/** Alike beside alike, small before large: a systematic sample then takes its share of each. */
function inOrder<Folder>(items: readonly Weighted<Folder>[], sizeOf: (each: Weighted<Folder>) => number): readonly Weighted<Folder>[] {
  const keyed = items.map((item) => ({ item, stratum: item.node.stratum, size: sizeOf(item) }));
  keyed.sort((a, b) => (a.stratum < b.stratum ? -1 : a.stratum > b.stratum ? 1 : a.size - b.size));
  return keyed.map(({ item }) => item);
}

const below = <Folder>(list: readonly Weighted<Folder>[]): readonly Weighted<Folder>[] =>
  list.flatMap(({ node, weight }) => node.children.map((child) => ({ node: child, weight, foretold: null })));

function total<Folder>(tallies: readonly Tally<Folder>[]): readonly number[] {
  const sums: number[] = [];
  const add = (amounts: readonly number[], weight: number): void => {
    for (const [at, amount] of amounts.entries()) sums[at] = (sums[at] ?? 0) + weight * amount;
  };
  for (const { listed, foretold } of tallies) {
    for (const { weight, foretold: amounts } of foretold) add(amounts ?? [], weight);
    for (const { node, weight, foretold: amounts } of listed) {
      add(node.contents?.amounts ?? [], weight);
      add(amounts ?? [], -weight);
    }
  }
  return sums;
}
