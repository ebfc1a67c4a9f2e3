/** `dosimeter scan TARGET…`: observe, judge, measure, store, report. */
import { Command } from 'commander';
import type { Endpoint } from '../../model/endpoint.js';
import type { ProbeSettings } from '../../model/probe.js';
import { defaultStoreLocation, openStore, type ScanRecord, type Store } from '../../store/store.js';
import { checkEarlier } from '../earlier-scan.js';
import { exitCodes, isSpoken, UsageError } from '../exit-codes.js';
import { addFailOnOption, addObserveOptions, addReportOptions, type FailOn, type ObserveOptions, sinceOption, storeOption } from '../options.js';
import { chooseFormat, remark } from '../output.js';
import { createProgress } from '../progress.js';
import { newArchiveKey, newNonce, newOrder, newScanId, runScan, threadsFor, writeStoredReport } from '../scan-run.js';
import { type ScopedJobs, scopedJobs } from '../scoped-jobs.js';
import { stopOnInterrupt } from '../stop-signal.js';
import { allTargets, listsOf, type StoredLists, storedLists } from '../target-lists.js';
import { exitCodeFor } from '../verdict-exit.js';
import { implementationVersionName, version } from '../version.js';

export interface ScanOptions extends ObserveOptions {
  readonly store?: string;
  readonly format?: string;
  readonly output?: string;
  readonly failOn: FailOn;
  readonly resume?: string;
  readonly since?: string;
}

const examples = `
Examples:
  dosimeter scan 127.0.0.1 --ports 4242
  dosimeter scan 10.20.0.0/24 --authorised-by "J. Weber, IT security, ticket 4711"
  dosimeter scan pacs.example.org:11112 --scope scope.yaml --called-ae ARCHIVE --output report.html
  dosimeter scan --targets hosts.txt --scope scope.yaml
  dosimeter scan --resume 20260124T221500-k7x2

Targets are addresses, networks (10.0.0.0/24), ranges (10.0.0.1-10.0.0.20), host names, and any of them with :port. A file of targets
(--targets, or - for standard input) has one a line, or is a list of masscan, or a JSON object a line with "ip" and "port".`;

export function scanCommand(): Command {
  const command = new Command('scan')
    .description('find out what is exposed: observe, judge, store, report')
    .argument('[target...]', 'what to scan; - reads targets from standard input');
  return addFailOnOption(addReportOptions(addObserveOptions(command)))
    .addOption(storeOption())
    .addOption(sinceOption())
    .option('--resume <scan>', 'go on with a scan that ended early; "latest" is the last one')
    .addHelpText('after', examples)
    .action((targets: string[], options: ScanOptions) => scan(targets, options));
}

/** What a later --resume needs to ask the rest in the same way. */
interface StoredSettings {
  readonly probe: ProbeSettings;
  readonly scope?: string;
  readonly authorisedBy?: string;
  readonly ports?: string;
  /** Addresses of --targets and standard input. */
  readonly lists?: StoredLists;
}

async function scan(targets: readonly string[], options: ScanOptions): Promise<void> {
  const format = chooseFormat(options.format, options.output);
  const store =
    options.resume === undefined && targets.length === 0 && options.targets.length === 0 ? undefined : await openStore(options.store ?? defaultStoreLocation());
  if (!store) throw new UsageError('no target: name an address, a network or a host, for example "dosimeter scan 127.0.0.1"');
  try {
    await checkEarlier(store, options.since);
    const earlier = options.resume === undefined ? undefined : await scanToTakeUp(store, options.resume, targets, options);
    const scanId = earlier?.complete
      ? earlier.id
      : await perform(store, earlier ? await takeUp(store, earlier) : await begin(store, targets, options), options);
    const report = await writeStoredReport(store, scanId, format, options);
    if (!report) throw new Error('the scan that was just stored cannot be found');
    if (options.output !== undefined) remark(`Report written to ${options.output}`);
    if (earlier?.complete) remark('That scan was complete: nothing was asked again.');
    if (!report.scan.complete) remark(`The scan ended early. To go on: dosimeter scan --resume ${scanId}`);
    process.exitCode = exitCodeFor(report, options.failOn);
  } finally {
    await store.close();
  }
}

