/** Options that several commands share: their texts, their parsing, their defaults. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Severity, severities } from '../model/check.js';
import { type Touch, touchLevels } from '../model/touch.js';
import { aeTitleProblem } from '../protocols/dicom/ae-title.js';
import { reportFormats } from '../report/index.js';
import { type LogFormat, logFormats } from './progress.js';
import { defaultConcurrency, defaultEntryBudget, defaultNetworkRate, defaultResponseBudget } from './scan-run.js';

export interface ObserveOptions {
  readonly targets: readonly string[];
  readonly scope?: string;
  readonly authorisedBy?: string;
  readonly touch: Touch;
  readonly ports?: string;
  readonly rate?: number;
  readonly networkRate: number;
  readonly concurrency: number;
  readonly threads?: number;
  readonly timeout?: number;
  readonly budget: number;
  readonly entries: number;
  readonly seed: number;
  readonly sample: boolean;
  readonly callingAe?: string;
  readonly calledAe?: string;
  readonly quiet: boolean;
  readonly logFormat: LogFormat;
}

export type FailOn = Severity | 'none';

/** What may be contacted, how hard, how fast, and under which names. */
export function addObserveOptions(command: Command): Command {
  return command
    .option(
      '--targets <file>',
      'read targets from a file, one a line; may be given more than once',
      (file: string, earlier: string[]) => [...earlier, file],
      [],
    )
    .option('--scope <file>', 'scope file: authority, ranges, exclusions, time window (docs/scope.md)')
    .option('--authorised-by <text>', 'who authorised this and where it is written down; enough for private addresses')
    .addOption(new Option('--touch <level>', 'how hard to lean on a device').choices([...touchLevels]).default('anonymous'))
    .option('--ports <list>', 'ports to ask, for example 104,11112,4000-4010 or dicom, web or nas for the usual ones (default: dicom,web,nas)')
    .option('--calling-ae <title>', 'AE title to call as, for an audit as a registered caller (default: DOSIMETER_ and six random characters)', aeTitle)
    .option('--called-ae <title>', 'AE title to ask for, where the device checks it', aeTitle)
    .option('--budget <responses>', 'take at most so many C-FIND responses from one device', positiveInteger, defaultResponseBudget)
    .option('--entries <n>', 'list at most so many files and folders of one share; beyond them their number is estimated', positiveInteger, defaultEntryBudget)
    .option('--seed <n>', 'the same seed chooses the same folders for an estimate', positiveInteger, 1)
    .option('--no-sample', 'do not ask for one record to see which identifying attributes are exposed, nor for the first 132 bytes of a few files')
    .option('--rate <n>', 'start at most so many connections a second', positiveNumber)
    .option(
      '--network-rate <n>',
      'start at most so many connections a second to one /24 (IPv6: /64); this computer has no such limit',
      positiveNumber,
      defaultNetworkRate,
    )
    .option('--concurrency <n>', 'ask so many hosts at a time; each has one conversation at a time', positiveInteger, defaultConcurrency)
    .option('--threads <n>', 'examine on so many processor cores (default: one for small scans, else all, up to 8)', positiveInteger)
    .option('--timeout <seconds>', 'wait so long for an answer (default: 3)', positiveNumber)
    .addOption(
      new Option('--log-format <format>', 'progress on stderr as text, or as JSON records; SIGUSR1 or the key i print a status')
        .choices([...logFormats])
        .default('text'),
    )
    .option('--quiet', 'no progress on stderr', false);
}

export function addReportOptions(command: Command): Command {
  return command
    .option('--format <format>', `${reportFormats.join(', ')} (default: by the ending of --output, else terminal)`)
    .option('--output <file>', 'write the report there instead of to stdout');
}

export function addFailOnOption(command: Command): Command {
  return command.addOption(
    new Option('--fail-on <severity>', 'exit with 1 when something this grave was found').choices([...severities, 'none']).default('high'),
  );
}

export const sinceOption = (): Option =>
  new Option(
    '--since <scan>',
    'compare with this earlier scan: its id, or a file (JSON report, or output of observe); none: with nothing (default: the last complete scan of the same targets in the store)',
  );

export const storeOption = (): Option =>
  new Option('--store <file>', 'where scans are kept (default: $DOSIMETER_STORE, else in your state folder; memory: keeps nothing)');

export function positiveInteger(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 10_000_000) throw new InvalidArgumentError('give a whole number above 0.');
  return number;
}

function positiveNumber(text: string): number {
  const number = Number(text);
  if (!Number.isFinite(number) || number <= 0 || number > 1_000_000) throw new InvalidArgumentError('give a number above 0.');
  return number;
}

function aeTitle(text: string): string {
  const problem = aeTitleProblem(text);
  if (problem) throw new InvalidArgumentError(`${problem}.`);
  return text;
}
