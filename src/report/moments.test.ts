import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elapsed, moment, timeOfDay, yearOf } from './moments.js';

describe('moments', () => {
  it('words a time, and leaves what is none', () => {
    expect(moment('2026-11-24T01:15:07.250Z')).toBe('2026-11-24 01:15 UTC');
    expect(moment('<yesterday>')).toBe('<yesterday>');
    expect(timeOfDay('2026-11-24T01:15:07Z')).toBe('01:15:07');
    expect(yearOf('2026-11-24T01:15:07.250Z')).toBe(2026);
    expect(yearOf('soon')).toBeNull();
  });

  it('counts milliseconds as the platform does', () => {
    const time = fc.date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('2200-12-31T00:00:00Z'), noInvalidDate: true });
    fc.assert(
      fc.property(time, time, (a, b) => {
        const difference = b.getTime() - a.getTime();
        expect(elapsed(a.toISOString(), b.toISOString())).toBe(difference < 0 ? null : difference);
      }),
    );
  });

  it('knows no end of what has none', () => {
    expect(elapsed('2026-11-24T01:15:07Z', null)).toBeNull();
    expect(elapsed('x', '2026-11-24T01:15:07Z')).toBeNull();
  });
});
