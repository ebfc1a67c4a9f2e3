import { describe, expect, it } from 'vitest';
import { observed } from '../../test/fixtures/observations.js';
import { endLine, headLine, observationLine, readObservations } from './observation-stream.js';

const scan = { id: 's', startedAt: 1, finishedAt: null, authorisedBy: null, touch: 'anonymous' as const, version: '1', complete: false };

async function* lines(text: string): AsyncGenerator<string> {
  yield* text.split('\n');
}

describe('observations as NDJSON', () => {
  it('reads what was written', async () => {
    const text = headLine(scan) + observationLine(observed({ colour: 'red' })) + endLine(9, true);
    expect(await readObservations(lines(text))).toEqual({ scan: { ...scan, finishedAt: 9, complete: true }, observations: [observed({ colour: 'red' })] });
  });

  it('takes a stream that broke off as incomplete', async () => {
    expect((await readObservations(lines(headLine(scan)))).scan.complete).toBe(false);
  });

  it.each([
    ['nothing', '', 'nothing to judge'],
    ['another document', '{"schema":"x"}', 'this is not dosimeter.observations/1'],
    ['not JSON', `${headLine(scan)}Doe^Jane`, 'line 2 is not JSON'],
    ['a stranger in the middle', `${headLine(scan)}{"a":1}`, 'line 2 is neither'],
  ])('refuses %s in one line that quotes nothing', async (_title, text, message) => {
    const error = await readObservations(lines(text)).catch((caught: Error) => caught);
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).toContain(message);
    expect((error as Error).message).not.toContain('Doe');
  });
});
