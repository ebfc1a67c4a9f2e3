/** Counts the units of every stratum: all of them where the budget suffices, else those drawn at random, which an estimate then rests on. */
import type { Inquiry } from './inquiry.js';
import { dayOf, daySeconds, lengthInDays, type Period, yearOfDay } from './period.js';
import { settle } from './settle.js';
import { unitLength } from './stratum.js';
import { type Part, type Total, totalOf } from './study-parts.js';
import type { WeekProfile } from './week-profile.js';

export interface OpenStratum {
  readonly period: Period;
  /** Studies a day, roughly; decides how it is cut, not what is estimated. */
  readonly perDay: number;
}

export interface WeightedStudy {
  readonly uid: string;
  /** Studies of the archive that it stands for. */
  readonly weight: number;
}

export interface Sample {
  readonly parts: readonly Part[];
  readonly studies: readonly WeightedStudy[];
}

/** Studies that a unit is meant to hold: few enough to spread over many units, enough to be worth a question. */
const aimedRows = 8;
/** Studies of a unit where all are asked. */
const rowsOfAll = 200;
const leastUnits = 4;
/** The part of the budget that is planned with; units that hold more than was expected take from the rest. */
const planned = 0.9;
/** Drawn in case the strata hold less than was expected, and more can be asked. */
const spare = 4;
/** Hours and days below this share of the average are a stratum of their own. */
const quiet = 0.6;

/** The busy or the quiet hours (or days) of one stretch of study time. */
interface Plan {
  readonly year: number;
  /** First second of each cell. */
  readonly cells: readonly number[];
  readonly cellLength: number;
  /** Of the whole stretch: its last cell may be shorter. */
  readonly end: number;
  readonly unit: number;
  readonly expected: number;
}

/** `all`: every unit is to be asked. Where the budget ends before that, what was asked is a sample all the same. */
export async function countUnits(inquiry: Inquiry, profile: WeekProfile, open: readonly OpenStratum[], all: boolean): Promise<Sample> {
  const kept = 0.06 + (inquiry.lacksPatients ? 0.1 : 0) + (inquiry.lacksImages ? 0.3 : 0);
  const usable = inquiry.left * (1 - kept) * planned;
  const rows = Math.max(1, Math.min(all ? rowsOfAll : Math.max(aimedRows, usable / inquiry.mostUnits - 1), inquiry.cap * 0.3));
  const plans = open.flatMap((stratum) => plansOf(stratum, profile, rows, inquiry.shortestUnit));
  const expected = plans.reduce((sum, plan) => sum + plan.expected, 0);
  const count = Math.min(inquiry.mostUnits, Math.floor(usable / (rows + 1)));
  const share = (plan: Plan) => (all ? unitsOf(plan) : Math.max(leastUnits, Math.round((count * plan.expected) / expected)));
  const shares = plans.map(share);
  const least = inquiry.left * kept;
  const totals = plans.map((): Total[] => []);
  const uids = plans.map((): string[] => []);
  const floors = plans.map(() => false);
  for (const [asked, { stratum, unit, nth }] of turns(inquiry, plans, shares).entries()) {
    const plan = plans[stratum];
    if (!plan || inquiry.isOver) break;
    if (!all && nth >= leastUnits && (inquiry.left < least || asked >= inquiry.mostUnits)) break;
    const { rows: found, isFloor } = await settle(inquiry, unitAt(plan, unit), Math.max(50, Math.floor(inquiry.left / 4)));
    if (isFloor && inquiry.isOver) break; // cut off in the middle: the unit was not counted
    if (isFloor) floors[stratum] = true;
    totals[stratum]?.push(totalOf(found));
    uids[stratum]?.push(...found.flatMap(({ uid }) => uid ?? []));
  }
  return {
    parts: plans.map((plan, index) => partOf(plan, totals[index] ?? [], floors[index] ?? false)),
    studies: plans.flatMap((plan, index) => (uids[index] ?? []).map((uid) => ({ uid, weight: unitsOf(plan) / Math.max(1, totals[index]?.length ?? 1) }))),
  };
}

/** One unit out of many says nothing about the others. */
function partOf(plan: Plan, totals: readonly Total[], isFloor: boolean): Part {
  const units = unitsOf(plan);
  return { year: plan.year, units, totals, isFloor: isFloor || (totals.length < 2 && totals.length < units) };
}

/** Neyman's allocation follows from this: the spread of a unit grows with its mean, so units are drawn in proportion to what a stratum holds. */
function plansOf({ period, perDay }: OpenStratum, profile: WeekProfile, rows: number, shortest: number): readonly Plan[] {
  const busiest = Math.min(unitLength(perDay, rows, shortest), period.to - period.from);
  const cellLength = busiest >= daySeconds ? busiest : Math.max(3600, busiest);
  const busy: Cells = { starts: [], intensity: 0 };
  const calm: Cells = { starts: [], intensity: 0 };
  for (let from = period.from; from < period.to; from += cellLength) {
    const intensity = profile.intensity(from, cellLength);
    const own = intensity >= quiet ? busy : calm;
    own.starts.push(from);
    own.intensity += intensity;
  }
  const all = busy.starts.length + calm.starts.length;
  return [busy, calm]
    .filter(({ starts }) => starts.length > 0)
    .map(({ starts, intensity }) => {
      const density = (perDay * intensity) / starts.length;
      const unit = cellLength >= daySeconds ? cellLength : Math.min(cellLength, unitLength(density, rows, shortest));
      const expected = density * lengthInDays(period) * (starts.length / all);
      return { year: yearOfDay(dayOf(period.from)), cells: starts, cellLength, end: period.to, unit, expected };
    });
}

interface Cells {
  readonly starts: number[];
  /** Of all together. */
  intensity: number;
}

const unitsOf = ({ cells, cellLength, unit }: Plan): number => cells.length * (cellLength / unit);

function unitAt({ cells, cellLength, unit, end }: Plan, index: number): Period {
  const perCell = cellLength / unit;
  const from = (cells[Math.floor(index / perCell)] ?? 0) + (index % perCell) * unit;
  return { from, to: Math.min(end, from + unit) };
}

interface Turn {
  readonly stratum: number;
  readonly unit: number;
  /** How many of its stratum were before it. */
  readonly nth: number;
}

/**
 * The least number of every stratum, then all others in proportion to the strata's shares: wherever the budget or the time ends it,
 * what was asked is a fair sample.
 */
function turns(inquiry: Inquiry, plans: readonly Plan[], shares: readonly number[]): readonly Turn[] {
  const all = plans.flatMap((plan, stratum) => {
    const share = shares[stratum] ?? 1;
    const offset = inquiry.chance.below(1000) / 1000;
    const units = inquiry.chance.distinct(spare * share, unitsOf(plan));
    return units.map((unit, nth) => ({ stratum, unit, nth, place: nth < leastUnits ? nth - leastUnits : (nth + offset) / share }));
  });
  return all.sort((a, b) => a.place - b.place);
}
