/** Archives of all sizes and oddities, asked without a network: every figure is true, or its interval holds the truth. */
import { describe, expect, it } from 'vitest';
import { hospital, type SimulatedArchive, type SimulatedStudy, simulated } from '../../../test/fixtures/simulated-studies.js';
import type { Estimate } from '../../model/exposure.js';
import { chance } from './chance.js';
import { countedAtOnce, countInParts, lookAtAll, looksLikeLimit } from './count-studies.js';
import { Inquiry } from './inquiry.js';
import { dayNumber, daySeconds } from './period.js';
import { figuresOf } from './study-parts.js';
import { withUndated } from './undated.js';

const today = dayNumber(2026, 6, 1);

async function count(studies: readonly SimulatedStudy[], archive: SimulatedArchive = {}, seed = 1, { budget = 5_000, mostUnits = 450 } = {}) {
  const { ask, spent } = simulated(studies, archive);
  const inquiry = new Inquiry(ask, { budget, mostUnits, chance: chance(seed), today, isTimeUp: () => false });
  const look = await lookAtAll(inquiry);
  const isAll = look.ended === 'whole' && !looksLikeLimit(look.rows.length);
  const counted = isAll ? countedAtOnce(look.rows) : await countInParts(inquiry, look);
  return { counted, spent, figures: withUndated(figuresOf(counted.parts, counted.method === 'cut-short'), counted.undated) };
}

const sum = (studies: readonly SimulatedStudy[], pick: (study: SimulatedStudy) => number) => studies.reduce((total, study) => total + pick(study), 0);
const imagesOf = (studies: readonly SimulatedStudy[]) => sum(studies, ({ instances }) => instances);
const holds = (figure: Estimate | null, truth: number) => figure !== null && figure.low <= truth && (figure.high ?? Number.POSITIVE_INFINITY) >= truth;
const exact = (value: number) => ({ value, basis: 'exact', low: value, high: value });
const on = (date: number, instances = 3): SimulatedStudy => ({ at: date, instances, patientStudies: 1 });
const undated: SimulatedStudy = { at: null, instances: 3, patientStudies: 1 };

describe('exactly', () => {
  it.each<[title: string, studies: number, archive: SimulatedArchive, method: string]>([
    ['an empty archive', 0, {}, 'at-once'],
    ['one study', 1, {}, 'at-once'],
    ['999 studies', 999, {}, 'at-once'],
    ['1,000 studies, round by chance', 1_000, {}, 'at-once'],
    ['2,000 studies', 2_000, {}, 'at-once'],
    ['999 studies, 100 an answer', 999, { cap: 100 }, 'in-parts'],
    ['999 studies, 200 an answer', 999, { cap: 200 }, 'in-parts'],
    ['999 studies, 500 an answer', 999, { cap: 500 }, 'in-parts'],
    ['150 studies, 100 an answer', 150, { cap: 100 }, 'in-parts'],
    ['2,000 studies, 100 an answer', 2_000, { cap: 100 }, 'in-parts'],
    ['2,000 studies, cut off with FE00H at 137', 2_000, { cap: 137, capEnds: 'cut' }, 'in-parts'],
  ])('%s', async (_, number, archive, method) => {
    const studies = hospital(number, [2008, 2025], 5);
    const { counted, figures, spent } = await count(studies, archive);
    expect(counted.method).toBe(method);
    expect(figures).toMatchObject({ studies: exact(number), images: exact(imagesOf(studies)) });
    expect(sum(studies, () => 1)).toBe(figures.timeline.reduce((total, year) => total + year.studies, 0));
    expect(spent.responses).toBeLessThanOrEqual(5_000);
  });

  it('what is dated ahead and long ago', async () => {
    const odd = [dayNumber(2027, 5, 1), dayNumber(2049, 1, 1), dayNumber(2099, 12, 31), dayNumber(1900, 1, 1), dayNumber(1, 1, 1)].map((day) =>
      on(day * daySeconds),
    );
    const studies = [...odd, ...hospital(800, [2008, 2025], 5)];
    const { figures } = await count(studies, { cap: 100 });
    expect(figures).toMatchObject({ studies: exact(805), images: exact(imagesOf(studies)) });
    expect(figures.timeline.filter(({ year }) => year === null || year > 2026 || year < 1950).map(({ year, studies: own }) => [year, own])).toEqual([
      [1900, 1],
      [2027, 1],
      [2049, 1],
      [2099, 1],
      [null, 1],
    ]);
  });

  it('a day that holds more than one answer, by the hour', async () => {
    const day = dayNumber(2019, 3, 4) * daySeconds;
    const busy = Array.from({ length: 700 }, (_, index) => on(day + 25_000 + index * 60));
    const { figures } = await count([...busy, ...hospital(300, [2015, 2022], 2)], { cap: 100 });
    expect(figures.studies).toEqual(exact(1_000));
  });
});

