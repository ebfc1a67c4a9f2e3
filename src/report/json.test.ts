import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withFreeText } from '../../test/golden/free-text.js';
import { goldenReport } from '../../test/golden/golden-report.js';
import { hostileText } from '../../test/golden/hostile-text.js';
import type { Report } from '../model/report.js';
import { jsonPieces, printedJson, renderJson } from './json.js';

/** As a store might give it back: every object's keys the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, part]) => [key, reversed(part)]),
  );
}

describe('renderJson', () => {
  it('gives the report back when parsed, and ends with one line break', () => {
    const text = renderJson(goldenReport());
    expect(JSON.parse(text)).toEqual(goldenReport());
    expect(text).toMatch(/[^\n]\n$/);
  });

  it.each([0, 1, 5])('is the same in pieces, with %i endpoints', (count) => {
    const report = { ...goldenReport(), endpoints: goldenReport().endpoints.slice(0, count) };
    const pieces = jsonPieces(report);
    expect(pieces.opening + report.endpoints.map(pieces.endpoint).join('') + pieces.closing(count)).toBe(renderJson(report));
  });

  it('does not depend on the order the keys came in', () => {
    expect(renderJson(reversed(goldenReport()) as Report)).toBe(renderJson(goldenReport()));
  });

  it('begins with the schema and the scan', () => {
    expect(renderJson(goldenReport())).toMatch(/^\{\n {2}"schema": "dosimeter.report\/1",\n {2}"scan": \{\n {4}"id": /);
  });

  it('keeps any text and prints no unseen character', () => {
    fc.assert(
      fc.property(hostileText, (payload) => {
        const report = withFreeText(goldenReport(), (text) => text + payload);
        const text = renderJson(report);
        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(report)));
      }),
      { numRuns: 30 },
    );
  });

  it('keeps a key that is called like the prototype', () => {
    const evidence: unknown = JSON.parse('{"__proto__":{"a":1}}');
    expect(printedJson(evidence)).toBe('{\n  "__proto__": {\n    "a": 1\n  }\n}');
  });
});
