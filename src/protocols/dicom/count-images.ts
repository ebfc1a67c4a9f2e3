/**
 * How many images studies hold, where the studies do not say: asked of their series, and of the images themselves where the series do
 * not say either. All studies where that is cheap, else some drawn at random. No image is fetched; their unique identifiers are counted.
 */
import { atLeast, type Estimate, exactly } from '../../model/exposure.js';
import type { Chance } from '../counting/chance.js';
import type { WeightedStudy } from '../counting/sample.js';
import { interval, studentQuantile } from '../counting/stratified.js';
import { key, tags } from './keys.js';
import type { QueryLine } from './query-line.js';
import { integerOf, uidOf } from './row-values.js';

/** Studies that show what one costs. */
const firstStudies = 5;
const mostStudies = 200;
/** Series of one study that are looked at. */
const mostSeries = 500;

export interface ImageCount {
  readonly images: Estimate;
  readonly source: 'series-counters' | 'image-list';
  readonly responses: number;
}

export interface ImageOptions {
  readonly studies: readonly WeightedStudy[];
  /** What `studies` is all of, or a sample of. */
  readonly total: Estimate;
  readonly budget: number;
  readonly chance: Chance;
  isTimeUp(): boolean;
}

/** `null` where not one study could be counted. */
export async function countImages(line: QueryLine, { studies, total, budget, chance, isTimeUp }: ImageOptions): Promise<ImageCount | null> {
  const counter = new ImageCounter(line, budget);
  const isComplete = total.basis === 'exact' && studies.length === total.value;
  const eachOnce = isComplete || total.basis === 'at-least'; // a lower bound is a sum, in which nothing may stand twice
  const order = eachOnce ? chance.distinct(mostStudies * 10, studies.length).flatMap((index) => studies[index] ?? []) : weightedDraws(studies, chance);
  const known = new Map<string, number>();
  const counts: number[] = [];
  let wanted = eachOnce ? Math.min(order.length, firstStudies) : firstStudies;
  for (const study of order) {
    if (counts.length >= wanted || isTimeUp()) break;
    const images = known.get(study.uid) ?? (await counter.ofStudy(study.uid)); // a study that is drawn again is not asked again
    if (images === null) return counts.length + counter.seen === 0 ? null : counter.floor();
    known.set(study.uid, images);
    counts.push(images);
    if (counts.length === firstStudies) wanted = Math.min(order.length, isComplete ? 10 * mostStudies : mostStudies, affordable(counter, known.size));
  }
  if (counts.length === studies.length && isComplete) return { images: exactly(sum(counts)), ...counter.told };
  return counts.length < firstStudies || total.basis === 'at-least' ? counter.floor() : { images: estimated(counts, total, isComplete), ...counter.told };
}

/** With a fifth in hand, since some studies are much larger than others. */
const affordable = (counter: ImageCounter, asked: number): number => asked + Math.floor((0.8 * counter.left) / (counter.responses / asked));

/** With replacement, in proportion to what each stands for: the mean of what is drawn is that of the archive. */
function weightedDraws(studies: readonly WeightedStudy[], chance: Chance): readonly WeightedStudy[] {
  const bounds: number[] = [];
  let all = 0;
  for (const { weight } of studies) {
    all += weight;
    bounds.push(all);
  }
  return Array.from({ length: studies.length === 0 ? 0 : mostStudies }, () => {
    const at = (chance.below(1_000_000) / 1_000_000) * all;
    return studies[bounds.findIndex((bound) => at < bound)];
  }).flatMap((study) => study ?? []);
}

/** Mean times number; both are uncertain where the number is an estimate. */
function estimated(counts: readonly number[], total: Estimate, isComplete: boolean): Estimate {
  const mean = sum(counts) / counts.length;
  const variance = sum(counts.map((count) => (count - mean) ** 2)) / (counts.length - 1) / counts.length;
  const correction = isComplete ? 1 - counts.length / total.value : 1;
  const quantile = studentQuantile(counts.length - 1);
  const ofMean = quantile * Math.sqrt(variance * correction) * total.value;
  const ofTotal = mean * ((total.high ?? total.value) - total.low) * 0.5;
  const half = Math.hypot(ofMean, ofTotal);
  const counted = isComplete ? sum(counts) : 0; // drawn with replacement, a study may have been counted twice
  return interval(mean * total.value, Math.max(counted, mean * total.value - half), mean * total.value + half);
}

class ImageCounter {
  readonly #line: QueryLine;
  left: number;
  responses = 0;
  /** Images that were seen at all, those of unfinished studies included. */
  seen = 0;
  #source: ImageCount['source'] = 'series-counters';

  constructor(line: QueryLine, budget: number) {
    this.#line = line;
    this.left = budget;
  }

  get told(): Pick<ImageCount, 'source' | 'responses'> {
    return { source: this.#source, responses: this.responses };
  }

  floor(): ImageCount {
    return { images: atLeast(this.seen), ...this.told };
  }

  /** `null` where it could not be counted to the end. */
  async ofStudy(studyUid: string): Promise<number | null> {
    const series: { uid: string | null; instances: number | null }[] = [];
    const keys = [key('QueryRetrieveLevel', 'SERIES'), key('StudyInstanceUID', studyUid), key('SeriesInstanceUID'), key('NumberOfSeriesRelatedInstances')];
    const isWhole = await this.#ask(keys, [tags.SeriesInstanceUID, tags.NumberOfSeriesRelatedInstances], mostSeries, (values) => {
      series.push({ uid: uidOf(values.get(tags.SeriesInstanceUID)), instances: integerOf(values.get(tags.NumberOfSeriesRelatedInstances)) });
    });
    if (series.length === 0) return null; // no study is without a series
    let images = 0;
    for (const { uid, instances } of series) {
      const found = instances ?? (uid === null ? null : await this.#ofSeries(studyUid, uid));
      if (instances !== null) this.seen += instances;
      if (found === null) return null;
      images += found;
    }
    return isWhole ? images : null;
  }

  async #ofSeries(studyUid: string, seriesUid: string): Promise<number | null> {
    this.#source = 'image-list';
    const keys = [key('QueryRetrieveLevel', 'IMAGE'), key('StudyInstanceUID', studyUid), key('SeriesInstanceUID', seriesUid), key('SOPInstanceUID')];
    let images = 0;
    const isWhole = await this.#ask(keys, [], Number.POSITIVE_INFINITY, () => {
      images += 1;
    });
    this.seen += images;
    return isWhole ? images : null;
  }

  async #ask(keys: Parameters<QueryLine['find']>[0]['keys'], reads: readonly number[], most: number, onRow: (values: ReadonlyMap<number, Uint8Array>) => void) {
    if (this.left < 2 || !this.#line.association.isOpen) return false;
    const result = await this.#line.find({ context: 'study-root-find', keys, reads, budget: Math.min(most, this.left - 1), onRow });
    this.left -= result.responses;
    this.responses += result.responses;
    return result.answer === 'success' && !result.cancelled;
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
