import { describe, expect, it } from 'vitest';
import { observed } from '../../test/fixtures/observations.js';
import type { Observation } from '../model/observation.js';
import { endLine, headLine, observationLine, openObservations } from './observation-stream.js';

const scan = { id: 's', startedAt: 1, finishedAt: null, authorisedBy: null, touch: 'anonymous' as const, version: '1', complete: false };

async function* lines(text: string): AsyncGenerator<string> {
  yield* text.split('\n');
}

async function readAll(text: string) {
  const { head, endpoints, end } = await openObservations(lines(text));
  const all: (readonly Observation[])[] = [];
  for await (const endpoint of endpoints) all.push(endpoint);
  return { head, endpoints: all, end: end() };
}

const at = (port: number, evidence: unknown) => observed(evidence, { endpoint: { host: '127.0.0.1', address: '127.0.0.1', port } });

describe('observations as NDJSON', () => {
  it('reads what was written, endpoint by endpoint', async () => {
    const [red, blue, green] = [at(104, { colour: 'red' }), at(104, { colour: 'blue' }), at(105, { colour: 'green' })] as const;
    const text = headLine(scan) + [red, blue, green].map(observationLine).join('') + endLine(9, true);
    expect(await readAll(text)).toEqual({ head: scan, endpoints: [[red, blue], [green]], end: { finishedAt: 9, complete: true } });
  });

  it('takes a stream that broke off as incomplete', async () => {
    expect((await readAll(headLine(scan) + observationLine(at(104, {})))).end).toBeUndefined();
  });

  it.each([
    ['nothing', '', 'nothing to judge'],
    ['another document', '{"schema":"x"}', 'this is not dosimeter.observations/1'],
    ['not JSON', `${headLine(scan)}Doe^Jane`, 'line 2 is not JSON'],
    ['a stranger in the middle', `${headLine(scan)}{"a":1}`, 'line 2 is neither'],
    ['an end that does not say when', `${headLine(scan)}{"complete":true}`, 'line 2 is neither'],
    ['a head without a scan', '{"schema":"dosimeter.observations/1"}', 'line 1 does not say which scan'],
    ['a head that does not say when', '{"schema":"dosimeter.observations/1","scan":{"id":"s","startedAt":"Doe"}}', 'line 1 does not say which scan'],
    ['lines in another order', headLine(scan) + [at(104, {}), at(105, {}), at(104, {})].map(observationLine).join(''), 'line 4 is of an endpoint'],
  ])('refuses %s in one line that quotes nothing', async (_title, text, message) => {
    const error = await readAll(text).catch((caught: Error) => caught);
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).toContain(message);
    expect((error as Error).message).not.toContain('Doe');
  });
});
