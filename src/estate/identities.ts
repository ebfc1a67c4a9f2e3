/**
 * Implementation identities (PS3.7 section D.3.3.2) of the products that the estate's devices stand for, so that product
 * recognition has something to recognise. Only loopback devices of the estate use them; a scan never does.
 */
import { type ContextName, contextNames } from '../protocols/dicom/wire/contexts.js';
import type { ImplementationIdentity } from './behaviour.js';

/** Orthanc speaks through DCMTK and shows its identity. */
export const dcmtk: ImplementationIdentity = { classUid: '1.2.276.0.7230010.3.0.3.6.7', versionName: 'OFFIS_DCMTK_367' };
export const dcm4che: ImplementationIdentity = { classUid: '1.2.40.0.13.1.3', versionName: 'dcm4che-5.31.0' };
export const pynetdicom: ImplementationIdentity = { classUid: '1.2.826.0.1.3680043.9.3811.2.0.2', versionName: 'PYNETDICOM_202' };
export const foDicom: ImplementationIdentity = { classUid: '1.3.6.1.4.1.30071.8', versionName: 'fo-dicom 5.1.2' };
export const conquest: ImplementationIdentity = { classUid: '1.2.826.0.1.3680043.2.135.1066.101', versionName: '1.4.17/WIN32' };
export const dicompot: ImplementationIdentity = { classUid: '1.2.826.0.1.3680043.9.7133.1.1', versionName: 'GODICOM_1_1' };
/** Made for the estate: recognition must leave it unnamed. */
export const nobodysProduct: ImplementationIdentity = { classUid: '2.25.7700999999', versionName: 'ESTATE_1' };

const all = contextNames.filter((name) => name !== 'canary');
const without = (...names: readonly ContextName[]): readonly ContextName[] => all.filter((name) => !names.includes(name));

/** What each of them takes from a stranger, read off the real servers where they could be had. */
export const contexts = {
  orthanc: without('worklist-find'),
  dcmqrscp: without('worklist-find', 'storage-commitment'),
  storescp: ['verification', 'storage-ct', 'storage-mr', 'storage-cr', 'storage-dx', 'storage-us', 'storage-sc'],
  archive: without('worklist-find'),
  queryOnly: ['verification', 'study-root-find', 'patient-root-find'],
  patientRootOnly: ['verification', 'patient-root-find', 'patient-root-move'],
  worklist: ['verification', 'worklist-find'],
  commitment: ['verification', 'storage-commitment'],
  verification: ['verification'],
} as const satisfies Readonly<Record<string, readonly ContextName[]>>;