const known = new Map<number, readonly SimulatedStudy[]>();
function populations(number: number): readonly SimulatedStudy[] {
  const studies = known.get(number) ?? hospital(number, [2005, 2025], 5);
  known.set(number, studies);
  return studies;
}

describe('from a sample', () => {
  it.each<[studies: number, archive: SimulatedArchive]>([
    [10_000, {}],
    [10_000, { cap: 100 }],
    [10_000, { cap: 500 }],
    [300_000, {}],
    [300_000, { cap: 200 }],
    [300_000, { late: 400 }],
  ])('%i studies, %j: true in at least seventeen of twenty seeds, and cheap in all', async (number, archive) => {
    const studies = populations(number);
    const truth = { studies: number, images: imagesOf(studies), patients: sum(studies, ({ patientStudies }) => 1 / patientStudies) };
    const held = { studies: 0, images: 0, patients: 0 };
    for (let seed = 1; seed <= 20; seed += 1) {
      const { counted, figures, spent } = await count(studies, archive, seed);
      expect(counted.method).toBe('sampled');
      for (const what of ['studies', 'images', 'patients'] as const) if (holds(figures[what], truth[what])) held[what] += 1;
      expect((figures.studies.high ?? 0) - figures.studies.low).toBeLessThan(0.35 * number);
      expect(spent.responses).toBeLessThanOrEqual(5_000);
      expect(spent.requests).toBeLessThanOrEqual(700);
      expect(figures.timeline.every(({ basis, studies: own }) => basis === 'estimate' || own < 100)).toBe(true);
    }
    for (const times of Object.values(held)) expect(times, JSON.stringify(held)).toBeGreaterThanOrEqual(17);
  });

  it('the same seed gives the same figures, another one others', async () => {
    const studies = hospital(30_000, [2005, 2025], 5);
    const [one, again, other] = await Promise.all([1, 1, 2].map((seed) => count(studies, {}, seed)));
    expect(again?.figures).toEqual(one?.figures);
    expect(other?.figures).not.toEqual(one?.figures);
  });

  it.each([
    ['as C-FIND is asked', 450],
    ['as a web server is asked', 250],
  ])('%s, an interval of 95 per cent holds the truth 930 to 970 times in a thousand seeds', { timeout: 120_000 }, async (_, mostUnits) => {
    const studies = hospital(60_000, [2008, 2025], 11);
    const truth = { images: imagesOf(studies), patients: sum(studies, ({ patientStudies }) => 1 / patientStudies) };
    const held = { studies: 0, images: 0, patients: 0 };
    for (let seed = 1; seed <= 1_000; seed += 1) {
      const { figures } = await count(studies, {}, seed, { mostUnits });
      if (holds(figures.studies, studies.length)) held.studies += 1;
      if (holds(figures.images, truth.images)) held.images += 1;
      if (holds(figures.patients, truth.patients)) held.patients += 1;
    }
    for (const times of Object.values(held)) {
      expect(times, JSON.stringify(held)).toBeGreaterThanOrEqual(930);
      expect(times, JSON.stringify(held)).toBeLessThanOrEqual(970);
    }
  });
});

