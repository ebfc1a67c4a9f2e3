/** DICOM files (PS3.10) for the live tests: synthetic, a few hundred bytes, no pixel data. */
import { ByteWriter } from '../../src/protocols/dicom/wire/byte-writer.js';

export interface SyntheticInstance {
  readonly patient: number;
  readonly study: number;
  readonly series: number;
  readonly instance: number;
  /** YYYYMMDD */
  readonly studyDate: string;
}

/** The stem stands in every name and number, so that a leak can be searched for. */
export const liveCanary = 'Zzlivecanary';
export const liveBirthDate = '19010203';
/** Begins every unique identifier of the corpus. */
export const liveUidRoot = '1.2.826.0.1.3680043.10.1999.7';
const ctImageStorage = '1.2.840.10008.5.1.4.1.1.2';
const explicitVrLittleEndian = '1.2.840.10008.1.2.1';

export const studyUid = (study: number): string => `${liveUidRoot}.${study}`;

export function syntheticInstance(spec: SyntheticInstance): Uint8Array {
  const uid = `${liveUidRoot}.${spec.study}.${spec.series}.${spec.instance}`;
  const meta = new ByteWriter();
  writeElement(meta, 0x00020002, 'UI', ctImageStorage);
  writeElement(meta, 0x00020003, 'UI', uid);
  writeElement(meta, 0x00020010, 'UI', explicitVrLittleEndian);
  writeElement(meta, 0x00020012, 'UI', liveUidRoot);
  const metaBytes = meta.finish();
  const file = new ByteWriter().zeros(128).ascii('DICM');
  file.uint16le(0x0002).uint16le(0x0000).ascii('UL').uint16le(4).uint32le(metaBytes.length).bytes(metaBytes);
  writeDataSet(file, spec, uid);
  return file.finish();
}

function writeDataSet(file: ByteWriter, spec: SyntheticInstance, uid: string): void {
  const elements: readonly (readonly [number, string, string])[] = [
    [0x00080016, 'UI', ctImageStorage],
    [0x00080018, 'UI', uid],
    [0x00080020, 'DA', spec.studyDate],
    [0x00080050, 'SH', `${liveCanary}${spec.study}`],
    [0x00080060, 'CS', 'CT'],
    [0x00080080, 'LO', `${liveCanary} General Hospital`],
    [0x00080090, 'PN', `${liveCanary}^Referring`],
    [0x00081010, 'SH', liveCanary],
    [0x00081030, 'LO', `CT ${liveCanary}`],
    [0x00081070, 'PN', `${liveCanary}^Operator`],
    [0x00100010, 'PN', `${liveCanary}^Wilhelmina`],
    [0x00100020, 'LO', `${liveCanary}${spec.patient}`],
    [0x00100030, 'DA', liveBirthDate],
    [0x00100040, 'CS', 'F'],
    [0x00101000, 'LO', `${liveCanary}/${spec.patient}`],
    [0x00101040, 'LO', `1 ${liveCanary} Lane`],
    [0x00102154, 'SH', liveCanary],
    [0x00104000, 'LT', `asks for ${liveCanary} by name`],
    [0x0020000d, 'UI', studyUid(spec.study)],
    [0x0020000e, 'UI', `${studyUid(spec.study)}.${spec.series}`],
    [0x00200013, 'IS', String(spec.instance)],
  ];
  for (const [tag, vr, value] of elements) writeElement(file, tag, vr, value);
}

function writeElement(writer: ByteWriter, tag: number, vr: string, value: string): void {
  const padded = value.length % 2 === 0 ? value : value + (vr === 'UI' ? '\0' : ' ');
  writer
    .uint16le(tag >>> 16)
    .uint16le(tag & 0xffff)
    .ascii(vr)
    .uint16le(padded.length)
    .ascii(padded);
}

/** 2 patients, 3 studies (2019, 2021, 2024), 4 series, 12 images. */
export const liveCorpus: readonly SyntheticInstance[] = [
  ...instances(1, 1, 1, 4, '20190305'),
  ...instances(1, 2, 1, 3, '20210711'),
  ...instances(1, 2, 2, 2, '20210711'),
  ...instances(2, 3, 1, 3, '20241230'),
];
export const liveTruth = {
  patients: 2,
  studies: 3,
  images: 12,
  timeline: [
    { year: 2019, studies: 1, images: 4 },
    { year: 2021, studies: 1, images: 5 },
    { year: 2024, studies: 1, images: 3 },
  ],
};

function instances(patient: number, study: number, series: number, count: number, studyDate: string): readonly SyntheticInstance[] {
  return Array.from({ length: count }, (_, index) => ({ patient, study, series, instance: index + 1, studyDate }));
}
