import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateText, dayNumber, dayOfDate, daySeconds, days, periodKeys, secondOfTime, yearOfDay, yearPeriod } from './period.js';

const day = (text: string): number => dayOfDate(text) ?? Number.NaN;
const at = (date: string, time: number): number => day(date) * daySeconds + time;

describe('the calendar', () => {
  it('is that of ECMAScript', () => {
    fc.assert(
      fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (number) => {
        const iso = new Date(number * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
        fc.pre(/^[0-9]{8}$/.test(iso));
        expect(dateText(number)).toBe(iso);
        expect(yearOfDay(number)).toBe(Number(iso.slice(0, 4)));
        expect(dayOfDate(iso)).toBe(number);
      }),
    );
  });

  it.each(['', 'yesterday', '20181301', '20180100', '2018031', '2018.03.4', '2018.0304', '201803041'])('%j is no date', (text) => {
    expect(dayOfDate(text)).toBeNull();
  });

  it.each([
    ['10', 36_000],
    ['1015', 36_900],
    ['101530', 36_930],
    ['101530.123456', 36_930],
    ['10:15:30', 36_930],
    ['235960', 86_399],
    ['2400', null],
    ['', null],
    ['noon', null],
  ])('the time %j is second %j', (text, second) => {
    expect(secondOfTime(text)).toBe(second);
  });
});

describe('keys', () => {
  it.each([
    ['one day', days(day('20180304'), 1), { date: '20180304', time: null }],
    ['a week', days(day('20180304'), 7), { date: '20180304-20180310', time: null }],
    ['a year', yearPeriod(2020), { date: '20200101-20201231', time: null }],
    ['up to', { from: Number.NEGATIVE_INFINITY, to: at('19800101', 0) }, { date: '-19791231', time: null }],
    ['from', { from: dayNumber(2027, 1, 1) * daySeconds, to: Number.POSITIVE_INFINITY }, { date: '20270101-', time: null }],
    ['ten minutes', { from: at('20180304', 36_000), to: at('20180304', 36_600) }, { date: '20180304', time: '100000-100959.999999' }],
    ['the last hour', { from: at('20180304', 82_800), to: at('20180305', 0) }, { date: '20180304', time: '230000-235959.999999' }],
    ['before 1970', { from: at('19650304', 3_600), to: at('19650304', 7_200) }, { date: '19650304', time: '010000-015959.999999' }],
  ])('of %s', (_title, period, keys) => {
    expect(periodKeys(period)).toEqual(keys);
  });
});
