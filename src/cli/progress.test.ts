import { describe, expect, it } from 'vitest';
import { emptyBatch } from './batch.js';
import { createProgress, progressLine } from './progress.js';

const state = { hosts: 50, open: 2, exposed: 1, silent: 3 };

describe('progress', () => {
  it('says how far, what was found and how long it will take', () => {
    expect(progressLine(state, 200, 10_000)).toBe('Scanning: 50/200 hosts, 2 open ports, 1 exposed, 3 silent hosts, 10 s, about 30 s left');
  });

  it('does not guess where the number of hosts is not known', () => {
    expect(progressLine(state, undefined, 90_000)).toBe('Scanning: 50 hosts, 2 open ports, 1 exposed, 3 silent hosts, 1 min 30 s');
  });

  it('writes nothing at all when quiet', () => {
    const written: string[] = [];
    const progress = createProgress({ isTTY: true, write: (text) => written.push(text) }, 5, true);
    progress.batch(emptyBatch);
    progress.stop();
    expect(written).toEqual([]);
  });
});
