import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withFreeText } from '../../test/golden/free-text.js';
import { goldenReport } from '../../test/golden/golden-report.js';
import { hostileText } from '../../test/golden/hostile-text.js';
import type { Remedy } from '../model/check.js';
import type { Report, ReportEndpoint } from '../model/report.js';
import { displayWidth } from './terminal/width.js';
import { renderTerminal } from './terminal.js';

const plain = (_style: string, text: string) => text;
const rendered = (report: Report, width = 80) => renderTerminal(report, { width, colour: plain });
const linesOf = (report: Report, width: number) => rendered(report, width).split('\n');

/** Without what is never wrapped: settings and commands. */
const proseOnly = (report: Report): Report => withRemedies(report, ({ text }) => ({ text, products: [], prove: '' }));

function withRemedies(report: Report, change: (remedy: Remedy) => Remedy): Report {
  const checks = Object.entries(report.checks).map(([id, about]) => [id, { ...about, remedy: change(about.remedy) }] as const);
  return { ...report, checks: Object.fromEntries(checks) };
}

describe('renderTerminal', () => {
  it('fits every width from 40 columns on, whatever it is told', () => {
    fc.assert(
      fc.property(fc.integer({ min: 40, max: 160 }), hostileText, (width, payload) => {
        const report = withFreeText(proseOnly(goldenReport()), (text) => (text === '' ? text : text + payload));
        for (const line of linesOf(report, width)) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }),
      { numRuns: 60 },
    );
  });

  it.each([0, 12, Number.NaN])('takes a width of %s for 40', (width) => {
    expect(rendered(goldenReport(), width)).toBe(rendered(goldenReport(), 40));
  });

  it('never breaks a setting or a command', () => {
    const narrow = linesOf(goldenReport(), 40);
    expect(narrow).toContain('      "DicomModalities" : { "ct1" : { "AET" : "CT1", "Host" : "192.0.2.80", "Port" : 104, "AllowFind" : false } }');
    expect(narrow).toContain('    dosimeter scan archive.radiology.example --ports 4242');
  });

  it('lets no control character of a peer through', () => {
    fc.assert(
      fc.property(hostileText, (payload) => {
        const text = rendered(withFreeText(goldenReport(), (part) => payload + part));
        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 60 },
    );
  });

  it('lets a peer begin no line of its own', () => {
    const forged = { ...goldenReport(), endpoints: goldenReport().endpoints.map((endpoint) => ({ ...endpoint, service: 'dicom\nNo check failed' })) };
    expect(linesOf(forged, 120).filter((line) => line.startsWith('No check failed'))).toEqual([]);
  });

  it('opens with the figure', () => {
    expect(linesOf(goldenReport(), 80).slice(2, 4)).toEqual([
      '2 of 7 endpoints are open to anyone:',
      'at least 985,052 images in 51,937 studies of 18,977 patients.',
    ]);
  });

  it('colours through what it was handed, and only that', () => {
    const marked = renderTerminal(goldenReport(), { width: 100, colour: (style, text) => `<${style}>${text}</>` });
    expect(marked).toContain('<red>2 of 7 endpoints');
    expect(marked.replace(/<\/?[a-z]*>/g, '').replaceAll('</>', '')).toBe(rendered(goldenReport(), 100));
  });

  it('shows settings of the gravest findings only, where a product was recognised', () => {
    const text = rendered(goldenReport());
    expect(text).toContain('"DicomTlsEnabled" : true');
    expect(text).not.toContain('"DicomCheckCalledAet"'); // a low finding
    expect(text).not.toContain('dcmAcceptedCallingAETitle'); // a product nobody saw there
  });

  it('shows settings of what is gravest where nothing is grave', () => {
    const report = goldenReport();
    const low = report.endpoints.map((endpoint) => ({
      ...endpoint,
      findings: endpoint.findings.filter(({ severity, verdict }) => verdict !== 'fail' || severity === 'low'),
    }));
    expect(rendered({ ...report, endpoints: low })).toContain('"DicomCheckCalledAet" : true');
  });

  it('prints settings that several findings share once', () => {
    const report = goldenReport();
    const shared = [{ product: 'orthanc', name: 'Orthanc', where: 'orthanc.json', lines: ['"Shared" : true'], rollback: 'Set it to false.' }];
    const text = rendered(withRemedies(report, (remedy) => ({ ...remedy, products: shared })));
    expect(text.split('"Shared" : true').length).toBe(2);
    expect(text).toMatch(/Orthanc · the lines that stand under [a-z-]+/);
  });

  it('says that nothing answered, and how', () => {
    const golden = goldenReport();
    const text = rendered({
      ...golden,
      endpoints: [],
      summary: { ...golden.summary, endpoints: 0, exposedEndpoints: 0, outcomes: { 'timed-out': 3, refused: 500 } },
    });
    expect(text).toContain('Nothing answered on 126 addresses.');
    expect(text).toContain('500 refused the connection, 3 did not answer in');
    expect(text).not.toMatch(/ENDPOINTS|CRITICAL|LEARNT|CLOSED/);
  });

  it('says that a scan ended early', () => {
    const golden = goldenReport();
    const text = rendered({ ...golden, scan: { ...golden.scan, complete: false, finishedAt: null, authorisedBy: null } });
    expect(text).toContain('This scan ended before every target was asked');
    expect(text).toContain('Authorised by: nobody was named');
    expect(rendered(golden)).not.toContain('ended before');
  });

  it('keeps a thousand endpoints readable', () => {
    const golden = goldenReport();
    const endpoints = Array.from(
      { length: 1_000 },
      (_, index): ReportEndpoint => ({ ...(golden.endpoints[index % 7] as ReportEndpoint), host: `10.0.${index >> 8}.${index & 255}` }),
    );
    const lines = linesOf({ ...golden, endpoints, summary: { ...golden.summary, endpoints: endpoints.length } }, 100);
    expect(lines.length).toBeLessThan(200);
    expect(lines).toContain('… and 975 more; see the JSON or HTML report.');
    expect(lines.join('\n')).toMatch(/and 28\d more:\s+A\s+C-FIND/);
  });
});
