import { describe, expect, it } from 'vitest';
import { folder, othersMay } from '../../../test/fixtures/folders.js';
import { judge } from '../../audit/judge.js';
import { recordEndpoint } from '../../audit/record-endpoint.js';
import { reportDocument } from '../../audit/report-document.js';
import { tally } from '../../audit/totals.js';
import { checks } from '../../checks/index.js';
import { files } from '../../files/evidence.js';
import { atLeast, exactly } from '../../model/exposure.js';
import type { LocalFolder } from '../../model/local-folder.js';
import type { Observation } from '../../model/observation.js';
import type { Report } from '../../model/report.js';
import { renderReport } from '../index.js';
import { folderFacts } from './folders.js';
import { headline } from './headline.js';

const seen = (evidence: LocalFolder, index: number): Observation => ({
  kind: files.name,
  version: files.version,
  endpoint: { host: `folder ${index + 1} (imaging)`, address: `folder ${index + 1}`, port: 0 },
  transport: 'plain',
  at: 0,
  durationMs: 5,
  traffic: { connections: 0, messagesSent: 0, bytesSent: 0, bytesReceived: 0 },
  outcome: 'observed',
  evidence,
});
const scan = { id: 'x', startedAt: 0, finishedAt: 5, authorisedBy: null, touch: 'anonymous', version: '0', complete: true } as const;
function reportOf(...folders: readonly LocalFolder[]): Report {
  const recorded = folders.map(seen).map((observation) => recordEndpoint([files], [observation], judge(checks, [observation])));
  return reportDocument({ scan, totals: tally(recorded, folders.length), records: recorded.map(({ record }) => record), kinds: [files], checks });
}
const factsOf = (evidence: LocalFolder) => Object.fromEntries(folderFacts(evidence).map(({ name, text }) => [name, text]));

describe('the headline over folders', () => {
  it.each<[string, readonly LocalFolder[], string, string]>([
    ['closed', [folder()], 'Exactly 10 images lie in the folder', ''],
    ['two', [folder(), othersMay({ readFiles: 1 })], 'Exactly 20 images lie in 2 folders', 'Other accounts of this computer may read files in 1 of them.'],
    [
      'open',
      [othersMay({ readFiles: 1, writeFiles: 1 })],
      'Exactly 10 images lie in the folder',
      'Other accounts of this computer may read files in it and change something in it.',
    ],
    ['one image', [folder({}, { images: exactly(1) })], 'Exactly 1 image lies in the folder', ''],
    ['a part', [folder({}, { images: atLeast(7), ended: 'refused' })], 'At least 7 images lie in the folder', ''],
    ['none', [folder({}, { images: exactly(0) })], 'No image lies in the folder', ''],
    ['none seen', [folder({}, { images: atLeast(0), ended: 'budget' })], 'No image was seen in the folder, but not all of it was listed', ''],
  ])('%s', (_, folders, claim, detail) => {
    expect(headline(reportOf(...folders))).toMatchObject({ claim, detail });
  });
});

describe('what lies in a folder, in words', () => {
  it('all of it', () => {
    expect(factsOf(folder())).toEqual({
      Holds: 'exactly 10 images; exactly 12 files in exactly 2 folders',
      'By name': 'DICOM: 10 and reports and documents: 2',
      'Looked at': '14 names in 3 listings; of 10 files the first 132 bytes, and 10 were DICOM',
      'Others may': 'read 0 of 12 files',
    });
  });

  it('what was not seen', () => {
    const notSeen = { refused: 2, failed: 1, vanished: 3, otherFileSystems: 1 };
    expect(factsOf(folder({ notSeen, special: 4 }, { ended: 'cut-off' }))['Not seen']).toMatch(
      /^what came after it was stopped, 2 folders that this account may not read, 1 folder that gave an error, 1 folder on other .*, 3 that vanished or changed places meanwhile and 4 FIFOs/,
    );
  });

  it('what YARA said', () => {
    const yara = { rules: { dropper: 2 }, matched: 2, scanned: 9, tooLarge: 1, leftOut: 0 };
    expect(factsOf(folder({ yara }))['YARA']).toBe('9 files scanned, 1 too large; 2 match: dropper (2)');
  });
});

describe('reports of folders', () => {
  const report = reportOf(othersMay({ readFiles: 12, readImages: 10, writeFiles: 1 }));

  it.each(['terminal', 'html'] as const)('speak in %s of folders and of other accounts, and not of a network', (format) => {
    const text = renderReport(format, report, { width: 100, colour: (_style, plain) => plain });
    expect(text).toContain('folder 1 (imaging)');
    expect(text).toMatch(/other accounts/i);
    expect(text).toContain('dosimeter files PATH');
    expect(text).not.toMatch(/:0\b|dosimeter scan folder|of the ports|Encrypted<|what anyone may/i);
  });
});
