/** DICOMweb services of every size and oddity, counted without a network: figures are true or their intervals hold the truth, and none costs more than it may. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { firstFrom, hospital, type SimulatedStudy } from '../../../test/fixtures/simulated-studies.js';
import type { Estimate } from '../../model/exposure.js';
import { dateText, dayOfDate, daySeconds, secondOfTime } from '../counting/period.js';
import type { HttpAnswer, HttpRequest } from './conversation.js';
import { BudgetSpent } from './conversation.js';
import { countByPages, countingRequests } from './count-pages.js';

interface Service {
  /** Records of one answer at most. */
  readonly page?: number;
  /** Records of all pages together, which it does not speak of. */
  readonly most?: number;
  readonly offset?: 'ignored' | 'refused';
  readonly dates?: 'ignored' | 'match-nothing';
  readonly withoutTimes?: boolean;
  readonly refusesFields?: boolean;
  readonly states?: 'x-total-count' | 'warning';
  /** Records that make a page too long to be taken. */
  readonly tooLong?: number;
  readonly hangsUpAfter?: number;
  readonly withoutImages?: boolean;
  /** Milliseconds of a clock that the test moves, for each answer. */
  readonly takes?: number;
}

type Listed = SimulatedStudy & { readonly uid: string };
const two = (value: number): string => String(value).padStart(2, '0');
const tm = (second: number): string => `${two(Math.floor(second / 3600))}${two(Math.floor(second / 60) % 60)}${two(second % 60)}`;

/** QIDO-RS over a list, as PS3.18 section 8.3.4 has it. */
function service(studies: readonly SimulatedStudy[], behaviour: Service = {}) {
  const { page = 1_000, most = Number.POSITIVE_INFINITY, dates, offset: offsets, states, tooLong = Number.POSITIVE_INFINITY } = behaviour;
  const all: readonly Listed[] = studies.map((study, index) => ({ ...study, uid: `1.2.${index}` }));
  const dated = all.filter(({ at }) => at !== null).sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
  const starts = dated.map(({ at }) => at ?? 0);
  const paths: string[] = [];
  const matching = (query: URLSearchParams): readonly Listed[] => {
    const date = query.get('StudyDate');
    if (date === null || dates === 'ignored') return all;
    if (dates === 'match-nothing') return [];
    const [from = '', to = from] = date.split('-');
    const first = from === '' ? Number.NEGATIVE_INFINITY : (dayOfDate(from) ?? 0) * daySeconds;
    const end = to === '' ? Number.POSITIVE_INFINITY : ((dayOfDate(to) ?? 0) + 1) * daySeconds;
    const time = query.get('StudyTime');
    if (time === null) return dated.slice(firstFrom(starts, first), firstFrom(starts, end));
    if (behaviour.withoutTimes) return [];
    const [begin = '', last = begin] = time.split('-').map((each) => each.slice(0, 6));
    return dated.slice(firstFrom(starts, first + (secondOfTime(begin) ?? 0)), firstFrom(starts, first + (secondOfTime(last) ?? 0) + 1));
  };
  const row = ({ uid, at, instances }: Listed) => ({
    '0020000D': { vr: 'UI', Value: [uid] },
    ...(at !== null && { '00080020': { vr: 'DA', Value: [dateText(Math.floor(at / daySeconds))] } }),
    ...(at !== null && !behaviour.withoutTimes && { '00080030': { vr: 'TM', Value: [tm(at % daySeconds)] } }),
    ...(!behaviour.withoutImages && { '00201208': { vr: 'IS', Value: [instances] } }),
  });
  const request = async ({ path }: HttpRequest): Promise<HttpAnswer> => {
    paths.push(path);
    if (behaviour.takes !== undefined) vi.advanceTimersByTime(behaviour.takes);
    if (behaviour.hangsUpAfter !== undefined && paths.length > behaviour.hangsUpAfter) throw new BudgetSpent();
    const query = new URL(path, 'http://x').searchParams;
    const asked = Number(query.get('offset'));
    const base = { cookies: [], truncated: false, headless: false };
    if ((behaviour.refusesFields && query.has('includefield')) || (offsets === 'refused' && asked > 0))
      return { ...base, status: 400, headers: {}, body: new Uint8Array(0) };
    const found = matching(query).slice(0, most);
    const begin = offsets === 'ignored' ? 0 : asked;
    const given = found.slice(begin, begin + Math.min(page, Number(query.get('limit'))));
    const left = found.length - begin - given.length;
    const headers = {
      ...(states === 'x-total-count' && { 'x-total-count': String(found.length) }),
      ...(states === 'warning' && left > 0 && { warning: `299 x "There are ${left} additional results that can be requested"` }),
    };
    const truncated = given.length > tooLong;
    return { ...base, status: 200, headers, truncated, body: new TextEncoder().encode(JSON.stringify(truncated ? [] : given.map(row))) };
  };
  return { request, budget: 40, paths };
}

const count = (studies: readonly SimulatedStudy[], behaviour: Service = {}, options = {}) => countAt(service(studies, behaviour), options);

async function countAt(asked: ReturnType<typeof service>, { budget = 5_000, seed = 1 } = {}) {
  asked.paths.length = 0;
  const counted = await countByPages(asked, '/rs', { budget, seed });
  expect(asked.budget).toBe(40); // what the site may be asked otherwise is untouched
  expect(asked.paths.length).toBeLessThanOrEqual(countingRequests + 1);
  expect(counted.counting.cost.requests).toBe(asked.paths.length);
  expect(counted.counting.cost.responses).toBeLessThanOrEqual(budget);
  return { ...counted, paths: asked.paths };
}

