/** Web archives of every size, counted over real sockets: every figure is what is true, or its interval holds it; none costs more than it may. */
import { describe, expect, it } from 'vitest';
import { createDial, StopSwitch } from '../net/dial.js';
import { defaultLimits } from '../net/limits.js';
import { countingRequests } from '../protocols/http/count-pages.js';
import { http } from '../protocols/http/evidence.js';
import { httpProbe } from '../protocols/http/probe.js';
import { virtualArchive } from './archive.js';
import { startEstate } from './estate.js';
import { nothingLearnt } from './truth.js';
import { dcm4cheeApi, dicomWeb, orthancApi } from './web-archive.js';
import { joined } from './web-pages.js';

type Kind = 'orthanc' | 'dcm4chee' | 'dicomweb';

async function counted(studies: number, kind: Kind, archiveKey: string) {
  const archive = virtualArchive({ seed: 61, patients: Math.ceil(studies / 3), studies, imagesPerStudy: [1, 80], years: [2008, 2025] });
  const sites = {
    orthanc: joined(orthancApi(archive), dicomWeb('/dicom-web', archive)),
    dcm4chee: dcm4cheeApi(archive),
    dicomweb: dicomWeb('/dicom-web', archive),
  };
  const spec = {
    id: 'one',
    what: 'one archive',
    port: 8042,
    behaviour: { speaks: 'web' as const, site: sites[kind] },
    truth: { ...nothingLearnt, service: 'http', verdicts: {} },
  };
  const estate = await startEstate({ devices: [spec], addressPrefix: '127.77.234' });
  try {
    const [device] = estate.devices;
    if (!device) throw new Error('no device');
    const endpoint = { host: device.host, address: device.host, port: device.port };
    const settings = {
      touch: 'anonymous' as const,
      callingAeTitle: null,
      calledAeTitle: null,
      implementationVersionName: 'DOSIMETER_TEST',
      nonce: 'T3ST00',
      archiveKey,
      responseBudget: 5_000,
      entryBudget: 1,
      seed: 1,
      sample: false,
    };
    const traffic = { connections: 0, messagesSent: 0, bytesSent: 0, bytesReceived: 0 };
    const dial = createDial(endpoint, { permit: () => undefined, limits: defaultLimits, stop: new StopSwitch() }, traffic);
    const evidence = await httpProbe.run({ endpoint, transport: 'plain', settings }, dial);
    return { archive, exposure: http.readers.exposure?.(evidence) ?? null, mark: http.readers.archive?.(evidence)?.mark ?? null, log: device.log };
  } finally {
    await estate.stop();
  }
}

describe('a web archive', () => {
  it.each<[studies: number, kind: Kind, source: string, basis: string, requests: number]>([
    [1, 'dicomweb', 'qido-rs', 'exact', 60],
    [999, 'dicomweb', 'qido-rs', 'exact', 60],
    [1_000, 'dicomweb', 'qido-rs', 'exact', 60],
    [4_200, 'dicomweb', 'qido-rs', 'exact', 90],
    [10_000, 'dicomweb', 'qido-rs', 'estimate', 60 + countingRequests],
    [5_000_000, 'dicomweb', 'qido-rs', 'estimate', 60 + countingRequests],
    [5_000_000, 'orthanc', 'archive-counters', 'exact', 60],
    [10_000, 'dcm4chee', 'archive-counters', 'exact', 75],
  ])('of %i studies, like %s: by %s, %s', { timeout: 60_000 }, async (studies, kind, source, basis, requests) => {
    const { archive, exposure, mark, log } = await counted(studies, kind, 'key');
    expect(exposure?.counting?.source).toBe(source);
    for (const what of ['studies', 'images'] as const) {
      const figure = exposure?.[what];
      expect(figure?.basis).toBe(basis);
      const half = Math.max((figure?.high ?? 0) - (figure?.value ?? 0), (figure?.value ?? 0) - (figure?.low ?? 0));
      expect(Math.abs((figure?.value ?? 0) - archive[what])).toBeLessThanOrEqual(2 * half);
    }
    expect(exposure?.counting?.responses).toBeLessThanOrEqual(5_000);
    expect(log.requests).toBeLessThanOrEqual(requests);
    expect(log.violations).toEqual([]);
    expect(mark?.studies).toBeGreaterThan(0);
  });

  it('has one mark, whether it counts itself or is counted', async () => {
    for (const studies of [40, 2_000, 10_000]) {
      const [own, dcm4chee, pages] = [
        await counted(studies, 'orthanc', 'key'),
        await counted(studies, 'dcm4chee', 'key'),
        await counted(studies, 'dicomweb', 'key'),
      ];
      expect(own.mark).toEqual(pages.mark);
      expect(dcm4chee.mark).toEqual(pages.mark);
      expect((await counted(studies, 'dicomweb', 'another')).mark?.hash).not.toBe(pages.mark?.hash);
    }
  });

  it('that counts by date says how many studies each year has', async () => {
    const { archive, exposure } = await counted(2_000, 'dcm4chee', 'key');
    expect(exposure?.timeline).toEqual(archive.timeline.map(({ year, studies }) => ({ year, studies, images: null })));
  });
});
