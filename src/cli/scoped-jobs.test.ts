import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { UsageError } from './exit-codes.js';
import { scopedJobs } from './scoped-jobs.js';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function scopeFile(touch: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'dosimeter-scope-'));
  folders.push(folder);
  const file = join(folder, 'scope.yaml');
  writeFileSync(file, `authority: Test\ncontact: test@hospital.example\nranges:\n  - { addresses: 127.0.0.0/8, touch: ${touch} }\n`);
  return file;
}

describe('touch credentials', () => {
  it('is refused without a scope file, on loopback too', async () => {
    await expect(scopedJobs(['127.0.0.1'], { touch: 'credentials', ports: '80' })).rejects.toThrow(UsageError);
  });

  it.each(['credentials', 'anonymous'] as const)('is what the range says: %s', async (touch) => {
    const { jobs } = await scopedJobs(['127.0.0.1'], { touch: 'credentials', ports: '80', scope: scopeFile(touch) });
    const all: unknown[] = [];
    for await (const job of jobs(1)) all.push(job);
    expect(all).toMatchObject([{ address: '127.0.0.1', touch }]);
  });
});
