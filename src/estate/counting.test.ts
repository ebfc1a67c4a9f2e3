/** Archives of every size and oddity, counted over real sockets: every figure is what is true, or its interval holds it; none costs more than the budget. */
import { describe, expect, it } from 'vitest';
import type { Estimate, Exposure } from '../model/exposure.js';
import { createDial, StopSwitch } from '../net/dial.js';
import { defaultLimits } from '../net/limits.js';
import type { DicomEvidence } from '../protocols/dicom/evidence.js';
import { dicom } from '../protocols/dicom/evidence.js';
import { dicomProbe } from '../protocols/dicom/probe.js';
import { type ArchiveOptions, virtualArchive } from './archive.js';
import { countKeywords } from './attributes.js';
import type { DicomBehaviour } from './behaviour.js';
import { startEstate } from './estate.js';
import { contexts, dcmtk } from './identities.js';
import { nothingLearnt } from './truth.js';

const budget = 5_000;
const sized = (studies: number, more: Partial<ArchiveOptions> = {}): ArchiveOptions => ({
  seed: 41,
  patients: Math.ceil(studies / 3),
  studies,
  imagesPerStudy: [1, 80],
  years: [2012, 2025],
  ...more,
});

async function counted(options: ArchiveOptions, behaviour: Partial<DicomBehaviour>) {
  const archive = virtualArchive(options);
  const spec = {
    id: 'one',
    what: 'one archive',
    port: 104,
    behaviour: { speaks: 'dicom' as const, identity: dcmtk, contexts: contexts.queryOnly, archive, ...behaviour },
    truth: { ...nothingLearnt, service: 'dicom', verdicts: {} },
  };
  const estate = await startEstate({ devices: [spec], addressPrefix: '127.77.205' });
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
      responseBudget: budget,
      entryBudget: 1,
      seed: 1,
      sample: false,
    };
    const traffic = { connections: 0, messagesSent: 0, bytesSent: 0, bytesReceived: 0 };
    const dial = createDial(endpoint, { permit: () => undefined, limits: defaultLimits, stop: new StopSwitch() }, traffic);
    const evidence = await dicomProbe.run({ endpoint, transport: 'plain', settings }, dial);
    return { archive, evidence, exposure: dicom.readers.exposure?.(evidence) ?? null, log: device.log };
  } finally {
    await estate.stop();
  }
}

type Basis = Readonly<Record<'studies' | 'images' | 'patients', Estimate['basis'] | null>>;
const exact: Basis = { studies: 'exact', images: 'exact', patients: 'exact' };
const estimated: Basis = { studies: 'estimate', images: 'estimate', patients: 'estimate' };

function expectTrue(exposure: Exposure | null, truth: Readonly<Record<'studies' | 'images' | 'patients', number>>, basis: Basis): void {
  for (const what of ['studies', 'images', 'patients'] as const) {
    const figure = exposure?.[what] ?? null;
    expect([what, figure?.basis ?? null]).toEqual([what, basis[what]]);
    if (figure === null) continue;
    if (figure.basis === 'exact') expect([what, figure.value]).toEqual([what, truth[what]]);
    const half = figure.high === null ? Number.POSITIVE_INFINITY : Math.max(figure.high - figure.value, figure.value - figure.low);
    expect(truth[what]).toBeGreaterThanOrEqual(figure.high === null ? figure.low : figure.value - 2 * half);
    expect(truth[what]).toBeLessThanOrEqual(figure.value + 2 * half);
  }
}

describe('an archive', () => {
  it.each<[title: string, options: ArchiveOptions, behaviour: Partial<DicomBehaviour>, basis: Basis, method: string]>([
    ['without a study', sized(0), {}, exact, 'at-once'],
    ['of one study', sized(1), {}, exact, 'at-once'],
    ['of 999 studies', sized(999), {}, exact, 'at-once'],
    ['of 1,000 studies, a round number', sized(1_000), {}, exact, 'at-once'],
    ['of 2,000 studies', sized(2_000), {}, { ...exact, patients: 'exact' }, 'at-once'],
    ['of 10,000 studies', sized(10_000), {}, estimated, 'sampled'],
    ['of 999 studies, 100 an answer', sized(999), { answerLimit: 100 }, exact, 'in-parts'],
    ['of 999 studies, 200 an answer', sized(999), { answerLimit: 200 }, exact, 'in-parts'],
    ['of 999 studies, 500 an answer', sized(999), { answerLimit: 500 }, exact, 'in-parts'],
    ['of 999 studies, 137 an answer', sized(999, { patients: 60 }), { answerLimit: 137 }, exact, 'in-parts'],
    ['of 999 studies, 100 an answer and then FE00H', sized(999), { answerLimit: 100, limitEnds: 'cancelled' }, exact, 'in-parts'],
    ['of 999 studies that refuses what is more than 100', sized(999), { answerLimit: 100, limitEnds: 'refused' }, exact, 'in-parts'],
    ['of 10,000 studies, 100 an answer', sized(10_000), { answerLimit: 100 }, estimated, 'sampled'],
    ['of 310 studies that ignores dates', sized(310), { dates: 'ignores' }, exact, 'at-once'],
    [
      'of 300 studies that ignores dates: the round number cannot be looked into',
      sized(300),
      { dates: 'ignores' },
      { studies: 'at-least', images: 'at-least', patients: 'at-least' },
      'cut-short',
    ],
    ['of 9,000 studies that ignores dates', sized(9_000), { dates: 'ignores' }, { studies: 'at-least', images: 'at-least', patients: 'at-least' }, 'cut-short'],
    [
      'of 9,000 studies that finds none by date',
      sized(9_000),
      { dates: 'finds-nothing' },
      { studies: 'at-least', images: 'at-least', patients: 'at-least' },
      'cut-short',
    ],
    ['with studies dated ahead', sized(1_900, { years: [2015, 2034] }), { answerLimit: 200 }, exact, 'in-parts'],
    ['with studies without a date', sized(600, { undated: 40 }), {}, exact, 'at-once'],
    ['of 60 studies that states no counts', sized(60), { withholds: countKeywords }, exact, 'at-once'],
    [
      'of 60 studies that shows 20 of them, whatever it is asked, and states no counts',
      sized(60, { imagesPerStudy: [2, 3] }),
      { answerLimit: 20, limitEnds: 'cancelled', dates: 'ignores', withholds: countKeywords },
      { studies: 'at-least', images: 'at-least', patients: 'at-least' },
      'cut-short',
    ],
    ['of 900 studies that states no counts', sized(900), { withholds: countKeywords }, { ...exact, images: 'estimate' }, 'at-once'],
    [
      'of 10,000 studies that states no counts',
      sized(10_000),
      { withholds: countKeywords },
      { studies: 'estimate', images: 'estimate', patients: 'at-least' },
      'sampled',
    ],
  ])('%s', async (_, options, behaviour, basis, method) => {
    const { archive, evidence, exposure, log } = await counted(options, behaviour);
    expect((evidence as DicomEvidence).archive?.method).toBe(method);
    expectTrue(exposure, archive, basis);
    if (exposure?.studies?.basis === 'exact' && exposure.images?.basis === 'exact' && !behaviour.withholds) expect(exposure.timeline).toEqual(archive.timeline);
    expect(log.rows + log.find).toBeLessThanOrEqual(budget);
    expect(log.violations).toEqual([]);
    expect(evidence.archive?.cost.responses).toBeLessThanOrEqual(budget);
    expect(evidence.release).toBe('released');
  });
});
