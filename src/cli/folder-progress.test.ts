import { describe, expect, it } from 'vitest';
import { folderProgress } from './folder-progress.js';

/** What is written while a listing comes in every 60 ms of a clock that the test turns, ten of them, and then a file for YARA. */
function written(isTTY: boolean, quiet: boolean, stepMs = 60): readonly string[] {
  const pieces: string[] = [];
  let clock = 0;
  const progress = folderProgress({ isTTY, columns: 60, write: (text) => pieces.push(text) }, quiet, () => clock);
  for (let folder = 0; folder < 10; folder += 1) {
    clock += stepMs;
    progress.listed(1_000);
  }
  clock += stepMs;
  progress.scanned();
  progress.stop();
  return pieces;
}

describe('the progress of listing folders', () => {
  it('is a line that is overwritten on a terminal, and taken away at the end', () => {
    const pieces = written(true, false);
    expect(pieces).toHaveLength(6);
    expect(pieces[0]).toBe('\r\u001b[2K2,000 entries in 2 folders listed');
    expect(pieces.at(-1)).toBe('\r\u001b[2K');
  });

  it('is rare elsewhere, and nothing where nobody wants it', () => {
    expect(written(false, false)).toEqual([]);
    expect(written(false, false, 600)).toEqual(['9,000 entries in 9 folders listed\n']);
    expect(written(false, false, 5_000).at(-1)).toBe('10,000 entries in 10 folders listed, 1 files shown to YARA\n');
    expect(written(true, true)).toEqual([]);
  });
});
