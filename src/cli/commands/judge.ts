/** `dosimeter judge [FILE]`: the second half of a scan; old evidence can be judged again when a check improves. */
import { createReadStream, existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Command } from 'commander';
import { defaultStoreLocation, openStore, type ScanRecord, type Store } from '../../store/store.js';
import { UsageError } from '../exit-codes.js';
import { judgeInto, withTemporaryStore } from '../judge-again.js';
import { openObservations } from '../observation-stream.js';
import { addFailOnOption, addReportOptions, type FailOn, storeOption } from '../options.js';
import { chooseFormat } from '../output.js';
import { writeStoredReport } from '../scan-run.js';
import { exitCodeFor } from '../verdict-exit.js';

interface Options {
  readonly format?: string;
  readonly output?: string;
  readonly failOn: FailOn;
  readonly scan?: string;
  readonly store?: string;
  readonly since?: string;
}

const examples = `
Examples:
  dosimeter judge evidence.ndjson
  dosimeter judge evidence.ndjson --output report.html
  dosimeter judge today.ndjson --since last-week.ndjson
  dosimeter judge --scan latest

"dosimeter report" shows a stored scan with the findings of its day; "judge --scan" asks today's checks about the same evidence. Neither sends anything,
and the stored scan stays as it was.`;

export function judgeCommand(): Command {
  const command = new Command('judge')
    .description('the second half of a scan: judge observations and report')
    .argument('[file]', 'NDJSON of "dosimeter observe" (default: stdin)')
    .option('--scan <id>', 'a stored scan instead of a file; "latest" is the last one')
    .addOption(storeOption())
    .option('--since <file>', 'compare with an earlier scan: the output of observe then, or a JSON report');
  return addFailOnOption(addReportOptions(command)).addHelpText('after', examples).action(judge);
}

async function judge(file: string | undefined, options: Options): Promise<void> {
  if (options.scan !== undefined && file !== undefined) throw new UsageError('give a file or --scan, not both');
  if (options.scan === undefined && options.store !== undefined) throw new UsageError('--store needs --scan: "--scan latest" is the last scan in it');
  await (options.scan === undefined ? judgeStream(await inputOf(file), options) : judgeStored(options.scan, options));
}

async function judgeStream(input: NodeJS.ReadableStream, options: Options): Promise<void> {
  const { head, endpoints, end } = await openObservations(createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }));
  await withTemporaryStore(async (store) => {
    await store.startScan({ ...head, complete: false, targets: [], settings: null });
    await judgeInto(store, head.id, endpoints);
    const ended = end();
    if (ended) await store.finishScan(head.id, ended.finishedAt, ended.complete);
    await show(store, head.id, options);
  });
}

async function judgeStored(wanted: string, options: Options): Promise<void> {
  const location = options.store ?? defaultStoreLocation();
  if (!existsSync(location)) throw new UsageError(`no store at ${location}: run "dosimeter scan" first, or give --store`);
  const source = await openStore(location);
  try {
    const scan = await (wanted === 'latest' ? source.latestScan() : source.scan(wanted));
    if (!scan) throw new UsageError(`no scan "${wanted}" is stored: "dosimeter report --list" shows which are`);
    await withTemporaryStore(async (store) => {
      await store.startScan({ ...scan, settings: null }); // how it was asked, and the key of its marks, stay where they are
      await judgeInto(store, scan.id, observationsIn(source, scan), (await source.totals(scan.id))?.targets);
      await show(store, scan.id, options);
    });
  } finally {
    await source.close();
  }
}

async function* observationsIn(source: Store, { id }: ScanRecord) {
  for await (const { observations } of source.endpoints(id)) if (observations.length > 0) yield observations;
}

async function show(store: Store, scanId: string, options: Options): Promise<void> {
  const report = await writeStoredReport(store, scanId, chooseFormat(options.format, options.output), options);
  if (!report) throw new Error('what was just judged cannot be found');
  process.exitCode = exitCodeFor(report, options.failOn);
}

async function inputOf(file: string | undefined): Promise<NodeJS.ReadableStream> {
  if (file === undefined || file === '-') return process.stdin;
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) throw new UsageError(`cannot read ${file}: check the name`);
  if (found.isDirectory()) throw new UsageError(`${file} is a folder: give the output of "dosimeter observe"`);
  return createReadStream(file, 'utf8');
}
