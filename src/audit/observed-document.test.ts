import { describe, expect, it } from 'vitest';
import { observed } from '../../test/fixtures/observations.js';
import { defineCheck, fail, pass } from '../model/check.js';
import { evidenceKind } from '../model/evidence.js';
import { observedDocument } from './observed-document.js';

const colour = evidenceKind<{ red: boolean }>('colour', 1);
const redDoor = defineCheck({
  id: 'red-door',
  title: 'The door is red',
  why: 'because',
  severity: 'high',
  remedy: { text: 'paint it', products: [], prove: '' },
  references: { requirement: [], target: [], weakness: [] },
  needs: { colour },
  judge: ({ colour }) => (colour.red ? fail('it is') : pass('it is not')),
});
const scan = { id: 's', startedAt: 0, finishedAt: 1, authorisedBy: null, touch: 'anonymous' as const, version: '1', complete: true };
const at = (host: string, port: number) => ({ endpoint: { host, address: host, port } });

it('judges what was observed, endpoint by endpoint, in whatever order it comes', () => {
  const observations = [
    observed({ red: false }, at('127.0.0.1', 104)),
    observed({ red: true }, at('127.0.0.2', 104)),
    observed({ red: true }, at('127.0.0.1', 105)),
  ];
  const report = observedDocument({ scan, observations, kinds: [colour], checks: [redDoor] });
  expect(report.endpoints.map(({ host, port, findings }) => `${host}:${port} ${findings.map(({ verdict }) => verdict)}`)).toEqual([
    '127.0.0.1:105 fail',
    '127.0.0.2:104 fail',
    '127.0.0.1:104 pass',
  ]);
  expect(report.summary).toMatchObject({ targets: 2, endpoints: 3, exposedEndpoints: 2 });
});

describe('nothing observed', () => {
  it('is an empty report', () => {
    expect(observedDocument({ scan, observations: [], kinds: [colour], checks: [redDoor] })).toMatchObject({ endpoints: [], checks: {} });
  });
});
