/** `dosimeter demo`: simulated devices, a scan of them and its report. Nothing to install or configure. */
import { Command } from 'commander';

export function demoCommand(): Command {
  return new Command('demo')
    .description('simulated devices, a scan of them and its report')
    .option('--output <file>', 'where the page is written', 'dosimeter-report.html')
    .option('--quiet', 'no progress on stderr', false)
    .addHelpText('after', '\nExample:\n  dosimeter demo')
    .action(async (options: { output: string; quiet: boolean }) => {
      // The devices and their certificates are loaded only where they are wanted.
      const { demo } = await import('../demo-run.js');
      await demo(options);
    });
}