const imagesOf = (studies: readonly SimulatedStudy[]) => studies.reduce((sum, { instances }) => sum + instances, 0);
const exact = (value: number) => ({ value, basis: 'exact', low: value, high: value });
const holds = (figure: Estimate | null, truth: number) => figure !== null && figure.low <= truth && (figure.high ?? Number.POSITIVE_INFINITY) >= truth;

describe('exactly', () => {
  it.each<[title: string, studies: number, behaviour: Service, method: string, requests: number]>([
    ['one study', 1, {}, 'at-once', 2],
    ['999 studies', 999, {}, 'at-once', 10],
    ['4,000 studies: as many pages as they fill', 4_123, {}, 'at-once', 44],
    ['4,000 studies whose number the server states', 4_123, { states: 'x-total-count' }, 'at-once', 43],
    ['as the warning of PS3.18 states it', 1_700, { states: 'warning' }, 'at-once', 18],
    ['a round number that the server states itself', 700, { states: 'x-total-count' }, 'at-once', 8],
    ['700 studies, a round number, by two halves', 700, {}, 'at-once', 18],
    ['4,200 studies, a round number too long to be asked for twice', 4_200, {}, 'at-once', 58],
    ['999 studies, 30 a page', 999, { page: 30 }, 'at-once', 35],
    ['800 studies where no more than 500 are to be had at once', 800, { most: 500 }, 'in-parts', 60],
    ['999 studies where offset means nothing', 999, { page: 100, offset: 'ignored' }, 'in-parts', 110],
    ['999 studies where offset is refused', 999, { page: 100, offset: 'refused' }, 'in-parts', 110],
    ['999 studies where the field for images is not known', 999, { refusesFields: true }, 'at-once', 11],
    ['999 studies whose pages are too long', 999, { tooLong: 40 }, 'at-once', 44],
  ])('%s', async (_, number, behaviour, method, requests) => {
    const studies = hospital(number, [2012, 2025], 3);
    const { studies: found, images, timeline, counting, paths } = await count(studies, behaviour);
    expect(found).toEqual(exact(number));
    expect(images).toEqual(exact(imagesOf(studies)));
    expect(timeline.reduce((sum, year) => sum + year.studies, 0)).toBe(number);
    expect(counting).toMatchObject({ source: 'study-pages', method, studiesFrom: 'records' });
    expect(paths.length).toBeLessThanOrEqual(requests);
  });
});

describe('from a sample', () => {
  it.each<[studies: number, behaviour: Service]>([
    [12_000, {}],
    [12_000, { page: 100, offset: 'ignored' }],
    [60_000, {}],
    [60_000, { most: 500 }],
  ])('%i studies, %j: true in at least eight of ten seeds', async (number, behaviour) => {
    const studies = hospital(number, [2006, 2025], 7);
    const asked = service(studies, behaviour);
    const held = { studies: 0, images: 0 };
    for (let seed = 1; seed <= 10; seed += 1) {
      const found = await countAt(asked, { seed });
      expect(found.counting).toMatchObject({ method: 'sampled', dates: 'honoured' });
      if (holds(found.studies, number)) held.studies += 1;
      if (holds(found.images, imagesOf(studies))) held.images += 1;
      expect((found.studies.high ?? 0) - found.studies.low).toBeLessThan(0.5 * number);
    }
    for (const times of Object.values(held)) expect(times, JSON.stringify(held)).toBeGreaterThanOrEqual(8);
  });

  it('the number of studies is the stated one, and only the images are estimated', async () => {
    const studies = hospital(50_000, [2006, 2025], 7);
    const found = await count(studies, { states: 'x-total-count' });
    expect(found.studies).toEqual(exact(50_000));
    expect(found.images?.basis).toBe('estimate');
    expect(found.counting).toMatchObject({ method: 'sampled', studiesFrom: 'stated-total' });
  });
});

describe('at least', () => {
  it.each<[title: string, studies: number, behaviour: Service, least: number]>([
    ['where dates mean nothing', 9_000, { dates: 'ignored' }, 4_000],
    ['where nothing is found by date', 9_000, { dates: 'match-nothing' }, 4_000],
    ['where neither offset nor dates mean anything', 900, { page: 100, offset: 'ignored', dates: 'ignored' }, 100],
    ['where a limit hides what a second list would show', 6_000, { most: 4_000 }, 4_000],
    ['where a limit hides the oldest', 4_300, { most: 4_000 }, 4_000],
    ['where the server hangs up over the eighth page', 4_000, { hangsUpAfter: 7 }, 700],
  ])('%s', async (_, number, behaviour, least) => {
    const { studies } = await count(hospital(number, [2012, 2025], 3), behaviour);
    expect(studies).toMatchObject({ basis: 'at-least', high: null });
    expect(studies.value).toBeGreaterThanOrEqual(least);
    expect(studies.value).toBeLessThanOrEqual(number);
  });

  it('nothing is said of images where records do not state them', async () => {
    expect(await count(hospital(60, [2012, 2025], 3), { withoutImages: true })).toMatchObject({ studies: exact(60), images: null });
  });
});

it('a small budget is kept', async () => {
  const { counting } = await count(hospital(9_000, [2012, 2025], 3), {}, { budget: 100 });
  expect(counting).toMatchObject({ method: 'cut-short', dates: 'not-asked' });
  expect(counting.cost.responses).toBeLessThanOrEqual(100);
});

describe('a slow server', () => {
  afterEach(() => void vi.useRealTimers());

  it('is asked for fifty seconds and no longer, also in the middle of a long list', async () => {
    vi.useFakeTimers();
    const { studies, paths } = await count(hospital(4_123, [2012, 2025], 3), { takes: 2_500 });
    expect(paths.length).toBeLessThanOrEqual(21);
    expect(studies).toMatchObject({ basis: 'at-least', high: null });
    expect(studies.value).toBeGreaterThanOrEqual(1_500);
  });
});
