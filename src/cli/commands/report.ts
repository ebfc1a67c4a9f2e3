/** `dosimeter report [SCAN]`: a stored scan, in any format. */
import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { defaultStoreLocation, openStore } from '../../store/store.js';
import { UsageError } from '../exit-codes.js';
import { addFailOnOption, addReportOptions, type FailOn, sinceOption, storeOption } from '../options.js';
import { chooseFormat, writeOut } from '../output.js';
import { writeStoredReport } from '../scan-run.js';
import { exitCodeFor } from '../verdict-exit.js';

interface Options {
  readonly store?: string;
  readonly format?: string;
  readonly output?: string;
  readonly failOn: FailOn;
  readonly list?: boolean;
  readonly since?: string;
}

export function reportCommand(): Command {
  const command = new Command('report')
    .description('show a stored scan')
    .argument('[scan]', 'id of the scan (default: the latest)')
    .option('--list', 'list the stored scans')
    .addOption(sinceOption())
    .addOption(storeOption());
  return addFailOnOption(addReportOptions(command))
    .addHelpText(
      'after',
      '\nExamples:\n  dosimeter report\n  dosimeter report --list\n  dosimeter report 20261124T011500-x7k2 --format html --output report.html\n  dosimeter report --since 20261117T011500-m3p9',
    )
    .action(showReport);
}

async function showReport(id: string | undefined, options: Options): Promise<void> {
  const format = chooseFormat(options.format, options.output);
  const location = options.store ?? defaultStoreLocation();
  if (!existsSync(location)) throw new UsageError(`no store at ${location}: run "dosimeter scan" first, or give --store`);
  const store = await openStore(location);
  try {
    if (options.list) {
      for (const scan of await store.scans())
        await writeOut(`${scan.id}  ${new Date(scan.startedAt).toISOString()}  ${scan.complete ? 'complete' : 'incomplete'}  ${scan.targets.join(' ')}\n`);
      return;
    }
    const scanId = id ?? (await store.latestScan())?.id;
    const report = scanId === undefined ? undefined : await writeStoredReport(store, scanId, format, options);
    if (!report)
      throw new UsageError(
        id === undefined ? 'no scan is stored yet: run "dosimeter scan" first' : `no scan "${id}" is stored: "dosimeter report --list" shows which are`,
      );
    process.exitCode = exitCodeFor(report, options.failOn);
  } finally {
    await store.close();
  }
}
