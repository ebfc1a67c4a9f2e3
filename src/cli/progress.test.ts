import { describe, expect, it } from 'vitest';
import { exactly } from '../model/exposure.js';
import { noTotals } from '../model/totals.js';
import { emptyBatch } from './batch.js';
import { createProgress } from './progress.js';
import { afterBatch, notBegun, progressLine, statusLines } from './progress-state.js';

const totals = {
  ...noTotals,
  endpoints: 2,
  exposedEndpoints: 1,
  readableEndpoints: 1,
  findings: { ...noTotals.findings, critical: 3, low: 1 },
  outcomes: { observed: 2, refused: 40, 'timed-out': 3, crashed: 1 },
  images: exactly(70),
  traffic: { connections: 46, messagesSent: 9, bytesSent: 1_500, bytesReceived: 2_000_000 },
};
const batch = { ...emptyBatch, totals, hosts: 50, silentHosts: 3 };
const state = (totalHosts: number | undefined) => afterBatch(notBegun(totalHosts), batch);

describe('the line', () => {
  it('says how far, how fast, what was found, how long it will take and what went wrong', () => {
    expect(progressLine(state(200), 10_000)).toBe('Scanning: 50/200 hosts, 5.0/s, 2 open, 1 exposed, about 30 s left, 3 timed out, 1 crashed');
  });

  it('does not guess where the number of hosts is not known', () => {
    expect(progressLine(state(undefined), 90_000)).toBe('Scanning: 50 hosts, 0.6/s, 2 open, 1 exposed, 1 min 30 s, 3 timed out, 1 crashed');
  });

  it('stands before anything is known', () => {
    expect(progressLine(notBegun(5), 100)).toBe('Scanning: 0/5 hosts, 0 open, 0 exposed, 1 s');
  });
});

it('a status says all there is', () => {
  expect(statusLines(afterBatch(state(200), batch), 20_000, 90_000_000)).toEqual([
    'Status after 20 s: 100/200 hosts 5.0/s, about 20 s left',
    '  Found: 4 open, 2 exposed, 2 readable by anyone (6 critical, 2 low)',
    '  Images that lie open so far: exactly 140',
    '  Not reached: 80 refused, 6 timed out, 2 crashed; 6 silent hosts',
    '  Cost: 92 connections, 3.0 kB sent and 4.0 MB received; memory 90.0 MB',
  ]);
});

describe('showing it', () => {
  const shown = (isTTY: boolean) => {
    const written: string[] = [];
    return { written, stream: { isTTY, write: (text: string) => written.push(text) } };
  };

  it('writes nothing at all when quiet', async () => {
    const { written, stream } = shown(true);
    const progress = await createProgress({ stream, totalHosts: 5, quiet: true, format: 'json' });
    progress.batch(emptyBatch);
    progress.stop();
    expect(written).toEqual([]);
  });

  it('prints a status on SIGUSR1', async () => {
    const { written, stream } = shown(false);
    const progress = await createProgress({ stream, totalHosts: 200, quiet: false, format: 'text' });
    progress.batch(batch);
    process.emit('SIGUSR1');
    progress.stop();
    expect(written.join('')).toMatch(/^Status after .*: 50\/200 hosts/);
  });

  it('writes one record a line for programs', async () => {
    const { written, stream } = shown(true);
    const progress = await createProgress({ stream, totalHosts: 200, quiet: false, format: 'json' });
    progress.batch(batch);
    progress.stop();
    expect(JSON.parse(written.join(''))).toMatchObject({
      level: 30,
      msg: 'stopped asking',
      hosts: 50,
      totalHosts: 200,
      open: 2,
      exposed: 1,
      outcomes: { 'timed-out': 3 },
    });
  });
});
