/** The command line. Each command has its own file; this one only lists them and turns errors into exit codes. */
import { Command, CommanderError } from 'commander';
import { checksCommand } from './commands/checks.js';
import { demoCommand } from './commands/demo.js';
import { estateCommand } from './commands/estate.js';
import { filesCommand } from './commands/files.js';
import { judgeCommand } from './commands/judge.js';
import { observeCommand } from './commands/observe.js';
import { reportCommand } from './commands/report.js';
import { scanCommand } from './commands/scan.js';
import { scopeCommand } from './commands/scope.js';
import { exitCodes, isSpoken } from './exit-codes.js';
import { version } from './version.js';

const examples = `
Start here:
  dosimeter demo                                    simulated devices, a scan of them and its report
  dosimeter scan 127.0.0.1 --ports 4242             this machine's own Orthanc
  dosimeter scan 10.20.0.0/24 --authorised-by "J. Weber, IT security, ticket 4711"
  dosimeter files /mnt/export                       a folder of this computer, or a share that is mounted on it
  dosimeter report --format html --output report.html

Dosimeter never retrieves an image, never writes to a device and keeps no patient's name.
Exit codes: 0 nothing at or above --fail-on; 1 findings at or above it; 2 wrong use or refused by scope; 3 ended incomplete.`;

function program(): Command {
  return new Command('dosimeter')
    .description('Measures how exposed medical images are, and proves it without looking at one.')
    .version(version)
    .addHelpText('after', examples)
    .showHelpAfterError('(add --help for how it is used)')
    .addCommand(demoCommand())
    .addCommand(scanCommand())
    .addCommand(filesCommand())
    .addCommand(observeCommand())
    .addCommand(judgeCommand())
    .addCommand(reportCommand())
    .addCommand(checksCommand())
    .addCommand(scopeCommand())
    .addCommand(estateCommand());
}

/** Commander's own errors (unknown option, missing argument) are wrong use; help and version are not errors. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.clean : exitCodes.usage;
  if (isSpoken(error)) {
    process.stderr.write(`dosimeter: ${error.message}\n`);
    return exitCodes.usage;
  }
  process.stderr.write(`dosimeter: unexpected error, please report it\n${error instanceof Error ? error.stack : String(error)}\n`);
  return exitCodes.incomplete;
}

function applyExitOverride(command: Command): Command {
  command.exitOverride();
  for (const child of command.commands) applyExitOverride(child);
  return command;
}

// A reader that hangs up early (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.clean);
});

try {
  await applyExitOverride(program()).parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
