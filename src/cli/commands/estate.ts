/** `dosimeter estate`: the simulated devices, kept running to try things on. */
import { Command } from 'commander';
import { remark, writeOut } from '../output.js';
import { stopOnInterrupt } from '../stop-signal.js';

export function estateCommand(): Command {
  return new Command('estate')
    .description('start the simulated devices on loopback and keep them running')
    .addHelpText(
      'after',
      '\nExamples:\n  dosimeter estate                                 in one terminal\n  dosimeter scan 127.77.0.1 --ports 104,11112      in another',
    )
    .action(async () => {
      const [{ startEstate }, { describeEstate }] = await Promise.all([import('../../estate/estate.js'), import('../../estate/describe.js')]);
      const estate = await startEstate();
      await writeOut(`${describeEstate(estate)}\n`);
      remark('All of it is synthetic and only on loopback. Ctrl-C ends it.');
      const interrupt = stopOnInterrupt();
      await new Promise<void>((resolve) => interrupt.signal.addEventListener('abort', () => resolve(), { once: true }));
      interrupt.dispose();
      await estate.stop();
    });
}
