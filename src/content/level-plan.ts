/** How many folders to list at each level with the entries that are left: more where they differ much, fewer where a listing costs much (Neyman 1934). */
import type { FolderForecast } from './folder-forecast.js';

export interface LevelPlan {
  readonly depth: number;
  /** So many are expected to be there. */
  readonly folders: number;
  readonly listings: number;
}

interface Level {
  readonly depth: number;
  readonly folders: number;
  readonly cost: number;
  readonly spread: number;
  readonly costSpread: number;
}

/** `folders` of mean `cost` at `depth`, and what is expected below; at least `least` of each level. Costs vary: what they may exceed is kept back. */
export function planLevels(forecast: FolderForecast, depth: number, folders: number, cost: number, budget: number, least: number): readonly LevelPlan[] {
  const levels = levelsBelow(forecast, depth, folders, cost);
  const listings = allocate(levels, budget, least);
  const deviation = Math.sqrt(levels.reduce((sum, level, at) => sum + (listings[at] ?? 0) * (level.cost * level.costSpread) ** 2, 0));
  const careful = allocate(levels, Math.max(budget / 3, 0.95 * budget - 1.5 * deviation), least);
  return levels.map((level, at) => ({ depth: level.depth, folders: level.folders, listings: careful[at] ?? 0 }));
}

function levelsBelow(forecast: FolderForecast, depth: number, folders: number, cost: number): readonly Level[] {
  const levelAt = (at: number, count: number, each: number): Level => ({
    depth: at,
    folders: count,
    cost: each,
    spread: forecast.spreadAt(at),
    costSpread: forecast.costSpreadAt(at),
  });
  const levels = [levelAt(depth, folders, cost)];
  for (let at = depth; at < forecast.deepest; at += 1) {
    const below = (levels.at(-1)?.folders ?? 0) * forecast.branchingAt(at);
    if (below <= 0) break;
    levels.push(levelAt(at + 1, below, forecast.costAt(at + 1)));
  }
  return levels;
}

/** In proportion to spread over the square root of the cost, as far as there are folders, for the whole budget. */
function allocate(levels: readonly Level[], budget: number, least: number): readonly number[] {
  const listingsAt = (scale: number) => levels.map(({ folders, spread, cost }) => Math.min(folders, Math.max(least, (scale * spread) / Math.sqrt(cost))));
  const costOf = (listings: readonly number[]) => listings.reduce((sum, count, at) => sum + count * (levels[at]?.cost ?? 0), 0);
  let low = 0;
  let high = budget * 10;
  for (let round = 0; round < 40; round += 1) {
    const middle = (low + high) / 2;
    if (costOf(listingsAt(middle)) > budget) high = middle;
    else low = middle;
  }
  return listingsAt(low);
}
