/** `dosimeter judge [FILE]`: the second half of a scan; old evidence can be judged again when a check improves. */
import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Command } from 'commander';
import { observedDocument } from '../../audit/observed-document.js';
import { checks } from '../../checks/index.js';
import { evidenceKinds } from '../../protocols/index.js';
import { sideOfFile, sideOfObservations } from '../baseline-file.js';
import { UsageError } from '../exit-codes.js';
import { readObservations } from '../observation-stream.js';
import { addFailOnOption, addReportOptions, type FailOn } from '../options.js';
import { chooseFormat, writeReport } from '../output.js';
import { exitCodeFor } from '../verdict-exit.js';
import { withChanges } from '../with-changes.js';

interface Options {
  readonly format?: string;
  readonly output?: string;
  readonly failOn: FailOn;
  readonly since?: string;
}

export function judgeCommand(): Command {
  const command = new Command('judge')
    .description('the second half of a scan: judge observations and report')
    .argument('[file]', 'NDJSON of "dosimeter observe" (default: stdin)')
    .option('--since <file>', 'compare with an earlier scan: the output of observe then, or a JSON report');
  return addFailOnOption(addReportOptions(command))
    .addHelpText(
      'after',
      '\nExamples:\n  dosimeter judge evidence.ndjson\n  dosimeter judge evidence.ndjson --output report.html\n  dosimeter judge today.ndjson --since last-week.ndjson',
    )
    .action(judge);
}

async function judge(file: string | undefined, options: Options): Promise<void> {
  const format = chooseFormat(options.format, options.output);
  const earlier = options.since === undefined ? undefined : await sideOfFile(options.since);
  const read = await readObservations(createInterface({ input: await inputOf(file), crlfDelay: Number.POSITIVE_INFINITY }));
  const report = await withChanges(observedDocument({ ...read, kinds: evidenceKinds, checks }), earlier && { earlier, later: sideOfObservations(read) });
  await writeReport(report, format, options.output);
  process.exitCode = exitCodeFor(report, options.failOn);
}

async function inputOf(file: string | undefined): Promise<NodeJS.ReadableStream> {
  if (file === undefined || file === '-') return process.stdin;
  await access(file).catch(() => {
    throw new UsageError(`cannot read ${file}: check the name`);
  });
  return createReadStream(file, 'utf8');
}
