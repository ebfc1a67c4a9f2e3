import { describe, expect, it } from 'vitest';
import { failed, observed } from '../../test/fixtures/observations.js';
import { defineCheck, pass } from '../model/check.js';
import { evidenceKind } from '../model/evidence.js';
import { exactly } from '../model/exposure.js';
import type { Finding } from '../model/finding.js';
import type { Observation } from '../model/observation.js';
import { unknownRights } from '../model/rights.js';
import { recordEndpoint, worstFirst } from './record-endpoint.js';
import { reportDocument } from './report-document.js';
import { tally } from './totals.js';

const colour = evidenceKind<{ images: number | null }>('colour', 1, {
  service: () => 'paint shop',
  exposure: ({ images }) => ({ images: images === null ? null : exactly(images), studies: null, patients: null, timeline: [], identifiers: {} }),
});
const at = (host: string, port = 104) => ({ endpoint: { host, address: host, port } });
const finding = (host: string, severity: Finding['severity'], verdict: Finding['verdict']): Finding => ({
  check: 'red-door',
  ...at(host),
  subject: '',
  severity,
  verdict,
  reason: 'it is',
  because: {},
});
const about = {
  title: 'The door is red',
  why: 'because',
  remedy: { text: 'paint it', products: [], prove: '' },
  references: { requirement: [], target: [], weakness: [] },
};
const check = (id: string) => defineCheck({ ...about, id, severity: 'high', needs: { colour }, judge: () => pass('not red') });
const scan = { id: 's', startedAt: 0, finishedAt: 1_000, authorisedBy: null, touch: 'anonymous' as const, version: '1', complete: true };
async function documentOf(observations: readonly Observation[], findings: readonly Finding[] = []) {
  const of = (host: string) => recordEndpoint([colour], observations.filter(isAt(host)), findings.filter(isAt(host)));
  const recorded = [...new Set(observations.map(({ endpoint }) => endpoint.host))].map(of);
  const records = recorded.map(({ record }) => record).filter(({ isOpen }) => isOpen);
  const totals = tally(recorded, recorded.length);
  return reportDocument({ scan, totals, records: records.sort(worstFirst), kinds: [colour], checks: [check('red-door'), check('blue-door')] });
}

const isAt =
  (host: string) =>
  ({ endpoint }: { readonly endpoint: { readonly host: string } }): boolean =>
    endpoint.host === host;

describe('reportDocument', () => {
  it('says once what a check is about, and only of checks that judged something', async () => {
    const report = await documentOf([observed({ images: 5 }, at('127.0.0.1'))], [finding('127.0.0.1', 'low', 'fail'), finding('127.0.0.1', 'low', 'pass')]);
    expect(report.checks).toEqual({ 'red-door': about });
  });

  it('lists open endpoints, worst first, and counts the others', async () => {
    const report = await documentOf(
      [observed({ images: 5 }, at('127.0.0.1')), observed({ images: 7 }, at('127.0.0.2')), failed('refused', { ...at('127.0.0.3'), portOpen: false })],
      [finding('127.0.0.1', 'low', 'fail'), finding('127.0.0.2', 'critical', 'fail'), finding('127.0.0.2', 'high', 'pass')],
    );
    expect(report.endpoints.map((endpoint) => endpoint.host)).toEqual(['127.0.0.2', '127.0.0.1']);
    expect(report.summary).toMatchObject({
      targets: 3,
      endpoints: 2,
      exposedEndpoints: 2,
      findings: { critical: 1, high: 0, medium: 0, low: 1 },
      verdicts: { fail: 2, pass: 1, unknown: 0, 'not-applicable': 0 },
      outcomes: { observed: 2, refused: 1 },
      images: exactly(12),
      traffic: { connections: 3, messagesSent: 6, bytesSent: 30, bytesReceived: 60 },
    });
    expect(report.scan).toMatchObject({ startedAt: '1970-01-01T00:00:00.000Z', finishedAt: '1970-01-01T00:00:01.000Z' });
  });

  it('says "at least" where one open archive does not tell how many it holds', async () => {
    const report = await documentOf([observed({ images: 5 }, at('127.0.0.1')), observed({ images: null }, at('127.0.0.2'))]);
    expect(report.summary.images).toEqual({ value: 5, basis: 'at-least', low: 5, high: null });
  });

  it('says nothing where nothing could be learnt', async () => {
    const report = await documentOf([observed({ images: null })]);
    expect(report.summary.images).toBeNull();
  });

  it.each([
    ['silent', failed('timed-out'), 'silent'],
    ['recognised by its first bytes', failed('not-this-protocol', { heard: 'http', spoke: true }), 'http'],
    ['not recognised', failed('not-this-protocol', { heard: 'unknown', spoke: true }), 'unrecognised'],
  ])('names what an open port is: %s', async (_title, observation, service) => {
    const report = await documentOf([observation]);
    expect(report.endpoints[0]).toMatchObject({ service, product: null, exposure: null, rights: unknownRights });
  });
});
