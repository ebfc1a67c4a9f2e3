/** Runs targets for a while on damaged inputs and tells of what breaks. Reads no clock but the one that it is handed and stores nothing. */
import fc from 'fast-check';
import { minimise, signature } from './minimise.js';
import { Dice, mutated } from './mutate.js';
import type { Target } from './target.js';

export interface Finding {
  readonly target: string;
  /** Minimised. */
  readonly input: Uint8Array;
  readonly what: string;
}

export interface Tally {
  readonly target: string;
  runs: number;
  slowestMs: number;
  slowestBytes: number;
  /** Inputs that took longer than their size explains, each time of three. */
  complaints: number;
}

export interface Campaign {
  readonly targets: readonly Target[];
  readonly seed: number;
  /** Runs that making one input small may take. */
  readonly mostTries: number;
  /** Milliseconds, of any origin. */
  now(): number;
  isOver(): boolean;
  /** Told of each input before it is run, so that one that never returns is known. */
  onInput(target: Target, input: Uint8Array): void;
  onFinding(finding: Finding): void;
}

/** Milliseconds that 64 kB may take; a machine that is busy takes longer now and then, and so an input has three tries. */
const allowedMs = 50;
const allowanceBytes = 65_536;
/** Milliseconds for one target before the next has its turn. */
const turnMs = 40;
/** Every so many turns fast-check makes up the inputs. */
const madeUpEvery = 8;

export function runCampaign(campaign: Campaign): readonly Tally[] {
  const runners = campaign.targets.map((target, index) => new Runner(target, campaign, new Dice(campaign.seed + index * 7_919)));
  for (let turn = 0; !campaign.isOver(); turn += 1) for (const runner of runners) if (!campaign.isOver()) runner.turn(turn);
  return runners.map(({ tally }) => tally);
}

class Runner {
  readonly tally: Tally;
  readonly #target: Target;
  readonly #campaign: Campaign;
  readonly #dice: Dice;
  readonly #seeds: readonly Uint8Array[];
  readonly #seen = new Set<string>();

  constructor(target: Target, campaign: Campaign, dice: Dice) {
    this.#target = target;
    this.#campaign = campaign;
    this.#dice = dice;
    this.#seeds = target.seeds().filter((seed) => seed.length > 0);
    this.tally = { target: target.name, runs: 0, slowestMs: 0, slowestBytes: 0, complaints: 0 };
    for (const seed of this.#seeds) this.#try(seed);
  }

  turn(turn: number): void {
    const until = this.#campaign.now() + turnMs;
    if (turn % madeUpEvery === madeUpEvery - 1) {
      const anything = fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        fc.string({ unit: 'binary', maxLength: 100 }).map((text) => new TextEncoder().encode(text)),
      );
      for (const input of fc.sample(anything, { seed: this.#dice.uint32() | 0, numRuns: 100 })) this.#try(input);
    }
    while (this.#campaign.now() < until) this.#try(mutated(this.#seeds, this.#dice));
  }

  #try(input: Uint8Array): void {
    const began = this.#campaign.now();
    const error = this.#errorOf(input);
    const took = this.#campaign.now() - began;
    if (error !== undefined) this.#report(input, error);
    if (took > this.tally.slowestMs) this.#noteSlow(input, took);
  }

  #errorOf(input: Uint8Array): unknown {
    this.tally.runs += 1;
    this.#campaign.onInput(this.#target, input);
    try {
      this.#target.run(input);
      return undefined;
    } catch (error) {
      return error ?? new Error('nothing was thrown');
    }
  }

  #report(input: Uint8Array, error: unknown): void {
    const mark = signature(error);
    if (this.#seen.has(mark)) return;
    this.#seen.add(mark);
    const failsAlike = (candidate: Uint8Array): boolean => {
      const other = this.#errorOf(candidate);
      return other !== undefined && signature(other) === mark;
    };
    const smallest = minimise(input, failsAlike, this.#campaign.mostTries);
    this.#campaign.onFinding({ target: this.#target.name, input: smallest, what: `${mark}: ${error instanceof Error ? error.message : ''}`.slice(0, 300) });
  }

  /** The best of three is what the input costs; the rest is the machine's. */
  #noteSlow(input: Uint8Array, first: number): void {
    let best = first;
    for (let again = 0; again < 2; again += 1) {
      const began = this.#campaign.now();
      this.#errorOf(input);
      best = Math.min(best, this.#campaign.now() - began);
    }
    if (best > allowedMs * Math.max(1, input.length / allowanceBytes)) this.tally.complaints += 1;
    if (best <= this.tally.slowestMs) return;
    this.tally.slowestMs = best;
    this.tally.slowestBytes = input.length;
  }
}
