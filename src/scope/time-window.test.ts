import { describe, expect, it } from 'vitest';
import { type Day, days, isOpen, isTimeZone, localTime, type TimeWindow, windowName } from './time-window.js';

const at = (iso: string) => Date.parse(iso);
const open = (window: TimeWindow, zone: string, iso: string) => isOpen(window, localTime(zone, at(iso)));

describe('local time', () => {
  it.each([
    ['UTC', '2026-11-24T23:59:59.999Z', '2026-11-24', 'tue', 1439],
    ['Europe/Berlin', '2026-11-24T23:59:59Z', '2026-11-25', 'wed', 59],
    ['Asia/Kolkata', '2026-11-24T18:30:00Z', '2026-11-25', 'wed', 0],
    ['America/St_Johns', '2026-01-01T03:29:00Z', '2025-12-31', 'wed', 1439],
    ['Asia/Tokyo', '2024-02-28T15:00:00Z', '2024-02-29', 'thu', 0],
    // Summer time begins: 01:59 CET is followed by 03:00 CEST
    ['Europe/Berlin', '2026-03-29T00:59:00Z', '2026-03-29', 'sun', 119],
    ['Europe/Berlin', '2026-03-29T01:00:00Z', '2026-03-29', 'sun', 180],
    // and ends: 02:30 comes twice
    ['Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-25', 'sun', 150],
    ['Europe/Berlin', '2026-10-25T01:30:00Z', '2026-10-25', 'sun', 150],
  ])('%s at %s', (zone, iso, date, day, minute) => {
    expect(localTime(zone, at(iso))).toEqual({ date, day, minute });
    expect(localTime(zone, at(iso))).toEqual({ date, day, minute });
  });

  it('knows time zones by name', () => {
    expect([isTimeZone('Europe/Berlin'), isTimeZone('UTC'), isTimeZone('Europe/Atlantis'), isTimeZone('local')]).toEqual([true, true, false, false]);
  });
});

describe('a window within one day', () => {
  const window: TimeWindow = { days: ['mon', 'tue'], from: 9 * 60, to: 17 * 60 };
  it.each([
    ['2026-11-23T08:59:59Z', false],
    ['2026-11-23T09:00:00Z', true],
    ['2026-11-24T16:59:59Z', true],
    ['2026-11-24T17:00:00Z', false],
    ['2026-11-25T12:00:00Z', false],
  ])('%s: %s', (iso, expected) => {
    expect(open(window, 'UTC', iso)).toBe(expected);
  });

  it('may end with the day', () => {
    const whole: TimeWindow = { days: ['sun'], from: 0, to: 1440 };
    expect([open(whole, 'UTC', '2026-11-22T00:00:00Z'), open(whole, 'UTC', '2026-11-22T23:59:59Z'), open(whole, 'UTC', '2026-11-23T00:00:00Z')]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('a window across midnight', () => {
  const friday: TimeWindow = { days: ['fri'], from: 22 * 60, to: 5 * 60 };
  it.each([
    ['2026-11-27T04:59:00Z', false], // Friday morning belongs to Thursday's night
    ['2026-11-27T21:59:00Z', false],
    ['2026-11-27T22:00:00Z', true],
    ['2026-11-28T00:00:00Z', true],
    ['2026-11-28T04:59:00Z', true],
    ['2026-11-28T05:00:00Z', false],
    ['2026-11-28T22:30:00Z', false], // Saturday's night is not listed
  ])('%s: %s', (iso, expected) => {
    expect(open(friday, 'UTC', iso)).toBe(expected);
  });

  it('goes from Sunday to Monday', () => {
    const sunday: TimeWindow = { days: ['sun'], from: 22 * 60, to: 5 * 60 };
    expect([open(sunday, 'UTC', '2026-11-23T04:00:00Z'), open(sunday, 'UTC', '2026-11-22T04:00:00Z')]).toEqual([true, false]);
  });

  it('is counted on the wall clock of its zone', () => {
    expect([open(friday, 'Asia/Tokyo', '2026-11-27T13:00:00Z'), open(friday, 'Asia/Tokyo', '2026-11-27T12:59:00Z')]).toEqual([true, false]);
  });
});

describe('a window on the night when clocks change', () => {
  const night: TimeWindow = { days, from: 2 * 60 + 15, to: 2 * 60 + 45 };
  it('does not open in the hour that is left out', () => {
    const minutes = Array.from({ length: 24 * 60 }, (_, minute) => at('2026-03-28T23:00:00Z') + minute * 60_000);
    expect(minutes.some((now) => isOpen(night, localTime('Europe/Berlin', now)))).toBe(false);
  });

  it('opens twice in the hour that comes twice', () => {
    expect(['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', '2026-10-25T02:30:00Z'].map((iso) => open(night, 'Europe/Berlin', iso))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('keeps its local hours on both sides of the change', () => {
    const late: TimeWindow = { days, from: 22 * 60, to: 5 * 60 };
    expect(
      ['2026-03-28T20:59:00Z', '2026-03-28T21:00:00Z', '2026-03-29T02:59:00Z', '2026-03-29T03:00:00Z', '2026-03-29T20:00:00Z'].map((iso) =>
        open(late, 'Europe/Berlin', iso),
      ),
    ).toEqual([
      false, // 21:59 CET
      true, // 22:00 CET
      true, // 04:59 CEST
      false, // 05:00 CEST
      true, // 22:00 CEST
    ]);
  });
});

it('a window has a name', () => {
  const some: Day[] = ['fri', 'sat'];
  expect([windowName({ days: some, from: 1320, to: 300 }), windowName({ days, from: 0, to: 1440 })]).toEqual(['fri, sat 22:00-05:00', 'every day 00:00-24:00']);
});
