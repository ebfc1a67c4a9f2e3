import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarDay } from './calendar-day.js';

describe('a calendar day', () => {
  it.each([
    [0, '1970-01-01'],
    [951_782_400_000, '2000-02-29'],
    [951_868_799_999, '2000-02-29'],
    [951_868_800_000, '2000-03-01'],
    [4_107_542_400_000, '2100-03-01'],
    [-1, '1969-12-31'],
    [253_402_300_799_000, '9999-12-31'],
  ])('%i ms is %s', (ms, day) => {
    expect(calendarDay(ms)).toBe(day);
  });

  it('is the one of ISO 8601 in all the centuries that certificates know', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1950, 0, 1), max: Date.UTC(9999, 11, 31) }), (ms) => {
        expect(calendarDay(ms)).toBe(new Date(ms).toISOString().slice(0, 10));
      }),
    );
  });
});
