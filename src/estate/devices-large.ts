/** Archives that are hard to count: too large to list, short of answers, odd about dates. In the clear, open to anybody. */
import { type ArchiveOptions, virtualArchive } from './archive.js';
import type { DicomBehaviour } from './behaviour.js';
import type { DeviceSpec } from './device-spec.js';
import { contexts, dcm4che, foDicom, pynetdicom } from './identities.js';
import { type DeviceTruth, exposureByStudy, holdings, readOnlyRights, type TrueVerdict } from './truth.js';

const verdicts: Readonly<Record<string, TrueVerdict>> = {
  'cleartext-dicom': 'fail',
  'any-caller-accepted': 'fail',
  'any-called-ae-accepted': 'fail',
  'open-query': 'fail',
  'patient-identifiers-exposed': 'fail',
};

export function largeDevices(): readonly DeviceSpec[] {
  return [limitedArchive(), futureArchive()];
}

type Truths = Pick<DeviceTruth, 'estimated' | 'exposure'>;

function open(
  id: string,
  what: string,
  options: ArchiveOptions,
  behaviour: Pick<DicomBehaviour, 'identity'> & Partial<DicomBehaviour>,
  truths: Partial<Truths> = {},
): DeviceSpec {
  const archive = virtualArchive(options);
  return {
    id,
    what,
    port: 104,
    behaviour: { speaks: 'dicom', contexts: contexts.queryOnly, archive, ...behaviour },
    truth: { service: 'dicom', rights: readOnlyRights, holds: holdings(archive), exposure: exposureByStudy(archive), verdicts, ...truths },
  };
}

/** Not of the estate that the demo shows: next to it, nothing else would. */
export function hugeArchive(): DeviceSpec {
  const options: ArchiveOptions = { seed: 31, patients: 1_700_000, studies: 5_000_000, imagesPerStudy: [1, 900], years: [2000, 2025] };
  return open(
    'huge-archive',
    'archive of a hospital group, five million studies',
    options,
    { identity: dcm4che },
    { estimated: ['images', 'studies', 'patients'] },
  );
}

function limitedArchive(): DeviceSpec {
  const options: ArchiveOptions = { seed: 32, patients: 430, studies: 999, imagesPerStudy: [2, 60], years: [2012, 2025] };
  return open('limited-archive', 'archive that gives 100 rows an answer and does not say so', options, { identity: foDicom, answerLimit: 100 });
}

function futureArchive(): DeviceSpec {
  const options: ArchiveOptions = { seed: 33, patients: 260, studies: 620, undated: 14, imagesPerStudy: [1, 80], years: [2019, 2034] };
  return open('future-archive', 'archive with studies dated ahead, and some without a date', options, { identity: pynetdicom });
}
