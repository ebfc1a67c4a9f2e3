import { describe, expect, it } from 'vitest';
import { atLeast, exactly } from '../model/exposure.js';
import { bytes, count, counted, duration, estimateInWords, estimateSign, firstFew, keyInWords, listed, sentence } from './words.js';

const about = { value: 1_250, basis: 'estimate', low: 1_100, high: 1_400 } as const;

describe('figures', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1_234_567, '1,234,567'],
    [Number.NaN, 'unknown'],
  ])('count %s', (value, text) => expect(count(value)).toBe(text));

  it.each([
    [1, '1 study'],
    [0, '0 studies'],
    [2_000, '2,000 studies'],
  ])('counted %s', (value, text) => expect(counted(value, 'study', 'studies')).toBe(text));

  it.each([
    [null, 'could not be learnt', '?'],
    [exactly(1_250), 'exactly 1,250', '1,250'],
    [atLeast(1_250), 'at least 1,250', '≥ 1,250'],
    [about, 'about 1,250 (between 1,100 and 1,400)', '≈ 1,250'],
    [atLeast(0), 'could not be learnt', '?'],
    [exactly(0), 'exactly 0', '0'],
  ])('estimate %j', (estimate, words, sign) => {
    expect(estimateInWords(estimate)).toBe(words);
    expect(estimateSign(estimate)).toBe(sign);
  });

  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1_000, '1.0 kB'],
    [7_149_220, '7.1 MB'],
    [2.5e15, '2500.0 TB'],
  ])('bytes %s', (value, text) => expect(bytes(value)).toBe(text));

  it.each([
    [12, '12 ms'],
    [12_000, '12 s'],
    [60_000, '1 min'],
    [200_000, '3 min 20 s'],
    [7_500_000, '2 h 5 min'],
  ])('duration %s', (ms, text) => expect(duration(ms)).toBe(text));
});

describe('lists and sentences', () => {
  it.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
  ])('listed %j', (items, text) => expect(listed(items)).toBe(text));

  it('names the first few', () => {
    expect(firstFew(['a', 'b', 'c'], 3)).toBe('a, b and c');
    expect(firstFew(['a', 'b', 'c', 'd'], 2)).toBe('a, b and 2 more');
  });

  it.each([
    ['it ended', 'It ended.'],
    ['Did it end?', 'Did it end?'],
    ['  ', ''],
    ['𐐨 first letter outside the basic plane', '𐐀 first letter outside the basic plane.'],
  ])('sentence %j', (text, words) => expect(sentence(text)).toBe(words));

  it('parts a key into words', () => expect(keyInWords('notAfter')).toBe('not after'));
});
