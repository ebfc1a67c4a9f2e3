/** Of files that look like DICOM a few are looked at, 132 bytes each: how many are, and what stands before the prefix. */

import type { PreambleKind } from '../model/content-survey.js';
import { atLeast, type Estimate, exactly } from '../model/exposure.js';
import type { Chance } from './chance.js';
import { type Candidate, type ImageSign, imageSigns, type Suspect } from './folder-contents.js';
import { executablePreambles, readFirstBytes } from './preamble.js';

/** Uniformly from all that were listed, however many there are (Vitter's algorithm R). */
export class Reservoir<T> {
  readonly kept: T[] = [];
  readonly #room: number;
  readonly #chance: Chance;
  #met = 0;

  constructor(room: number, chance: Chance) {
    this.#room = room;
    this.#chance = chance;
  }

  offer(item: T): void {
    this.#met += 1;
    if (this.kept.length < this.#room) {
      this.kept.push(item);
      return;
    }
    const place = this.#chance.below(this.#met);
    if (place < this.#room) this.kept[place] = item;
  }
}

export interface Look {
  readonly asked: number;
  readonly dicom: number;
}

export interface CloserLook<Handle> {
  readonly all: Look;
  /** Of the sample alone. */
  readonly bySign: Readonly<Record<ImageSign, Look>>;
  readonly preambles: Readonly<Partial<Record<PreambleKind, number>>>;
  readonly suspicious: readonly Suspect<Handle>[];
  /** DICOM files that begin like a program. */
  readonly programs: readonly Handle[];
  /** Messages that asked for first bytes, answered or not. */
  readonly cost: number;
}

export interface Looks<Handle> {
  readonly sample: readonly Candidate<Handle>[];
  /** Beside files that rules speak of: whoever left those may have changed these. They speak for no others. */
  readonly suspects: readonly Candidate<Handle>[];
}

/** `atMost` in all: a quarter of them for suspects where there are any, the rest in turn for each sign. */
export function chooseLooks<Handle>(reservoirs: Readonly<Record<ImageSign | 'suspect', Reservoir<Candidate<Handle>>>>, atMost: number): Looks<Handle> {
  const suspects = reservoirs.suspect.kept.slice(0, Math.ceil(atMost / 4));
  const sample: Candidate<Handle>[] = [];
  for (let round = 0; round < atMost; round += 1) {
    for (const sign of imageSigns) {
      const candidate = reservoirs[sign].kept[round];
      if (candidate && sample.length < atMost - suspects.length) sample.push(candidate);
    }
  }
  return { sample, suspects: suspects.filter((suspect) => !sample.includes(suspect)) };
}

export class Looking<Handle> {
  readonly #bySign: Record<ImageSign, { asked: number; dicom: number }> = {
    named: { asked: 0, dicom: 0 },
    placed: { asked: 0, dicom: 0 },
    maybe: { asked: 0, dicom: 0 },
  };
  readonly #all = { asked: 0, dicom: 0 };
  readonly #preambles: Partial<Record<PreambleKind, number>> = {};
  readonly #suspicious: Suspect<Handle>[] = [];
  readonly #programs: Handle[] = [];
  #cost = 0;

  count(): void {
    this.#cost += 1;
  }

  /** `isBySample`: chosen evenly, so that it speaks for others too. */
  see({ handle, sign, depth, size }: Candidate<Handle>, bytes: Uint8Array, isBySample: boolean): void {
    const { isDicom, kind } = readFirstBytes(bytes);
    for (const look of isBySample ? [this.#all, this.#bySign[sign]] : [this.#all]) {
      look.asked += 1;
      if (isDicom) look.dicom += 1;
    }
    if (isDicom) {
      this.#preambles[kind] = (this.#preambles[kind] ?? 0) + 1;
      if (executablePreambles.includes(kind)) this.#programs.push(handle);
    } else if (sign === 'named' && executablePreambles.includes(kind)) {
      this.#suspicious.push({ handle, file: { rule: 'program-named-like-image', name: 'x', depth, size } });
    }
  }

  get result(): CloserLook<Handle> {
    return {
      all: this.#all,
      bySign: this.#bySign,
      preambles: this.#preambles,
      suspicious: this.#suspicious,
      programs: this.#programs,
      cost: this.#cost,
    };
  }
}

/** Files of one sign that are DICOM: what the look says of all of them. `isProof`: a name is worth something even where nobody looked. */
export function correctedBy({ asked, dicom }: Look, files: Estimate, isProof: boolean): Estimate {
  if (files.value === 0 && files.basis === 'exact') return exactly(0);
  if (asked === 0) return isProof ? files : exactly(0);
  if (asked === dicom && isProof) return files;
  if (files.basis === 'exact' && asked >= files.value) return exactly(dicom);
  const { low, high } = wilson(dicom, asked);
  if (files.basis === 'at-least') return atLeast(Math.max(dicom, Math.floor(files.low * low)));
  return {
    value: Math.max(dicom, Math.round((files.value * dicom) / asked)),
    basis: 'estimate',
    low: Math.max(dicom, Math.floor(files.low * low)),
    high: files.high === null ? null : Math.ceil(files.high * high),
  };
}

/** 95 % interval of a share (Wilson 1927), which holds at 0 of n and n of n too. */
function wilson(hits: number, asked: number): { readonly low: number; readonly high: number } {
  const z = 1.96;
  const share = hits / asked;
  const centre = share + (z * z) / (2 * asked);
  const half = z * Math.sqrt((share * (1 - share)) / asked + (z * z) / (4 * asked * asked));
  const scale = 1 + (z * z) / asked;
  return { low: Math.max(0, (centre - half) / scale), high: Math.min(1, (centre + half) / scale) };
}
