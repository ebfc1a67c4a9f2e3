/** `dosimeter observe TARGET…`: the first half of a scan; evidence as NDJSON on stdout, judged by nobody. */
import { Command } from 'commander';
import { batchOf } from '../batch.js';
import { exitCodes } from '../exit-codes.js';
import { endLine, headLine, observationLine } from '../observation-stream.js';
import { addObserveOptions, type ObserveOptions } from '../options.js';
import { writeOut } from '../output.js';
import { createProgress } from '../progress.js';
import { runJobs } from '../run-jobs.js';
import { newOrder, newScanId } from '../scan-run.js';
import { scopedJobs } from '../scoped-jobs.js';
import { stopOnInterrupt } from '../stop-signal.js';
import { allTargets } from '../target-lists.js';
import { version } from '../version.js';
import { probeSettings } from './scan.js';

export function observeCommand(): Command {
  return addObserveOptions(
    new Command('observe')
      .description('the first half of a scan: evidence as NDJSON on stdout')
      .argument('[target...]', 'what to observe; - reads targets from standard input'),
  )
    .addHelpText(
      'after',
      '\nExamples:\n  dosimeter observe 127.0.0.1 --ports 4242 > evidence.ndjson\n  dosimeter observe 10.20.0.7 --authorised-by "ticket 4711" | dosimeter judge',
    )
    .action((targets: string[], options: ObserveOptions) => observe(targets, options));
}

async function observe(targets: readonly string[], options: ObserveOptions): Promise<void> {
  const { named, lists } = await allTargets(targets, options);
  const scoped = await scopedJobs(named, options, lists);
  const startedAt = Date.now();
  const interrupt = stopOnInterrupt();
  const progress = await createProgress({ stream: process.stderr, totalHosts: scoped.hostCount, quiet: options.quiet, format: options.logFormat });
  await writeOut(
    headLine({ id: newScanId(startedAt), startedAt, finishedAt: null, authorisedBy: scoped.authority, touch: options.touch, version, complete: false }),
  );
  await runJobs({
    jobs: scoped.jobs(newOrder()),
    settings: probeSettings(options, scoped.contact),
    permit: scoped.permit,
    concurrency: options.concurrency,
    rate: options.rate ?? null,
    networkRate: options.networkRate,
    answerMs: options.timeout === undefined ? null : options.timeout * 1000,
    signal: interrupt.signal,
    async record(job, endpoints) {
      await writeOut(endpoints.flatMap(({ record }) => record.observations.map(observationLine)).join(''));
      progress.batch(batchOf(job, endpoints));
    },
  });
  progress.stop();
  interrupt.dispose();
  await writeOut(endLine(Date.now(), !interrupt.signal.aborted));
  if (interrupt.signal.aborted) process.exitCode = exitCodes.incomplete;
}
