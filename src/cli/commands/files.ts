/** `dosimeter files PATH…`: what lies in folders of this computer and in shares that are mounted on it, and who else may read it. */
import { Command } from 'commander';
import { folderRoot } from '../../files/audit-folder.js';
import { overlap } from '../../files/local-path.js';
import { loadYaraRules } from '../../files/yara-rules.js';
import { defaultStoreLocation, openStore, type Store } from '../../store/store.js';
import { UsageError } from '../exit-codes.js';
import { folderProgress } from '../folder-progress.js';
import { folderTarget, runFolders } from '../folder-run.js';
import { addFailOnOption, addReportOptions, type FailOn, positiveInteger, sinceOption, storeOption } from '../options.js';
import { chooseFormat, remark } from '../output.js';
import { newScanId, writeStoredReport } from '../scan-run.js';
import { stopOnInterrupt } from '../stop-signal.js';
import { SuspiciousPaths } from '../suspicious-paths.js';
import { exitCodeFor } from '../verdict-exit.js';
import { version } from '../version.js';

interface Options {
  readonly entries: number;
  readonly seed: number;
  readonly sample: boolean;
  readonly crossMounts: boolean;
  readonly yara?: string;
  readonly listMalicious: boolean;
  readonly authorisedBy?: string;
  readonly since?: string;
  readonly store?: string;
  readonly format?: string;
  readonly output?: string;
  readonly failOn: FailOn;
  readonly quiet: boolean;
}

/** So many entries of a disk are listed in half a minute (`bench/count-files.mjs`). */
const defaultEntries = 1_000_000;
/** Files of which the first 132 bytes are read: more than over a network, since nobody waits for a disk. */
const sampledFiles = 2_000;

const examples = `
Examples:
  dosimeter files /srv/export                                   what lies there, and who else may read it
  dosimeter files /mnt/nas1 /mnt/nas2 --output report.html      shares that are mounted on this computer, read-only if you can
  dosimeter files /srv/export --list-malicious                  and which files the rules for malicious files speak of
  dosimeter files /srv/export --yara rules.yar                  and what your own YARA rules say of them

Of a file at most the first 132 bytes are read (with --yara all of it, up to 16 MiB). Nothing is written there, and symbolic links are not followed.
The report calls a folder by its number and the common words of its name, never by its path: paths may name patients.`;

export function filesCommand(): Command {
  const command = new Command('files')
    .description('audit local or mounted folders: images, malicious files, who else may read them')
    .argument('<path...>', 'folders to look at')
    .option('--entries <n>', 'list at most so many files and folders; beyond them their number is estimated', positiveInteger, defaultEntries)
    .option('--seed <n>', 'the same seed chooses the same folders for an estimate', positiveInteger, 1)
    .option('--no-sample', 'do not read the first 132 bytes of a few files (of files that lie on tape, for example)')
    .option('--cross-mounts', 'enter folders on which another file system is mounted', false)
    .option('--yara <rules>', 'show files to YARA too, whole files up to 16 MiB, with the rules in this file; needs the optional package @litko/yara-x')
    .option('--list-malicious', 'print the paths of the files that rules speak of, on standard output only', false)
    .option('--authorised-by <text>', 'who authorised this and where it is written down, for the report');
  return addFailOnOption(addReportOptions(command))
    .addOption(sinceOption())
    .addOption(storeOption())
    .option('--quiet', 'no progress on stderr', false)
    .addHelpText('after', examples)
    .action((paths: string[], options: Options) => auditFolders(paths, options));
}

async function auditFolders(paths: readonly string[], options: Options): Promise<void> {
  const format = chooseFormat(options.format, options.output);
  if (options.listMalicious && format !== 'terminal' && options.output === undefined)
    throw new UsageError('--list-malicious prints on standard output, where the report goes too: add --output FILE for the report');
  const roots = await Promise.all(paths.map(folderRoot));
  const twice = overlap(roots.map(({ place }) => place));
  if (twice) throw new UsageError(`${paths[twice.inner]} lies in ${paths[twice.outer]}, and its files would count twice: name one of them`);
  const yara = options.yara === undefined ? null : await loadYaraRules(options.yara);
  const store = await openStore(options.store ?? defaultStoreLocation());
  const suspicious = options.listMalicious ? new SuspiciousPaths() : undefined;
  const interrupt = stopOnInterrupt();
  const progress = folderProgress(process.stderr, options.quiet);
  try {
    const scanId = await begin(store, roots.map(folderTarget), options);
    await runFolders(store, scanId, roots, {
      entries: options.entries,
      seed: options.seed,
      firstBytes: options.sample ? sampledFiles : 0,
      crossMounts: options.crossMounts,
      yara,
      signal: interrupt.signal,
      onListed: (entries) => progress.listed(entries),
      onScanned: () => progress.scanned(),
      ...(suspicious && { onSuspicious: (path, rule) => suspicious.add(path, rule) }),
    });
    progress.stop();
    await store.finishScan(scanId, Date.now(), !interrupt.signal.aborted);
    const report = await writeStoredReport(store, scanId, format, options);
    if (!report) throw new Error('the audit that was just stored cannot be found');
    await suspicious?.print();
    if (options.output !== undefined) remark(`Report written to ${options.output}`);
    process.exitCode = exitCodeFor(report, options.failOn);
  } finally {
    progress.stop();
    interrupt.dispose();
    await store.close();
  }
}

async function begin(store: Store, targets: readonly string[], options: Options): Promise<string> {
  const startedAt = Date.now();
  const id = newScanId(startedAt);
  const { entries, seed, sample, crossMounts } = options;
  const authorisedBy = options.authorisedBy ?? null;
  await store.startScan({
    id,
    startedAt,
    finishedAt: null,
    authorisedBy,
    touch: 'anonymous',
    version,
    complete: false,
    targets,
    settings: { folders: { entries, seed, sample, crossMounts } },
  });
  return id;
}
