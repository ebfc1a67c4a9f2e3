/** The demo's report against what the estate knows of itself: every figure, right, identifier and verdict. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scanEstate } from '../../src/cli/demo-run.js';
import { estateDevices } from '../../src/estate/devices.js';
import { type Estate, startEstate } from '../../src/estate/estate.js';
import { addEstimates, atLeast } from '../../src/model/exposure.js';
import type { Report } from '../../src/model/report.js';
import { countingRequests } from '../../src/protocols/http/count-pages.js';
import { memoryStore } from '../../src/store/store.js';
import { expectTrueExposure } from '../fixtures/true-exposure.js';
import { gravestVerdicts } from '../fixtures/verdicts.js';

let estate: Estate;
let report: Report;

beforeAll(async () => {
  estate = await startEstate({ addressPrefix: '127.77.212' });
  report = await scanEstate(estate, memoryStore(), true);
}, 60_000);
afterAll(() => estate.stop());

const pair = (id: string) => {
  const device = estate.devices.find(({ spec }) => spec.id === id);
  const endpoint = report.endpoints.find(({ address, port }) => address === device?.host && port === device.port);
  if (!device || !endpoint) throw new Error(`no ${id} in the report`);
  return { truth: device.spec.truth, endpoint };
};

describe('the report of the demo', () => {
  it.each(estateDevices().map(({ id }) => id))('%s is what the report says it is', (id) => {
    const { truth, endpoint } = pair(id);
    const verdicts = gravestVerdicts(endpoint.findings);
    expect(endpoint.service).toBe(truth.service);
    expect(endpoint.rights).toEqual(truth.rights);
    for (const grounds of Object.values(endpoint.rightsFrom ?? {})) expect(grounds.join('')).not.toBe('');
    expect(Object.keys(endpoint.rightsFrom ?? {})).toHaveLength(4);
    expectTrueExposure(endpoint.exposure, truth);
    expect(verdicts).toMatchObject(truth.verdicts);
  });

  it.each(['images', 'studies', 'patients'] as const)(
    'its sum of %s is that of its endpoints, each archive counted once, and near that of the estate',
    (what) => {
      const counted = report.endpoints.filter(({ furtherDoorTo }) => furtherDoorTo === undefined);
      expect(report.summary[what]).toEqual(addEstimates(counted.map(({ exposure }) => (exposure ? (exposure[what] ?? atLeast(0)) : null))));
      const once = estate.devices.filter(({ spec }) => spec.truth.furtherDoorTo === undefined);
      const truth = addEstimates(once.map(({ spec }) => spec.truth.exposure?.[what] ?? null))?.value ?? 0;
      const said = report.summary[what]?.value ?? 0;
      expect(Math.abs(said - truth) / truth).toBeLessThan(0.35);
    },
  );

  it('knows which doors lead to one archive, and no others', () => {
    const places = new Map(estate.devices.map(({ spec: { id }, host, port }) => [id, `${host}:${port}`]));
    const further = estate.devices.flatMap(({ spec: { id, truth } }) => (truth.furtherDoorTo ? [[places.get(id), places.get(truth.furtherDoorTo)]] : []));
    const said = report.endpoints.flatMap(({ host, port, furtherDoorTo }) => (furtherDoorTo === undefined ? [] : [[`${host}:${port}`, furtherDoorTo]]));
    expect(said.sort()).toEqual(further.sort());
    expect(report.summary.shared).toEqual({ archives: 1, doors: further.length + 1 });
  });

  it('has every device in it, and nothing else', () => {
    expect(report.endpoints.map(({ address, port }) => `${address}:${port}`).sort()).toEqual([...estate.targets].sort());
    expect(report.scan).toMatchObject({ complete: true, touch: 'anonymous' });
  });

  it.each(estateDevices().map(({ id }) => id))('%s was asked nothing that a scan may not ask', (id) => {
    const device = estate.devices.find(({ spec }) => spec.id === id);
    expect(device?.log.violations).toEqual([]);
    expect(device?.log.requests).toBeLessThanOrEqual(60 + (device?.spec.truth.estimated ? countingRequests : 0));
  });

  it('says that a complete list is complete and a bounded one is not', () => {
    for (const { spec } of estate.devices) {
      const { exposure, holds } = spec.truth;
      for (const what of ['images', 'studies', 'patients'] as const) {
        const figure = exposure?.[what];
        if (!figure || !holds) continue;
        expect(figure.low).toBeLessThanOrEqual(holds[what]);
        expect(figure.high ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(holds[what]);
      }
    }
  });
});
