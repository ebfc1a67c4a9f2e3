import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions, isVersion } from './version-order.js';

describe('the older of two versions', () => {
  it.each([
    ['1.12.9', '1.12.10'],
    ['1.9.7', '1.12.0'],
    ['3.6.6', '3.6.7'],
    ['366', '3.6.7'],
    ['367', '370'],
    ['369', '3610'],
    ['1.3.5rc4', '1.3.5'],
    ['1.3.2rc3', '1.3.2rc4'],
    ['1.3.5rc4', '1.3.5a'],
    ['1.3.5', '1.3.5a'],
    ['1.3.3b', '1.3.3c'],
    ['1.3.3c', '1.3.4'],
    ['1.3.8b', '1.3.8c'],
    ['4.10.7', '4.11rc1'],
    ['4.11rc1', '4.11.0rc2'],
    ['4.11.0rc2', '4.11'],
    ['1.4.19c', '1.4.19d1'],
    ['8.9p1', '9.0'],
    ['7.2.8.810', '7.2.9.820'],
    ['1.6.1-0719', '1.6.2-0720'],
    ['1.6.2-0719', '1.6.2-0720'],
    ['7.2-64570', '7.2-64570 Update 1'],
    ['7.2.1-69057-1', '7.2.1-69057 Update 2'],
    ['4.3.6.0993 build 20190704', '4.3.6.1446 build 20200929'],
    ['4.3.6 build 20190704', '4.3.6.1446 build 20200929'],
    ['4.3.4.1463 build 20201006', '4.3.6.1446 build 20200929'],
    ['4.3.4', '4.3.6.1446 build 20200929'],
    ['3.0.11.5 BN9', '3.0.11.5 BN10'],
    ['4.13.13-Debian', '4.13.17'],
    ['v1.0.0-beta.2', '1.0.0-rc1'],
  ])('%s is older than %s', (older, newer) => {
    expect(compareVersions(older, newer)).toBe(-1);
    expect(compareVersions(newer, older)).toBe(1);
  });

  it.each([
    ['1.12', '1.12.0'],
    ['367', '3.6.7'],
    ['4.15.13-Ubuntu', '4.15.13'],
    ['4.3.6.1446 build 20200929', '4.3.6 build 20200929'],
    ['7.2.1-69057-1', '7.2.1-69057 Update 1'],
    ['4.11rc1', '4.11.0rc1'],
  ])('%s is the same as %s', (left, right) => {
    expect(compareVersions(left, right)).toBe(0);
  });

  it.each([
    ['mainline', '1.12.10'],
    ['', '1.0.0'],
    ['7', '7.0'],
    ['2025', '2025.2'],
    ['1.0.0 (mine)', '1.0.0'],
    ['1.0.0-fork', '1.0.0'],
    ['1..2', '1.2'],
    ['1.6.2', '1.6.2-0720'],
    ['4.3.6', '4.3.6 build 20200929'],
    ['4.3.6-20200929', '4.3.6 build 20200929'],
  ])('%s cannot be compared with %s', (left, right) => {
    expect(compareVersions(left, right)).toBeUndefined();
    expect(compareVersions(right, left)).toBeUndefined();
  });

  it('reads what it can compare and nothing else', () => {
    expect(['1.12.10', '367', '1.3.5rc4', '4.3.6 build 20200929'].map(isVersion)).not.toContain(false);
    expect(['mainline', 'unknown', '1', 'BT06', '1.2.3;rm'].map(isVersion)).not.toContain(true);
  });
});

const small = fc.nat({ max: 3 });
const numbers = fc.array(small, { minLength: 2, maxLength: 4 }).map((parts) => parts.join('.'));
const staged = fc.tuple(numbers, fc.constantFrom('', 'rc1', 'rc2', 'beta', 'a', 'b', 'd1')).map((parts) => parts.join(''));
const numbered = fc.tuple(numbers, small, small).map(([name, build, update]) => `${name}-${build}-${update}`);
const dated = fc.tuple(numbers, fc.constantFrom('20190704', '20200929', '20210202')).map(([name, day]) => `${name} build ${day}`);
/** Three of one spelling. */
const three = fc.oneof(...[staged, numbered, dated].map((one) => fc.tuple(one, one, one)));

describe('the order of versions of one spelling', () => {
  it('is total, and turned round turns its sign', () => {
    fc.assert(
      fc.property(three, ([a, b]) => {
        const order = compareVersions(a, b);
        expect(order).toBeTypeOf('number');
        expect(compareVersions(b, a)).toBe(order === 0 ? 0 : -Number(order));
        expect(compareVersions(a, a)).toBe(0);
      }),
    );
  });

  it('is transitive', () => {
    fc.assert(
      fc.property(three, (versions) => {
        const [a, b, c] = [...versions].sort((left, right) => Number(compareVersions(left, right)));
        expect(compareVersions(String(a), String(b))).toBeLessThanOrEqual(0);
        expect(compareVersions(String(b), String(c))).toBeLessThanOrEqual(0);
        expect(compareVersions(String(a), String(c))).toBeLessThanOrEqual(0);
      }),
    );
  });
});

describe('any two texts', () => {
  it('are compared without an error, and alike both ways round', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), staged, numbered, dated), fc.oneof(fc.string(), staged, numbered, dated), (left, right) => {
        const order = compareVersions(left, right);
        expect(compareVersions(right, left)).toBe(order ? -order : order);
      }),
    );
  });
});
