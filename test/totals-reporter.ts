/** Says at the very end what was skipped and how to get it, and then `N passed, N failed`: one line that a person or a script can rely on. */
import type { Reporter, SerializedError, TestModule } from 'vitest/node';
import { missingPackages, skipLive } from './live/packages.js';

export class TotalsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
    const count = (state: string): number => states.filter((each) => each === state).length;
    // A file that does not load, or a group whose preparation fails, is a failure although no test of it ran.
    const groups = modules.flatMap((module) => [module, ...module.children.allSuites()]);
    const broken = groups.filter((group) => group.errors().length > 0).length;
    const lines = [`${count('passed')} passed, ${count('failed') + broken + unhandled.length} failed`];
    if (count('skipped') > 0) lines.unshift(`${count('skipped')} skipped`);
    if (skipLive) lines.unshift(`The tests against real servers were skipped. To run them: apt-get install -y ${missingPackages().join(' ')}`);
    process.on('exit', () => process.stdout.write(`${lines.join('\n')}\n`));
  }
}
