/** What lies on network attached storage of a radiology department, good and bad. Every person is a canary; nothing is stored. Opens no sockets. */
import { canaryNaming, canaryStem } from './canary.js';
import {
  chanceOf,
  folderOf,
  joinedFolder,
  lognormal,
  nothing,
  numberedFolder,
  truthOf,
  type VirtualFile,
  type VirtualFolder,
  type VirtualNode,
  virtualFile,
} from './virtual-tree.js';

export interface NasOptions {
  /** About 260 entries each: 4,000 patients have a million. */
  readonly patients: number;
  readonly seed?: number;
  /** First and last year. */
  readonly years?: readonly [number, number];
  /** Patient CDs that were copied here, each with a DICOMDIR and a viewer. */
  readonly media?: number;
  /** Reports a year. */
  readonly reports?: number;
  /** Files that a worm, a ransom gang and a miner left. */
  readonly isInfected?: boolean;
}

const digits = (value: number, length: number): string => String(value).padStart(length, '0');
const inYear = (year: number, part: number): number => Date.UTC(year, 0, 1) + Math.floor(part * 364) * 86_400_000;

/** `/archive/2019/PATIENT/STUDY/SERIES/IM000001`, `/media`, `/reports`, `/backup`. */
export function nasFolder({ patients, seed = 1, years = [2012, 2024], media = 3, reports = 40, isInfected = false }: NasOptions): VirtualFolder {
  const clean = folderOf({
    archive: archive(patients, seed, years),
    media: numberedFolder({ count: media, nameOf: (at) => `CD_${digits(at + 1, 4)}`, child: (at) => patientDisc(seed, at) }),
    reports: yearFolders(years, (year) => reportsOf(year, reports)),
    backup: folderOf({ 'pacsdb_2024-01.sql.gz': virtualFile('noise', 7_340_032_000), 'archive_2019.iso': virtualFile('noise', 4_700_000_000) }),
  });
  return isInfected ? joinedFolder([clean, infection]) : clean;
}

function yearFolders([first, last]: readonly [number, number], child: (year: number) => VirtualNode): VirtualFolder {
  return folderOf(Object.fromEntries(Array.from({ length: last - first + 1 }, (_, at) => [String(first + at), child(first + at)])));
}

/** Later years hold more patients, as everywhere. */
function archive(patients: number, seed: number, years: readonly [number, number]): VirtualFolder {
  const [first, last] = years;
  const count = last - first + 1;
  const weightBefore = (nth: number): number => nth * count + (nth * (nth - 1)) / 2;
  const start = (nth: number): number => Math.floor((patients * weightBefore(nth)) / weightBefore(count));
  return yearFolders(years, (year) => {
    const from = start(year - first);
    return numberedFolder({
      count: start(year - first + 1) - from,
      modified: inYear(year, 0.99),
      nameOf: (at) => patientName(from + at, at),
      child: (at) => patientFolder(seed, from + at, year),
    });
  });
}

const patientName = (index: number, at: number): string => `${canaryNaming.patient(index).name.replace('^', '_')}_${digits(at + 1, 5)}`;

function patientFolder(seed: number, patient: number, year: number): VirtualFolder {
  const studies = 1 + Math.floor(-Math.log(1 - chanceOf(seed, patient, 11)) * 1.2);
  return numberedFolder({
    count: Math.min(studies, 12),
    modified: inYear(year, chanceOf(seed, patient, 12)),
    nameOf: (at) => `${year}${digits(1 + Math.floor(chanceOf(seed, patient, at, 13) * 12), 2)}15_${modalityOf(seed, patient, at).name}_${digits(at + 1, 2)}`,
    child: (at) => studyFolder(seed, patient, at, year),
  });
}

/** Bytes of one image, the images of a median series, and how much series differ (deviation of the logarithm). */
const modalities = [
  { name: 'CT', images: 70, spread: 0.9, bytes: 526_336, series: 4 },
  { name: 'MR', images: 28, spread: 0.7, bytes: 133_120, series: 7 },
  { name: 'DX', images: 2, spread: 0.4, bytes: 15_728_640, series: 1 },
  { name: 'US', images: 18, spread: 0.8, bytes: 921_600, series: 1 },
  { name: 'MG', images: 4, spread: 0.2, bytes: 27_262_976, series: 1 },
] as const;
const modalityOf = (seed: number, patient: number, study: number): (typeof modalities)[number] =>
  modalities[Math.floor(chanceOf(seed, patient, study, 14) * modalities.length)] ?? modalities[0];

