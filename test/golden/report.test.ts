/** The formats against whole expected outputs. After a wanted change: UPDATE_GOLDEN=1 npx vitest run test/golden, then read the difference. */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ReportFormat, renderReport } from '../../src/report/index.js';
import { goldenReport } from './golden-report.js';

const options = { width: 100, colour: (_style: string, text: string) => text };

describe('the golden report', () => {
  it.each<[file: string, format: ReportFormat]>([
    ['report.json', 'json'],
    ['report.txt', 'terminal'],
    ['report.html', 'html'],
  ])('%s', (file, format) => {
    const path = new URL(file, import.meta.url);
    const text = renderReport(format, goldenReport(), options);
    if (process.env.UPDATE_GOLDEN) writeFileSync(path, text);
    expect(text).toBe(readFileSync(path, 'utf8'));
  });

  it('is counted as its endpoints say', () => {
    const { summary, endpoints } = goldenReport();
    expect(summary.endpoints).toBe(endpoints.length);
    expect(Object.values(summary.verdicts).reduce((a, b) => a + b)).toBe(endpoints.flatMap(({ findings }) => findings).length);
    expect(Object.values(summary.findings).reduce((a, b) => a + b)).toBe(summary.verdicts.fail);
  });
});