describe('at least', () => {
  it.each<[title: string, number: number, archive: SimulatedArchive, dates: string]>([
    ['an archive that ignores dates', 8_000, { dates: 'ignored' }, 'ignored'],
    ['one that finds nothing by date', 8_000, { dates: 'match-nothing' }, 'not-found'],
    ['one that ignores dates and gives 500 an answer', 8_000, { dates: 'ignored', cap: 500 }, 'ignored'],
    ['one that finds nothing by date and gives 500 an answer', 8_000, { dates: 'match-nothing', cap: 500 }, 'not-found'],
  ])('%s', async (_, number, archive, dates) => {
    const { counted, figures, spent } = await count(hospital(number, [2008, 2025], 5), archive);
    expect(counted).toMatchObject({ method: 'cut-short', dates });
    expect(figures.studies).toMatchObject({ basis: 'at-least', high: null });
    expect(figures.studies.value).toBe(archive.cap ?? figures.studies.value);
    expect(figures.studies.value).toBeLessThanOrEqual(number);
    if (!archive.cap) expect(figures.studies.value).toBeGreaterThan(1_500);
    expect(spent.responses).toBeLessThanOrEqual(5_000);
  });

  it('an archive that ignores dates is exact all the same where a second answer holds all', async () => {
    const { figures } = await count(hospital(2_400, [2008, 2025], 5), { dates: 'ignored' });
    expect(figures.studies).toEqual(exact(2_400));
  });

  it('an archive that gives few an answer, where some have no date', async () => {
    const studies = [undated, ...hospital(900, [2008, 2025], 5), undated, undated];
    const { figures } = await count(studies, { cap: 100 });
    expect(figures.studies).toEqual({ value: 901, basis: 'at-least', low: 901, high: null });
    expect(figures.timeline.at(-1)).toEqual({ year: null, studies: 1, images: null, basis: 'at-least' });
  });

  it('a day that holds more than one answer and has no times', async () => {
    const day = dayNumber(2019, 3, 4) * daySeconds;
    const busy = Array.from({ length: 700 }, () => on(day));
    const { figures } = await count([...busy, ...hospital(300, [2015, 2022], 2)], { cap: 100, withoutTimes: true });
    expect(figures.studies).toMatchObject({ basis: 'at-least' });
    expect(figures.studies.low).toBeLessThanOrEqual(1_000);
  });

  it('everything on the one day that a de-identifier writes', async () => {
    const day = dayNumber(1900, 1, 1) * daySeconds;
    const { figures, spent } = await count(
      Array.from({ length: 30_000 }, () => on(day)),
      { withoutTimes: true },
    );
    expect(holds(figures.studies, 30_000)).toBe(true);
    expect(spent.responses).toBeLessThanOrEqual(5_000);
  });

  it('an archive that refuses every question', async () => {
    const { figures, spent } = await count(hospital(900, [2008, 2025], 5), { cap: 0, capEnds: 'refused' });
    expect(figures.studies).toMatchObject({ value: 0, basis: 'at-least' });
    expect(spent.requests).toBeLessThan(60);
  });
});

describe('studies without a date', () => {
  it('are in the interval of an estimate', async () => {
    const random = chance(4);
    const studies = hospital(40_000, [2008, 2025], 5).map((study) => (random.below(50) === 0 ? { ...study, at: null } : study));
    const { figures } = await count(studies);
    expect(holds(figures.studies, 40_000)).toBe(true);
    expect(holds(figures.images, imagesOf(studies))).toBe(true);
  });

  it('are counted with the rest where a second answer holds all', async () => {
    const { figures } = await count([undated, ...hospital(1_900, [2008, 2025], 5), undated]);
    expect(figures.studies).toEqual(exact(1_902));
  });
});