function studyFolder(seed: number, patient: number, study: number, year: number): VirtualFolder {
  const modality = modalityOf(seed, patient, study);
  return numberedFolder({
    count: 1 + Math.floor(chanceOf(seed, patient, study, 15) * (2 * modality.series - 1)),
    modified: inYear(year, chanceOf(seed, patient, study, 16)),
    nameOf: (at) => `SE${digits(at + 1, 6)}`,
    child: (at) =>
      images(Math.ceil(lognormal(modality.images, modality.spread, seed, patient, study, at)), virtualFile('dicom', modality.bytes, inYear(year, 0.5))),
  });
}

function images(count: number, image: VirtualFile): VirtualFolder {
  return numberedFolder({ count, modified: image.modified, nameOf: (at) => `IM${digits(at + 1, 6)}`, child: () => image, eachAdds: truthOf(image) });
}

/** PS3.10 section 8.6 puts a DICOMDIR at the root of the file set; vendors put their viewer beside it. Nothing here is malicious. */
function patientDisc(seed: number, at: number): VirtualFolder {
  const image = virtualFile('dicom', 526_336, inYear(2022, 0.3));
  return folderOf({
    DICOMDIR: virtualFile('dicom', 24_576),
    'AUTORUN.INF': virtualFile('text', 52),
    'README.TXT': virtualFile('text', 1_204),
    VIEWER: folderOf({ 'viewer.exe': virtualFile('executable', 4_194_304), 'viewer.ini': virtualFile('text', 310) }),
    DICOM: folderOf({ S00001: images(12 + Math.floor(chanceOf(seed, at, 17) * 80), image), S00002: images(24, image) }),
  });
}

function reportsOf(year: number, count: number): VirtualFolder {
  const report = virtualFile('pdf', 88_064, inYear(year, 0.4));
  return numberedFolder({
    count,
    modified: inYear(year, 0.99),
    nameOf: (at) => `${canaryStem}_report_${digits(at + 1, 5)}.${at % 5 === 0 ? 'hl7' : 'pdf'}`,
    child: () => report,
    eachAdds: truthOf(report),
  });
}

/** Names that published accounts of open storage mention; the contents are two bytes. */
const infection = folderOf({
  'Photo.scr': virtualFile('executable', 1_577_472),
  'Info.zip': virtualFile('zip', 1_578_102),
  uploads: folderOf({
    'Photo.scr': virtualFile('executable', 1_577_472),
    'result.pdf.exe': virtualFile('executable', 417_792),
    'README_FOR_DECRYPT.txt': virtualFile('text', 1_320),
    IM000001: virtualFile('dicom', 526_336),
    IM000002: virtualFile('dicom-with-executable', 610_304),
    IM000003: virtualFile('dicom-with-script', 526_336),
    'IM000004.dcm.encrypt': virtualFile('noise', 526_400),
  }),
});

/** A handful of files to read in one glance: 5 images, a report, a backup. */
export const smallFolder: VirtualFolder = folderOf({
  DICOM: folderOf({
    [`${canaryStem}ov_Wilhelmina`]: folderOf({
      IM000001: virtualFile('dicom', 526_336),
      IM000002: virtualFile('dicom', 526_336),
      IM000003: virtualFile('dicom', 526_336),
    }),
    [`${canaryStem}sen_Ottoline`]: folderOf({ 'slice1.dcm': virtualFile('dicom', 133_120), 'slice2.dcm': virtualFile('dicom', 133_120) }),
  }),
  [`${canaryStem}_report.pdf`]: virtualFile('pdf', 88_064),
  'backup.zip': virtualFile('zip', 1_048_576),
});

/** Folders that contain themselves, names that lead elsewhere or hold control characters, and a folder that never seems to end. */
export function hostileFolder(flood = 1_000_000): VirtualFolder {
  const noise = virtualFile('noise', 1);
  const loop: VirtualFolder = {
    kind: 'folder',
    modified: 0,
    count: 2,
    nameOf: (index) => (index === 0 ? 'again' : 'more'),
    indexOf: (name) => (name === 'again' ? 0 : name === 'more' ? 1 : undefined),
    child: () => loop,
    truth: () => nothing,
  };
  return folderOf({
    loop,
    up: { kind: 'link', modified: 0 },
    '..\\..\\outside.dcm': noise,
    [`${canaryStem}\u001b[2J\u0007.dcm`]: noise,
    [`${canaryStem}\ufffd\u0000\u202efdp.exe`]: noise,
    [`${canaryStem}${'a.'.repeat(120)}`]: noise,
    flood: numberedFolder({ count: flood, nameOf: (at) => `I${at + 1}`, child: () => noise, eachAdds: truthOf(noise) }),
  });
}
