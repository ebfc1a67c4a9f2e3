/** The demo: simulated devices, a scan of them, its report. Nothing outside loopback. */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Estate, startEstate } from '../estate/estate.js';
import type { Report } from '../model/report.js';
import { renderReport } from '../report/index.js';
import { memoryStore, openStore, type Store } from '../store/store.js';
import { colour, remark, writeOut, writeReport, writeResult } from './output.js';
import { createProgress } from './progress.js';
import { defaultConcurrency, defaultEntryBudget, defaultResponseBudget, newArchiveKey, newNonce, newScanId, runScan, storedReport } from './scan-run.js';
import { scopedJobs } from './scoped-jobs.js';
import { stopOnInterrupt } from './stop-signal.js';
import { implementationVersionName, version } from './version.js';

const storeFile = 'dosimeter-demo.sqlite';

export async function demo(options: { output: string; quiet: boolean }): Promise<void> {
  const estate = await startEstate();
  const { store, command } = await demoStore();
  try {
    if (!options.quiet) remark(`${estate.devices.length} simulated devices are running on loopback. Scanning them as a stranger would.`);
    const report = await scanEstate(estate, store, options.quiet);
    await writeReport(report, 'terminal', undefined);
    await writeResult(options.output, renderReport('html', report, { width: 100, colour: (_style, text) => text }));
    await writeOut(whatNext(options.output, command));
  } finally {
    await store.close();
    await estate.stop();
  }
}

/** A real store where SQLite loads; the demo also runs where it does not. */
async function demoStore(): Promise<{ store: Store; command: string | undefined }> {
  try {
    return { store: await openStore(storeFile), command: `dosimeter report --store ${storeFile}` };
  } catch {
    return { store: memoryStore(), command: undefined };
  }
}

/** Every device is one target with its own port. Returns the report of a complete scan. */
export async function scanEstate(estate: Estate, store: Store, quiet: boolean): Promise<Report> {
  const scoped = await scopedJobs(estate.targets, { touch: 'anonymous' });
  const startedAt = Date.now();
  const scanId = newScanId(startedAt);
  const interrupt = stopOnInterrupt();
  const progress = await createProgress({ stream: process.stderr, totalHosts: scoped.hostCount, quiet, format: 'text' });
  const probe = {
    touch: 'anonymous' as const,
    callingAeTitle: null,
    calledAeTitle: null,
    implementationVersionName,
    nonce: newNonce(),
    archiveKey: newArchiveKey(),
    responseBudget: defaultResponseBudget,
    entryBudget: defaultEntryBudget,
    seed: 1,
    sample: true,
  };
  await store.startScan({
    id: scanId,
    startedAt,
    finishedAt: null,
    authorisedBy: null,
    touch: 'anonymous',
    version,
    complete: false,
    targets: estate.targets,
    settings: { probe },
  });
  await runScan({
    scoped,
    done: undefined,
    order: 1,
    threads: 1,
    store,
    scanId,
    settings: probe,
    concurrency: defaultConcurrency,
    rate: null,
    networkRate: null,
    answerMs: null,
    signal: interrupt.signal,
    onBatch: (batch) => progress.batch(batch),
  });
  progress.stop();
  interrupt.dispose();
  await store.finishScan(scanId, Date.now(), !interrupt.signal.aborted);
  const report = await storedReport(store, scanId);
  if (!report) throw new Error('the scan that was just stored cannot be found');
  return report;
}

function whatNext(output: string, command: string | undefined): string {
  const lines = [
    '',
    colour('bold', 'The same as a page for a meeting:'),
    `  ${pathToFileURL(resolve(output)).href}`,
    '',
    colour('bold', 'Try next:'),
    '  npx dosimeter scan 127.0.0.1 --ports 4242          an Orthanc on this machine',
    '  npx dosimeter scan 10.20.0.0/24 --authorised-by "who, reference"',
    '  npx dosimeter checks open-query                    what a finding means and how to close it',
    ...(command === undefined ? [] : [`  npx ${command}   this scan again`]),
    '',
  ];
  return `${lines.join('\n')}\n`;
}
