import { describe, expect, it } from 'vitest';
import { goldenReport } from '../../../test/golden/golden-report.js';
import type { TimelineYear } from '../../model/exposure.js';
import type { Report, ReportEndpoint, ReportObservation } from '../../model/report.js';
import { encryptionOf } from './encryption.js';
import { failureGroups, gravest, placedFindings } from './failures.js';
import { closed, unlearnt } from './learnt.js';
import { ownRemedies, ownRemedy } from './remedies.js';
import { sinceFigures, studyYears } from './study-years.js';

const endpointNamed = (host: string): ReportEndpoint => {
  const found = goldenReport().endpoints.find((endpoint) => endpoint.host === host);
  if (!found) throw new Error(`no endpoint ${host}`);
  return found;
};

describe('encryption', () => {
  const observation = (part: Partial<ReportObservation>): ReportObservation => ({
    ...(endpointNamed('192.0.2.31').observations[0] as ReportObservation),
    ...part,
  });
  const of = (...parts: readonly Partial<ReportObservation>[]) => encryptionOf({ ...endpointNamed('192.0.2.31'), observations: parts.map(observation) });

  it.each([
    ['plain DICOM', [{ kind: 'dicom', transport: 'plain' }], 'no'],
    ['DICOM inside TLS', [{ kind: 'dicom', transport: 'tls' }], 'yes'],
    ['a TLS hello on a plain connection', [{ kind: 'tls', transport: 'plain' }], 'yes'],
    [
      'both on one port',
      [
        { kind: 'dicom', transport: 'plain' },
        { kind: 'dicom', transport: 'tls' },
      ],
      'both',
    ],
    ['an open port and no more', [{ kind: 'port', transport: 'plain' }], 'unknown'],
    ['a failure shows nothing', [{ kind: 'dicom', transport: 'plain', outcome: 'timed-out' }], 'unknown'],
    ['no observation', [], 'unknown'],
  ] as const)('%s', (_title, parts, expected) => expect(of(...parts)).toBe(expected));
});

it('is demanded where a check saw that, whatever the connection began with', () => {
  const endpoint = endpointNamed('192.0.2.31');
  const finding = { ...(endpoint.findings[0] as ReportEndpoint['findings'][number]), check: 'cleartext-ftp' };
  const of = (verdict: 'pass' | 'fail') =>
    encryptionOf({
      ...endpoint,
      observations: endpoint.observations.slice(0, 1).map((each) => ({ ...each, kind: 'ftp', transport: 'plain' })),
      findings: [{ ...finding, verdict }],
    });
  expect(of('pass')).toBe('yes');
  expect(of('fail')).toBe('no');
});

describe('failures', () => {
  it('come gravest first, then most places first', () => {
    const order = failureGroups(goldenReport()).map(({ severity, check, places }) => `${severity} ${check} ${places.length}`);
    expect(order.slice(0, 4)).toEqual(['critical open-query 2', 'critical patient-identifiers-exposed 1', 'high cleartext-dicom 4', 'high open-store 2']);
    expect(order.at(-1)).toBe('low no-client-certificate 1');
  });

  it('have ids made of positions', () => {
    expect(placedFindings(goldenReport(), 'unknown')[0]?.id).toBe('e2-f5');
  });

  it('know the gravest of an endpoint', () => {
    expect(goldenReport().endpoints.map(gravest)).toEqual(['critical', 'critical', 'high', 'high', 'medium', null, null]);
  });

  it('take the settings of the recognised product only', () => {
    const places = placedFindings(goldenReport(), 'fail').filter(({ finding }) => finding.check === 'cleartext-dicom');
    expect(places.map((place) => ownRemedy(place)?.product)).toEqual(['orthanc', undefined, 'dcmtk', undefined]);
    expect(ownRemedies([...places, ...places]).map(({ product }) => product)).toEqual(['orthanc', 'dcmtk']);
  });
});

describe('what was learnt', () => {
  it('groups unknown verdicts by reason', () => {
    const groups = unlearnt(goldenReport());
    expect(groups.map(({ verdicts }) => verdicts)).toEqual([3, 3, 1, 1]);
    expect(groups[0]).toMatchObject({ checks: ['open-query', 'open-store', 'patient-identifiers-exposed'], endpoints: ['192.0.2.52:104'] });
  });

  it('counts endpoints that passed, and no others', () => {
    expect(closed(goldenReport()).map(({ check, endpoints }) => `${check} ${endpoints}`)).toEqual([
      'any-called-ae-accepted 1',
      'cleartext-dicom 1',
      'expired-certificate 1',
      'no-client-certificate 1',
      'open-query 2',
      'open-store 2',
      'outdated-tls 1',
      'patient-identifiers-exposed 1',
    ]);
  });
});

describe('study years', () => {
  const reportWith = (timeline: readonly TimelineYear[]): Report => {
    const golden = goldenReport();
    return {
      ...golden,
      endpoints: golden.endpoints.slice(0, 1).map((endpoint) => ({ ...endpoint, exposure: endpoint.exposure && { ...endpoint.exposure, timeline } })),
    };
  };
  const year = (value: number | null, studies: number): TimelineYear => ({ year: value, studies, images: null });

  it('fills gaps and sets aside what no archive can hold', () => {
    const years = studyYears(reportWith([year(2020, 3), year(2018, 2), year(2018, 1), year(null, 7), year(1, 4), year(2999, 5), year(1971, 0), year(2027, 0)]));
    expect(years).toEqual({
      years: [
        { year: 2018, studies: 3 },
        { year: 2019, studies: 0 },
        { year: 2020, studies: 3 },
      ],
      undated: 7,
      implausible: 9,
      isEstimated: false,
    });
  });

  it('sums endpoints', () => {
    expect(studyYears(goldenReport()).years.find((entry) => entry.year === 2020)?.studies).toBe(2_190 + 3_796);
  });

  it('is empty where nothing was learnt', () => {
    expect(studyYears(reportWith([]))).toEqual({ years: [], undated: 0, implausible: 0, isEstimated: false });
    expect(sinceFigures([], 2026)).toEqual([]);
  });

  it('runs no total since a year that has not begun: studies planned ahead are part of the last one', () => {
    const years = [2024, 2025, 2026, 2027].map((year) => ({ year, studies: 1 }));
    expect(sinceFigures(years, 2026)).toEqual([
      { year: 2024, studies: 4 },
      { year: 2026, studies: 2 },
    ]);
    expect(sinceFigures(years.slice(3), 2026)).toEqual([{ year: 2027, studies: 1 }]);
  });

  it('runs totals since the first, and the last ten, five and one years', () => {
    const years = Array.from({ length: 12 }, (_, index) => ({ year: 2010 + index, studies: 1 }));
    expect(sinceFigures(years, 2026)).toEqual([
      { year: 2010, studies: 12 },
      { year: 2012, studies: 10 },
      { year: 2017, studies: 5 },
      { year: 2021, studies: 1 },
    ]);
    expect(sinceFigures(years.slice(0, 1), 2026)).toEqual([{ year: 2010, studies: 1 }]);
  });
});
