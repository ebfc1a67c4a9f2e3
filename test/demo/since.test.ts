/** Two scans of an estate that changes between them: the report of the second says what came, what was closed, and what it cannot know. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sideOfFile } from '../../src/cli/baseline-file.js';
import { scanEstate } from '../../src/cli/demo-run.js';
import { earlierSide, mostUnasked } from '../../src/cli/earlier-scan.js';
import { endLine, headLine, observationLine } from '../../src/cli/observation-stream.js';
import { storedSide } from '../../src/cli/scan-sides.js';
import { withChanges } from '../../src/cli/with-changes.js';
import { virtualArchive } from '../../src/estate/archive.js';
import type { DeviceSpec } from '../../src/estate/device-spec.js';
import { startEstate } from '../../src/estate/estate.js';
import { contexts, dcmtk } from '../../src/estate/identities.js';
import { nothingLearnt } from '../../src/estate/truth.js';
import { endpointName } from '../../src/model/endpoint.js';
import { exactly } from '../../src/model/exposure.js';
import type { Report } from '../../src/model/report.js';
import { renderReport } from '../../src/report/index.js';
import { openStore, type ScanRecord, type Store } from '../../src/store/store.js';

const folder = mkdtempSync(join(tmpdir(), 'dosimeter-since-'));
const day = 86_400_000;

const archive = (studies: number, seed = 41) => virtualArchive({ seed, patients: 20, studies, imagesPerStudy: [2, 9], years: [2020, 2025] });

function device(id: string, studies: number, more: Partial<Extract<DeviceSpec['behaviour'], { speaks: 'dicom' }>> = {}): DeviceSpec {
  const behaviour = { speaks: 'dicom' as const, identity: dcmtk, contexts: contexts.queryOnly, archive: archive(studies), ...more };
  return { id, what: id, port: 104, behaviour, truth: { ...nothingLearnt, service: 'dicom', verdicts: {} } };
}

const silent = (id: string): DeviceSpec => ({
  id,
  what: id,
  port: 104,
  behaviour: { speaks: 'nothing' },
  truth: { ...nothingLearnt, service: 'silent', verdicts: {} },
});

const before = [device('growing', 300), device('standing', 80), device('shrinking', 120), device('closing', 60), device('hushed', 60), silent('waking')];
const after = [
  device('growing', 420),
  device('standing', 80),
  device('shrinking', 90),
  device('closing', 60, { callers: ['CT01'] }),
  silent('hushed'),
  device('waking', 40),
];

let store: Store;
let later: Report;
let scans: readonly ScanRecord[];
let names: readonly string[];

async function scanOf(devices: readonly DeviceSpec[]): Promise<Report> {
  const estate = await startEstate({ devices, addressPrefix: '127.77.240' });
  names = estate.targets;
  try {
    return await scanEstate(estate, store, true);
  } finally {
    await estate.stop();
  }
}

beforeAll(async () => {
  store = await openStore(join(folder, 'since.sqlite'));
  await scanOf(before);
  const clock = Date.now.bind(Date);
  const ahead = vi.spyOn(Date, 'now').mockImplementation(() => clock() + 3 * day);
  later = await scanOf(after);
  ahead.mockRestore();
  scans = await store.scans();
}, 60_000);

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function compared(since: string | undefined): Promise<Report> {
  const scan = scans[0] as ScanRecord;
  const earlier = await earlierSide(store, scan, since);
  return withChanges(later, earlier && { earlier, later: storedSide(store, scan) });
}

const endpoint = (report: Report, index: number) => report.endpoints.find((each) => endpointName(each) === names[index]);

describe('a scan after an earlier one of the same targets', () => {
  it('finds the earlier one by itself and measures the growth a day', async () => {
    const report = await compared(undefined);
    const came = archive(420).images - archive(300).images;
    expect(report.since?.scan.id).toBe(scans[1]?.id);
    expect(report.since?.days).toBeCloseTo(3, 1);
    expect(endpoint(report, 0)?.since?.images?.change).toEqual(exactly(came));
    expect(endpoint(report, 0)?.since?.studies?.change).toEqual(exactly(120));
    expect(endpoint(report, 0)?.since?.images?.perDay?.value).toBeCloseTo(came / 3, -1);
    expect(endpoint(report, 1)?.since?.images?.change).toEqual(exactly(0));
    expect(endpoint(report, 2)?.since?.studies?.change).toEqual(exactly(-30));
    expect(report.since?.images).toMatchObject({ grew: 1, stood: 1, shrank: 1 });
    expect(report.since?.images.perDay?.value).toBeCloseTo(came / 3, -1);
  });

  it('calls closed what is seen to be closed, and not what keeps silent', async () => {
    const report = await compared(undefined);
    expect(endpoint(report, 3)?.since?.closed.map(({ check }) => check)).toContain('open-query');
    expect(endpoint(report, 4)?.since?.closed).toEqual([]);
    expect(endpoint(report, 4)?.since?.unclear.map(({ check }) => check)).toContain('open-query');
    expect(endpoint(report, 5)?.since?.opened).toEqual([]);
    expect(endpoint(report, 5)?.since?.firstSeen.map(({ check }) => check)).toContain('open-query');
  });

  it('is left alone where nobody wants it, or nothing was scanned before', async () => {
    expect((await compared('none')).since).toBeUndefined();
    expect(await earlierSide(store, scans[1] as ScanRecord, undefined)).toBeUndefined();
    expect(await earlierSide(store, scans[0] as ScanRecord, undefined, mostUnasked + 1)).toBeUndefined();
    expect(await earlierSide(store, scans[0] as ScanRecord, scans[1]?.id, mostUnasked + 1)).toBeDefined();
    await expect(compared('no-such-scan')).rejects.toThrow(/neither a stored scan nor a file/);
    await expect(compared(scans[0]?.id)).rejects.toThrow(/is the scan itself/);
  });

  it.each(['observations', 'report'] as const)('says the same of growth with %s in a file as the earlier scan', async (kind) => {
    const earlier = scans[1] as ScanRecord;
    const path = join(folder, kind);
    const { targets: _targets, settings: _settings, ...head } = earlier;
    const lines = [headLine(head)];
    for await (const { observations } of store.endpoints(earlier.id)) lines.push(...observations.map(observationLine));
    const stored = await import('../../src/cli/scan-run.js').then(({ storedReport }) => storedReport(store, earlier.id));
    writeFileSync(path, kind === 'observations' ? `${lines.join('')}${endLine(earlier.finishedAt ?? 0, true)}` : renderReport('json', stored as Report, plain));
    const [fromFile, fromStore] = [await compared(path), await compared(undefined)];
    expect(fromFile.since?.images).toEqual(fromStore.since?.images);
    expect(fromFile.since?.findings).toEqual(fromStore.since?.findings);
    expect(fromFile.since?.scan.id).toBe(earlier.id);
  });

  it.each(['not JSON', '{"schema":"something else"}', '{"schema":"dosimeter.report/1","scan":{"startedAt":"2026-01-01T00:00:00Z"},"endpoints":[3]}'])(
    'refuses a file that is neither: %s',
    async (text) => {
      writeFileSync(join(folder, 'other'), text);
      await expect(sideOfFile(join(folder, 'other'))).rejects.toThrow(/neither a JSON report nor|not a whole JSON report/);
    },
  );

  it('refuses a folder', async () => {
    await expect(sideOfFile(folder)).rejects.toThrow(/is a folder/);
  });

  it.each(['terminal', 'html'] as const)('says so in the %s report, first of all', async (format) => {
    const text = renderReport(format, await compared(undefined), plain);
    const line = /\+[\d.,]+ images per day since \d{4}-\d\d-\d\d \d\d:\d\d UTC \(3 days before\)/;
    expect(text).toMatch(line);
    expect(text.search(line)).toBeLessThan(text.search(/Endpoint/));
    expect(text).toContain('which is not the same as closed');
    if (process.env['KEEP_REPORT']) writeFileSync(`${process.env['KEEP_REPORT']}.${format}`, text);
  });

  it('is in the JSON report as it is', async () => {
    const report = await compared(undefined);
    expect(JSON.parse(renderReport('json', report, plain))).toEqual(report);
  });
});

const plain = { width: 100, colour: (_style: string, text: string) => text };
