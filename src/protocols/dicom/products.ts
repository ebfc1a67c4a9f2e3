/**
 * Which product answers, from the implementation it names (PS3.7 section D.3.3.2) and the contexts it takes. A name that
 * anybody can set is a hint, so `basis` says what was gone by. Opens no sockets, and passes on nothing of the peer's text
 * but a version number.
 */
import type { Product } from '../../model/product.js';
import type { ContextName, ContextResult } from './wire/contexts.js';

export interface Implementation {
  readonly classUid: string | null;
  readonly versionName: string | null;
}

type Contexts = Readonly<Partial<Record<ContextName, ContextResult>>>;

interface ProductRow {
  readonly id: string;
  readonly name: string;
  /** Implementation class UID: this one, or anything below it. */
  readonly arc?: string;
  /** Where there is no UID to go by. */
  readonly versionName?: RegExp;
  /** The first group is the version. */
  readonly version?: RegExp;
  /** Read the version off the end of the UID instead. */
  readonly versionUnder?: string;
  /** The arc is a maker's, so the device is all that is known. */
  readonly isMaker?: true;
}

/** The first row that fits counts, so a product stands before its maker. The comment says where a row was seen. */
export const productRows: readonly ProductRow[] = [
  // dcuid.h, and DCMTK 3.6.7 itself. Orthanc and many others are built on it and name it.
  { id: 'dcmtk', name: 'DCMTK, or a program built on it', arc: '1.2.276.0.7230010.3.0', version: /^OFFIS_DCMTK_([0-9]{3,4})$/ },
  // Both repositories: DCMTK 3.5.4 of 2005, frozen.
  { id: 'osirix', name: 'OsiriX or Horos', arc: '1.2.276.0.7238010.5.0.3.5.4' },
  // Implementation.java; the archive and its library are released together.
  { id: 'dcm4chee-arc', name: 'dcm4chee-arc, or another program built on dcm4che', arc: '1.2.40.0.13.1.3', version: /^dcm4che-([0-9]+(?:\.[0-9]+)+)/ },
  // Files of dcm4chee 2 in public repositories name dcm4che-1.4.34 and dcm4che-1.4.38.
  { id: 'dcm4che-2', name: 'dcm4chee 2 or older', arc: '1.2.40.0.13.1.1', version: /^dcm4che-([0-9]+(?:\.[0-9]+)+)/ },
  // pynetdicom 3.0.4 itself: ...9.3811.3.0.4 and PYNETDICOM_304.
  { id: 'pynetdicom', name: 'pynetdicom, or a program built on it', arc: '1.2.826.0.1.3680043.9.3811', versionUnder: '1.2.826.0.1.3680043.9.3811' },
  // fo-dicom's source.
  { id: 'fo-dicom', name: 'fo-dicom, or a program built on it', arc: '1.3.6.1.4.1.30071.8', version: /^fo-dicom ([0-9]+(?:\.[0-9]+)+)/ },
  // version.h: 1.5.0/WIN32, 1.4.19d1/WIN32.
  { id: 'conquest', name: 'Conquest DICOM server', arc: '1.2.826.0.1.3680043.2.135.1066.101', version: /^([0-9]+(?:\.[0-9]+)+(?:[a-z][0-9]?)?)\// },
  // DicomImplementation.cs in several repositories; its version name is "Dicom 0.1" in all of them.
  { id: 'clearcanvas', name: 'ClearCanvas, or a program built on it', arc: '1.3.6.1.4.1.25403.1.1.1' },
  // GDCM's source.
  { id: 'gdcm', name: 'GDCM, or a program built on it', arc: '1.2.826.0.1.3680043.2.1143.107.104.103.115', version: /^GDCM ([0-9]+(?:\.[0-9]+)+)/ },
  // dcmjs-dimse's source.
  { id: 'dcmjs-dimse', name: 'dcmjs-dimse, or a program built on it', arc: '1.2.826.0.1.3680043.10.854', version: /^DCMJS-DIMSE-V([0-9]+(?:\.[0-9]+)+)/ },
  // dicom-rs's source.
  {
    id: 'dicom-rs',
    name: 'DICOM-rs, or a program built on it',
    arc: '2.25.175220362680028036156011002668768058626',
    version: /^DICOM-rs ([0-9]+(?:\.[0-9]+)+)/,
  },
  // go-dicom's source; the honeypot Dicompot names it too.
  { id: 'go-dicom', name: 'go-dicom, or a honeypot built on it', arc: '1.2.826.0.1.3680043.9.7133.1.1', version: /^GODICOM_([0-9]+(?:_[0-9]+)+)$/ },
  // Evil-DICOM's source: the version name is the assembly's version.
  { id: 'evil-dicom', name: 'Evil-DICOM, or a program built on it', arc: '1.2.598.0.1.2851334.2.1865.1', version: /^([0-9]+(?:\.[0-9]+)+)$/ },
  // VersionAndConstants.java, and many files with PIXELMEDJAVA001.
  { id: 'pixelmed', name: 'PixelMed, or a program built on it', arc: '1.3.6.1.4.1.5962.99.2' },
  // pydicom 3.0.2 itself: ...8.498.1.
  { id: 'pydicom', name: 'pydicom, or a program built on it', arc: '1.2.826.0.1.3680043.8.498' },
  // Samples of Varian files.
  { id: 'varian', name: 'Varian device with the Merge toolkit', arc: '1.2.246.352.70.2.1.120.1' },
  // mergecom configuration and samples, among them GE ultrasound; 1.2.840.113669, which some tables have, was found nowhere.
  { id: 'merge', name: 'Merge DICOM Toolkit in a device', arc: '2.16.840.1.113669.2.1.1' },
  // A thread about pynetdicom, with BROKER992.0.
  { id: 'mitra-broker', name: 'Mitra (Agfa) broker', arc: '1.2.124.113532.3320' },
  // A pull request to dcm4che.
  { id: 'agfa-enterprise-imaging', name: 'Agfa Enterprise Imaging', arc: '1.3.51.0.42.1.1' },
  // A thread about fo-dicom, with AW4_5_03_024_CTT.
  { id: 'ge-aw', name: 'GE Advantage Workstation', arc: '1.2.840.113619.6.264' },
  // A thread about dcm4che: it names no version.
  { id: 'ge-ct', name: 'GE CT scanner', arc: '1.2.840.113619.6.55' },
  // A log in a public repository, with MR_VB19A.
  { id: 'siemens-mr', name: 'Siemens MR scanner', arc: '1.3.12.2.1107.5.2' },
  // A thread about pynetdicom.
  { id: 'samsung-medison-v8', name: 'Samsung Medison V8 ultrasound', arc: '1.2.410.200001.101.11.801' },
  // A public repository, with Monocube1.0.0.0.
  { id: 'monocube', name: 'Monocube console', arc: '1.2.392.200036.8120.101.9' },
  // Makers' roots, from the tables of two published scanners.
  { id: 'ge', name: 'GE device', arc: '1.2.840.113619', isMaker: true },
  { id: 'siemens', name: 'Siemens device', arc: '1.3.12.2.1107', isMaker: true },
  { id: 'philips', name: 'Philips device', arc: '1.3.46.670589', isMaker: true },
  { id: 'philips', name: 'Philips device', arc: '1.2.840.113704', isMaker: true },
  { id: 'agfa', name: 'Agfa (Mitra) device', arc: '1.2.124.113532', isMaker: true },
  { id: 'carestream', name: 'Carestream (Kodak) device', arc: '1.2.840.113564', isMaker: true },
  { id: 'canon', name: 'Canon (Toshiba) device', arc: '1.2.392.200036.9116', isMaker: true },
  // The arc of the Private Fuji CR Image Storage SOP class, in PixelMed and others.
  { id: 'fujifilm', name: 'Fujifilm device', arc: '1.2.392.200036.9125', isMaker: true },
  { id: 'sectra', name: 'Sectra device', arc: '1.2.752.24', isMaker: true },
  // Toolkits inside devices that put their own UID beside the toolkit's name.
  { id: 'merge', name: 'Merge DICOM Toolkit in a device', versionName: /^MergeCOM3_[0-9]{3}$/ },
  { id: 'dicomobjects', name: 'DicomObjects toolkit in a device', versionName: /^(?:DicomObjects\.NET|dcmobj)/i },
  { id: 'leadtools', name: 'LEADTOOLS toolkit in a device', versionName: /leadtools/i },
];

/** `null` where nothing is known. The version is digits, dots and at most a letter with one. */
export function identifyProduct(implementation: Implementation, contexts: Contexts): Product | null {
  const row = productRows.find((entry) => fits(entry, implementation));
  if (!row) return null;
  if (row.id === 'dcmtk' && negotiatesLikeOrthanc(contexts)) return orthanc;
  const basis = row.isMaker ? "implementation class UID under the maker's root" : row.arc ? 'implementation class UID' : 'implementation version name';
  return { id: row.id, name: row.name, version: versionOf(row, implementation), basis };
}

/** The version that DCMTK gives is DCMTK's, not Orthanc's. */
const orthanc: Product = { id: 'orthanc', name: 'Orthanc', version: null, basis: 'accepted contexts of a DCMTK-based server' };

/**
 * Orthanc 1.10.1 takes queries, retrieval, storage and storage commitment together, whoever calls and whatever it permits;
 * DCMTK 3.6.7's dcmqrscp and storescp know no storage commitment. A peer that refuses nothing at all is not told apart.
 */
function negotiatesLikeOrthanc(contexts: Contexts): boolean {
  const taken: readonly ContextName[] = ['patient-root-find', 'study-root-find', 'study-root-move', 'study-root-get', 'storage-ct', 'storage-commitment'];
  return taken.every((name) => contexts[name] === 'accepted') && Object.values(contexts).some((result) => result !== 'accepted');
}

function fits({ arc, versionName }: ProductRow, implementation: Implementation): boolean {
  if (arc !== undefined) return implementation.classUid === arc || (implementation.classUid?.startsWith(`${arc}.`) ?? false);
  return versionName?.test(implementation.versionName ?? '') ?? false;
}

function versionOf({ id, version, versionUnder }: ProductRow, { classUid, versionName }: Implementation): string | null {
  if (versionUnder !== undefined) return /^[0-9]+(?:\.[0-9]+){1,3}$/.exec(classUid?.slice(versionUnder.length + 1) ?? '')?.[0] ?? null;
  const found = version?.exec(versionName ?? '')?.[1]?.replaceAll('_', '.') ?? null;
  return id === 'dcmtk' && found ? `${found[0]}.${found[1]}.${found.slice(2)}` : found; // 367 is 3.6.7, 3610 is 3.6.10
}
