import { describe, expect, it } from 'vitest';
import { goldenReport } from '../../../test/golden/golden-report.js';
import type { Verdict } from '../../model/check.js';
import { atLeast, type Estimate, exactly } from '../../model/exposure.js';
import type { Report, ReportFinding } from '../../model/report.js';
import type { Right, Rights } from '../../model/rights.js';
import { headline, outcomesInWords } from './headline.js';

interface Case {
  readonly rights: readonly Partial<Rights>[];
  readonly exposed?: number;
  readonly images?: Estimate | null;
  readonly studies?: Estimate | null;
  readonly patients?: Estimate | null;
  readonly pass?: number;
  readonly unknown?: number;
  readonly targets?: number;
  readonly complete?: boolean;
}

function reportOf({ rights, exposed = 0, images = null, studies = null, patients = null, pass = 0, unknown = 0, targets = 9, complete = true }: Case): Report {
  const golden = goldenReport();
  const template = golden.endpoints.at(-1);
  if (!template) throw new Error('the golden report has no endpoint');
  return {
    ...golden,
    scan: { ...golden.scan, complete },
    summary: {
      ...golden.summary,
      targets,
      endpoints: rights.length,
      exposedEndpoints: exposed,
      ...changing(rights),
      readableEndpoints: rights.filter(({ read }) => read === 'yes').length,
      images,
      studies,
      patients,
      verdicts: { fail: exposed, pass, unknown, 'not-applicable': 0 },
    },
    endpoints: rights.map((own) => ({ ...template, findings: [], rights: { ...template.rights, ...own } })),
  };
}

function changing(rights: readonly Partial<Rights>[]) {
  const may = (right: Right) => rights.filter((own) => [own.create, own.edit, own.delete].includes(right));
  const writable = may('yes');
  return { writableEndpoints: writable.length, offeringEndpoints: may('negotiated').filter((own) => !writable.includes(own)).length };
}

const open = { read: 'yes' } as const;
const shut = { read: 'no', create: 'no' } as const;
const about: Estimate = { value: 70, basis: 'estimate', low: 60, high: 80 };

describe('headline', () => {
  it.each<[string, Case, string, string, string]>([
    [
      'counted',
      { rights: [open, shut], images: exactly(1_234_567), studies: exactly(45_678), patients: exactly(1) },
      'open',
      '1 of 2 endpoints is open to anyone',
      'exactly 1,234,567 images in 45,678 studies of 1 patient.',
    ],
    [
      'lower bounds',
      { rights: [open, open], images: atLeast(9), studies: atLeast(3), patients: atLeast(2) },
      'open',
      '2 of 2 endpoints are open to anyone',
      'at least 9 images in 3 studies of 2 patients.',
    ],
    [
      'mixed',
      { rights: [open, shut], images: about, studies: exactly(3), patients: atLeast(2) },
      'open',
      '1 of 2 endpoints is open to anyone',
      'about 70 images in exactly 3 studies of at least 2 patients.',
    ],
    [
      'no images learnt',
      { rights: [open, shut], studies: exactly(3), patients: exactly(2) },
      'open',
      '1 of 2 endpoints is open to anyone',
      'exactly 3 studies of 2 patients; how many images could not be learnt.',
    ],
    [
      'nothing counted',
      { rights: [open], studies: atLeast(0) },
      'open',
      'The one endpoint that answered is open to anyone',
      'how many images, studies or patients could not be learnt.',
    ],
    [
      'an empty archive is counted too',
      { rights: [open, shut], images: exactly(0), studies: exactly(0), patients: exactly(0) },
      'open',
      '1 of 2 endpoints is open to anyone',
      'exactly 0 images in 0 studies of 0 patients.',
    ],
    [
      'writable only',
      { rights: [{ read: 'no', create: 'negotiated' }, shut], exposed: 1 },
      'warning',
      'No archive could be read, but 1 of 2 endpoints has something to close',
      '1 offers to take images from anyone.',
    ],
    [
      'deletable',
      { rights: [{ delete: 'yes' }, { create: 'negotiated' }], exposed: 2 },
      'warning',
      'No archive could be read, but 2 of 2 endpoints have something to close',
      '1 lets anyone write, change or delete and 1 offers to take images from anyone.',
    ],
    ['neither', { rights: [shut], exposed: 1 }, 'warning', 'No archive could be read, but the one endpoint that answered has something to close', ''],
    ['all closed', { rights: [shut, shut], pass: 4 }, 'quiet', 'No check failed at 2 endpoints', ''],
    [
      'some not learnt',
      { rights: [shut, shut], pass: 4, unknown: 1 },
      'quiet',
      'No check failed at 2 endpoints',
      '1 verdict could not be learnt, which is not the same as safe.',
    ],
    [
      'nothing judged',
      { rights: [{}], unknown: 3 },
      'quiet',
      '1 endpoint answered, but nothing could be judged',
      'That is not the same as safe: see what could not be learnt.',
    ],
    [
      'nothing answered',
      { rights: [], targets: 254 },
      'silent',
      'Nothing answered on 254 addresses',
      'A firewall between this computer and the devices looks the same from here.',
    ],
    [
      'stopped early',
      { rights: [], targets: 1, complete: false },
      'silent',
      'Nothing answered on 1 address so far',
      'A firewall between this computer and the devices looks the same from here.',
    ],
    ['not begun', { rights: [], targets: 0, complete: false }, 'silent', 'Nothing was asked yet', ''],
  ])('%s', (_title, given, tone, claim, detail) => {
    expect(headline(reportOf(given))).toEqual({ tone, claim, detail });
  });
});

it('words outcomes, most frequent first', () => {
  expect(outcomesInWords(goldenReport())).toEqual(['479 refused the connection', '19 did not answer in time', '6 told us something']);
});

describe('archives that may be meant to be open', () => {
  const finding = (verdict: Verdict['verdict'], signs?: readonly string[]): ReportFinding => ({
    check: 'patient-identifiers-exposed',
    subject: '',
    severity: 'critical',
    verdict,
    reason: 'a reason',
    because: signs ? { signs } : {},
  });
  const withFindings = (...findings: readonly ReportFinding[]): Report => {
    const report = reportOf({ rights: findings.map(() => open), images: exactly(40) });
    return { ...report, endpoints: report.endpoints.map((endpoint, index) => ({ ...endpoint, findings: findings.slice(index, index + 1) })) };
  };
  const example = finding('not-applicable', ['demonstration']);

  it.each<[what: string, report: Report, detail: RegExp]>([
    ['one of two', withFindings(example, finding('fail')), /^exactly 40 images; .*\. 1 of them holds what reads like demonstrations, .* of no patient\.$/],
    ['two of three', withFindings(example, example, finding('fail')), / 2 of them hold what reads like/],
    ['all', withFindings(example), / it may be open on purpose\.$/],
    ['a name beside the sign', withFindings(finding('fail', ['demonstration'])), /could not be learnt\.$/],
    ['a phantom among patients', withFindings(finding('unknown', ['phantom'])), /could not be learnt\.$/],
    ['nothing to look at', withFindings(finding('not-applicable')), /could not be learnt\.$/],
  ])('%s', (_what, report, detail) => {
    expect(headline(report).detail).toMatch(detail);
  });
});
