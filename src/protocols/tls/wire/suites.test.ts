import { describe, expect, it } from 'vitest';
import { broadSuites, suiteName, tls13Suites, weakSuites } from './suites.js';

const nameless = (numbers: readonly number[]) => numbers.filter((number) => suiteName(number) === null);
const isWeak = (number: number) => /_NULL_|_anon_|_EXPORT_|_RC4_|_DES_|_3DES_/.test(suiteName(number) ?? '');

describe('cipher suites', () => {
  it('are each offered once', () => {
    const all = [...tls13Suites, ...broadSuites];
    expect(new Set(all).size).toBe(all.length);
  });

  it('have names', () => {
    expect(nameless([...tls13Suites, ...broadSuites])).toEqual([]);
    expect(suiteName(0xc030)).toBe('TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384');
    expect(suiteName(0xffff)).toBeNull();
  });

  it('are in the weak list exactly where their names say so', () => {
    expect([...tls13Suites, ...broadSuites].filter(isWeak).toSorted()).toEqual(weakSuites.toSorted());
  });

  it('put the weak ones last among all, and those without encryption first among the weak', () => {
    expect(broadSuites.slice(-weakSuites.length)).toEqual(weakSuites);
    expect(suiteName(weakSuites[0] ?? 0)).toContain('_NULL_');
  });
});
