import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { openNode } from '../../test/fixtures/dicom-evidence.js';
import { observed } from '../../test/fixtures/observations.js';
import type { EndpointRecord } from '../model/endpoint-record.js';
import type { Observation } from '../model/observation.js';
import { dicom } from '../protocols/dicom/evidence.js';
import type { Store } from '../store/store.js';
import { judgeInto, withTemporaryStore } from './judge-again.js';

const scan = {
  id: 's',
  startedAt: 0,
  finishedAt: 1,
  authorisedBy: null,
  touch: 'anonymous' as const,
  version: '1',
  complete: true,
  targets: [],
  settings: null,
};

async function* endpoints(count: number): AsyncGenerator<readonly Observation[]> {
  for (let index = 0; index < count; index += 1) {
    const address = `127.0.0.${1 + (index % 250)}`;
    yield [{ ...observed(openNode, { endpoint: { host: address, address, port: 104 + index } }), kind: dicom.name, version: dicom.version } as Observation];
  }
}

it('judges endpoint by endpoint; the store holds what a scan would have stored, and is gone afterwards', async () => {
  const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('dosimeter-judge-')).length;
  const before = folders();
  let opened: Store | undefined;
  await withTemporaryStore(async (store) => {
    opened = store;
    await store.startScan(scan);
    await judgeInto(store, scan.id, endpoints(501));
    expect(await store.totals(scan.id)).toMatchObject({ targets: 250, endpoints: 501, exposedEndpoints: 501, outcomes: { observed: 501 } });
    const records: EndpointRecord[] = [];
    for await (const record of store.endpoints(scan.id)) records.push(record);
    expect(records).toHaveLength(501);
    expect(records[500]?.findings.map(({ check }) => check)).toContain('cleartext-dicom');
  });
  expect(folders()).toBe(before);
  await expect(opened?.scans()).rejects.toThrow();
});
