/**
 * Questions for studies of a period, within one archive's budget; what the answers say about the archive's own limit and about
 * how it treats dates. Decides nothing about what to ask next and opens no sockets.
 */
import type { Chance } from './chance.js';
import { dayOf, daySeconds, type Period } from './period.js';

/** What a count needs of one study. */
export interface StudyRow {
  /** Days since 1970-01-01; `null` without a readable date. */
  readonly day: number | null;
  /** Seconds since midnight; `null` without a readable time. */
  readonly second: number | null;
  readonly instances: number | null;
  /** How many studies its patient has. */
  readonly patientStudies: number | null;
  /** Held in memory to ask for that study again, and dropped. */
  readonly uid: string | null;
}

export interface Answer {
  readonly rows: readonly StudyRow[];
  /**
   * `whole`: success. `limit`: cancelled by us. `cut`: the archive said that there is more (FE00H, B000H). `refused`: any other status.
   * `lost`: the association is gone and there is no other. `not-asked`: no budget, no time or no association left.
   */
  readonly ended: 'whole' | 'limit' | 'cut' | 'refused' | 'lost' | 'not-asked';
  /** Answers that it cost the device: each record, the end of the list, and what comes after a cancellation. */
  readonly responses: number;
}

/** `period` `null`: all studies, those without a date too. At most `limit` rows are taken. */
export type Ask = (period: Period | null, limit: number) => Promise<Answer>;

export interface InquiryOptions {
  /** Answers that may be spent: records, and the end of each list. */
  readonly budget: number;
  /** Stretches of time that a sample may ask for; default 450, so that a device that takes a tenth of a second for each is done in time. */
  readonly mostUnits?: number;
  readonly chance: Chance;
  /** Days since 1970-01-01. */
  readonly today: number;
  isTimeUp(): boolean;
}

/** An archive that refuses so many questions in a row will refuse the next one. */
const mostRefusals = 6;
/** Nor does one give anything that refused so many and never gave a row. */
const mostFruitless = 20;
const notAsked: Answer = { rows: [], ended: 'not-asked', responses: 0 };

export class Inquiry {
  readonly #ask: Ask;
  readonly #isTimeUp: () => boolean;
  readonly chance: Chance;
  readonly today: number;
  readonly mostUnits: number;
  left: number;
  requests = 0;
  /** Rows that the archive gives in one answer at most, as far as it showed. */
  cap = Number.POSITIVE_INFINITY;
  /** Answers to a period held studies of other days, or none that have a date. */
  ignoresDates = false;
  /** Answers to a part of a day held studies of other hours. */
  ignoresTimes = false;
  /** Some studies did not say how many images they have, or how many studies their patient has: the budget has to pay for that too. */
  lacksImages = false;
  lacksPatients = false;
  isLost = false;
  /** For the answers that come after a cancellation. */
  readonly #slack: number;
  #refusals = 0;
  #fruitless = 0;
  #timed = 0;
  #untimed = 0;

  constructor(ask: Ask, { budget, chance, today, mostUnits = 450, isTimeUp }: InquiryOptions) {
    this.#ask = ask;
    this.#isTimeUp = isTimeUp;
    this.left = budget;
    this.#slack = Math.floor(budget / 100);
    this.chance = chance;
    this.today = today;
    this.mostUnits = mostUnits;
  }

  get isOver(): boolean {
    return this.isLost || this.room < 1 || this.#refusals >= mostRefusals || this.#fruitless >= mostFruitless || this.#isTimeUp();
  }

  /** Seconds. Where more than a few of the dated studies have no time, or times are ignored, parts of a day do not find them. */
  get shortestUnit(): number {
    return this.ignoresTimes || this.#untimed * 50 > this.#timed + this.#untimed ? daySeconds : 10;
  }

  /** Rows that one more question may bring. */
  get room(): number {
    return this.left - 1 - this.#slack;
  }

  async ask(period: Period | null, limit: number): Promise<Answer> {
    if (this.isOver) return notAsked;
    const answer = await this.#ask(period, Math.max(1, Math.min(limit, this.room)));
    this.requests += 1;
    this.left -= answer.responses;
    this.#refusals = answer.ended === 'refused' ? this.#refusals + 1 : 0;
    this.#fruitless = answer.rows.length > 0 ? Number.NEGATIVE_INFINITY : this.#fruitless + (answer.ended === 'refused' ? 1 : 0);
    const dated = answer.rows.filter(({ day }) => day !== null);
    const timed = dated.filter(({ second }) => second !== null).length;
    this.#timed += timed;
    this.#untimed += dated.length - timed;
    if (answer.ended === 'lost') this.isLost = true;
    this.lacksImages ||= answer.rows.some(({ instances }) => instances === null);
    this.lacksPatients ||= period !== null && answer.rows.some(({ patientStudies }) => patientStudies === null);
    if (answer.ended === 'cut' && answer.rows.length > 0) this.cap = Math.min(this.cap, answer.rows.length);
    if (period) this.#compare(period, answer.rows);
    return answer;
  }

  /** Everything that the period holds is in the answer. */
  isWhole(answer: Answer): boolean {
    return answer.ended === 'whole' && answer.rows.length < this.cap;
  }

  /** A day on either side is let pass: some archives work out dates in another time zone. */
  #compare(period: Period, rows: readonly StudyRow[]): void {
    const first = dayOf(period.from) - 1;
    const last = dayOf(period.to - 1) + 1;
    const isForeign = ({ day }: StudyRow) => day === null || day < first || day > last;
    if (rows.some(isForeign)) this.ignoresDates = true;
    const start = dayOf(period.from) * daySeconds;
    const isOtherTime = ({ second }: StudyRow) => second !== null && (second < period.from - start - 1 || second > period.to - start);
    if (period.to - period.from < daySeconds && rows.some(isOtherTime)) this.ignoresTimes = true;
  }
}