interface Prepared {
  readonly scanId: string;
  readonly scoped: ScopedJobs;
  readonly probe: ProbeSettings;
  readonly done: AsyncIterable<Endpoint> | undefined;
}

async function begin(store: Store, targets: readonly string[], options: ScanOptions): Promise<Prepared> {
  const { named, lists } = await allTargets(targets, options);
  const scoped = await scopedJobs(named, options, lists);
  const startedAt = Date.now();
  const scanId = newScanId(startedAt);
  const probe = probeSettings(options, scoped.contact);
  const settings: StoredSettings = { probe, ...pick(options), ...(lists.byPort.size > 0 ? { lists: storedLists(lists) } : {}) };
  await store.startScan({
    id: scanId,
    startedAt,
    finishedAt: null,
    authorisedBy: scoped.authority,
    touch: options.touch,
    version,
    complete: false,
    targets: named,
    settings,
  });
  return { scanId, scoped, probe, done: undefined };
}

const pick = ({ scope, authorisedBy, ports }: ObserveOptions) => ({
  ...(scope === undefined ? {} : { scope }),
  ...(authorisedBy === undefined ? {} : { authorisedBy }),
  ...(ports === undefined ? {} : { ports }),
});

async function scanToTakeUp(store: Store, wanted: string, targets: readonly string[], options: ScanOptions): Promise<ScanRecord> {
  if (targets.length > 0 || options.targets.length > 0) throw new UsageError('--resume takes the targets of the earlier scan: leave them out');
  const record = wanted === 'latest' ? await store.latestScan() : await store.scan(wanted);
  if (!record) throw new UsageError(`no scan "${wanted}" is stored: "dosimeter report --list" shows which are`);
  return record;
}

/** The scope is read and asked again: what was allowed then may not be allowed now. */
async function takeUp(store: Store, record: ScanRecord): Promise<Prepared> {
  const settings = record.settings as StoredSettings;
  if (!settings.probe) throw new UsageError(`scan ${record.id} was of folders, whose paths are not kept: run "dosimeter files" again`);
  const scoped = await scopedJobs(record.targets, { ...settings, touch: record.touch }, listsOf(settings.lists));
  return { scanId: record.id, scoped, probe: settings.probe, done: store.observedEndpoints(record.id) };
}

export function probeSettings(options: ObserveOptions, contact: string | null): ProbeSettings {
  return {
    ...(contact !== null && { contact }),
    touch: options.touch,
    callingAeTitle: options.callingAe ?? null,
    calledAeTitle: options.calledAe ?? null,
    implementationVersionName,
    nonce: newNonce(),
    archiveKey: newArchiveKey(),
    responseBudget: options.budget,
    entryBudget: options.entries,
    seed: options.seed,
    sample: options.sample,
  };
}

/** Returns the scan's id. What was observed before a stop or a full disk stays stored, and the scan incomplete. */
async function perform(store: Store, { scanId, scoped, probe, done }: Prepared, options: ScanOptions): Promise<string> {
  const interrupt = stopOnInterrupt();
  const progress = await createProgress({ stream: process.stderr, totalHosts: scoped.hostCount, quiet: options.quiet, format: options.logFormat });
  try {
    await runScan({
      scoped,
      done,
      order: newOrder(),
      threads: options.threads ?? threadsFor(scoped),
      store,
      scanId,
      settings: probe,
      concurrency: options.concurrency,
      rate: options.rate ?? null,
      networkRate: options.networkRate,
      answerMs: options.timeout === undefined ? null : options.timeout * 1000,
      signal: interrupt.signal,
      onBatch: (batch) => progress.batch(batch),
    });
    await store.finishScan(scanId, Date.now(), !interrupt.signal.aborted);
  } catch (error) {
    if (!isSpoken(error)) throw error;
    progress.stop();
    remark(`dosimeter: ${error.message}`);
    process.exitCode = exitCodes.incomplete;
  } finally {
    progress.stop();
    interrupt.dispose();
  }
  return scanId;
}
