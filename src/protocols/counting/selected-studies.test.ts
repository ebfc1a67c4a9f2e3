/** The studies by which an archive is known again: the same however it is looked at, few to ask for, and a mark that tells nothing without its key. */
import { describe, expect, it } from 'vitest';
import { hospital, type SimulatedArchive, type SimulatedStudy, simulated } from '../../../test/fixtures/simulated-studies.js';
import { archiveMark } from './archive-mark.js';
import { chance } from './chance.js';
import { Inquiry, type StudyRow } from './inquiry.js';
import { dayNumber } from './period.js';
import { askForSelected, selectedFrom } from './selected-studies.js';

const today = dayNumber(2026, 6, 1);
const named = (studies: readonly SimulatedStudy[]): readonly SimulatedStudy[] => studies.map((study, index) => ({ ...study, uid: `1.2.${index}` }));

async function asked(studies: readonly SimulatedStudy[], archive: SimulatedArchive = {}, budget = 5_000) {
  const { ask, spent } = simulated(studies, archive);
  const selected = await askForSelected(new Inquiry(ask, { budget, chance: chance(1), today, isTimeUp: () => false }));
  return { selected, spent };
}

async function known(studies: readonly SimulatedStudy[]) {
  const rows: readonly StudyRow[] = (await simulated(studies).ask(null, studies.length)).rows;
  return selectedFrom(rows, today);
}

describe('what is selected', () => {
  it.each([
    [300, [2012, 2025], 'the year 2025'],
    [4_000, [2006, 2025], 'a month of 2025'],
    [60_000, [2006, 2025], 'a day of 2025'],
    [90_000, [2025, 2025], 'an hour of 2025'],
    [500, [2012, 2021], 'the year 2020'],
    [120, [2008, 2017], 'all before 2026'],
  ] as const)('of %i studies of %j: %s, asked for or known already', async (number, years, selection) => {
    const studies = named(hospital(number, [...years], 3));
    const { selected, spent } = await asked(studies);
    expect(selected?.selection).toBe(selection);
    expect(selected?.uids.length).toBeGreaterThanOrEqual(8);
    expect(spent.requests).toBeLessThanOrEqual(11);
    expect(spent.responses).toBeLessThanOrEqual(500);
    expect(archiveMark('key', await known(studies))).toEqual(archiveMark('key', selected));
  });

  it('all of a small archive', async () => {
    expect(await known(named(hospital(100, [2012, 2025], 3)))).toMatchObject({ selection: 'all studies', uids: { length: 100 } });
  });

  it('the same where times are ignored, and where an answer is limited', async () => {
    const studies = named(hospital(4_000, [2006, 2025], 3));
    const expected = archiveMark('key', (await asked(studies)).selected);
    expect(archiveMark('key', (await asked(studies, { cap: 100 })).selected)).toEqual(expected);
  });

  it.each<[title: string, number: number, archive: SimulatedArchive, budget: number]>([
    ['where dates are ignored', 4_000, { dates: 'ignored' }, 5_000],
    ['where nothing is found by date', 4_000, { dates: 'match-nothing' }, 5_000],
    ['of a small budget', 4_000, {}, 400],
  ])('nothing %s', async (_, number, archive, budget) => {
    const { selected } = await asked(named(hospital(number, [2006, 2025], 3)), archive, budget);
    expect(archiveMark('key', selected)).toBeNull();
  });
});

describe('a mark', () => {
  const selected = { selection: 'all studies', uids: Array.from({ length: 30 }, (_, index) => `1.2.${index}`) };
  const mark = archiveMark('key', selected);

  it('is the same in any order and with repetitions, and says how many studies it rests on', () => {
    expect(archiveMark('key', { ...selected, uids: [...selected.uids.toReversed(), '1.2.3'] })).toEqual(mark);
    expect(mark).toMatchObject({ selection: 'all studies', studies: 30, hash: expect.stringMatching(/^[0-9a-f]{32}$/) });
  });

  it.each([
    ['another key', 'other', selected],
    ['another selection', 'key', { ...selected, selection: 'a day of 2025' }],
    ['other studies', 'key', { ...selected, uids: selected.uids.map((uid) => `${uid}.1`) }],
  ])('is another one with %s', (_, key, other) => {
    expect(archiveMark(key, other)?.hash).not.toBe(mark?.hash);
  });

  it('is none without a key, and none of nothing', () => {
    expect(archiveMark(undefined, selected)).toBeNull();
    expect(archiveMark('key', { ...selected, uids: [] })).toBeNull();
    expect(archiveMark('key', null)).toBeNull();
  });
});
