import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utc, wholeNumber, yearOf } from './entry.js';

describe('a moment', () => {
  it('is that of the calendar', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1970-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }), (date) => {
        const whole = Math.floor(date.getTime() / 1000) * 1000;
        const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
        expect(utc(year, month, day, date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds())).toBe(whole);
        expect(yearOf(whole)).toBe(year);
      }),
    );
  });

  it.each([
    [2020, 13, 1],
    [2020, 0, 1],
    [2020, 1, 0],
    [2020, 1, 32],
  ])('%i-%i-%i is none', (year, month, day) => {
    expect(utc(year, month, day)).toBeNull();
  });
});

it.each([
  ['0', 0],
  ['999999999999999', 999_999_999_999_999],
  ['9999999999999999', null],
  ['-1', null],
  ['1e3', null],
  [undefined, null],
])('the number %j', (text, number) => {
  expect(wholeNumber(text)).toBe(number);
});
