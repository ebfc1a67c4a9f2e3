import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { TotalsReporter } from './test/totals-reporter.js';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'scripts/**/*.test.ts'],
    allowOnly: false,
    // A world of its own for every file costs more than all the tests in it. Files share modules and the process, so a test that
    // needs a process for itself (the first load of SQLite, umask) starts one or puts back what it changed.
    isolate: false,
    maxWorkers: Math.max(2, availableParallelism()),
    // Most of these wait for a silent peer's deadline.
    maxConcurrency: 20,
    reporters: [process.env['CI'] ? 'dot' : 'default', new TotalsReporter()],
    // Servers, sockets and databases: a slow machine is not a defect.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
