import { describe, expect, it } from 'vitest';
import { aeTitleProblem } from './ae-title.js';

describe('aeTitleProblem', () => {
  it.each(['A', 'ORTHANC', 'DOSIMETER_ABC123', 'WITH SPACE', ' X ', '~!@#'])('takes %j', (title) => {
    expect(aeTitleProblem(title)).toBeUndefined();
  });

  it.each([
    ['', /blank/],
    ['    ', /blank/],
    ['SEVENTEEN_LETTERS', /at most 16 characters, this one has 17/],
    ['BACK\\SLASH', /backslash/],
    ['TAB\t', /printable/],
    ['ÄRZTE', /ASCII/],
  ])('refuses %j', (title, why) => {
    expect(aeTitleProblem(title)).toMatch(why);
  });
});
