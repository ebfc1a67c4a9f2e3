import { defineConfig } from 'vitest/config';
import { TotalsReporter } from './test/totals-reporter.js';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'scripts/**/*.test.ts'],
    allowOnly: false,
    reporters: [process.env['CI'] ? 'dot' : 'default', new TotalsReporter()],
    // Servers, sockets and databases: a slow machine is not a defect.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
