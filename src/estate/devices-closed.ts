/** The estate's devices that refuse a stranger something, or that hold nothing to query. All in the clear. */
import { virtualArchive } from './archive.js';
import type { DicomBehaviour } from './behaviour.js';
import type { DeviceSpec } from './device-spec.js';
import { contexts, dcm4che, dcmtk, foDicom, nobodysProduct, pynetdicom } from './identities.js';
import { holdings, noRights, nothingLearnt, type TrueVerdict } from './truth.js';

const inClear = { 'cleartext-dicom': 'fail' } as const;
const openToAnyCaller: Readonly<Record<string, TrueVerdict>> = { ...inClear, 'any-caller-accepted': 'fail', 'any-called-ae-accepted': 'fail' };

/** Behind every door there is something, so that a scan that comes through would be noticed. */
const hidden = virtualArchive({ seed: 20, patients: 5_000, studies: 9_000, imagesPerStudy: [1, 100], years: [2010, 2025] });

export function closedDevices(): readonly DeviceSpec[] {
  return [
    callerChecked(),
    calledChecked(),
    peerTable(),
    identityRequired(),
    queryAborted(),
    queryRefused(),
    storageSink(),
    worklistServer(),
    commitmentOnly(),
    garbledEcho(),
  ];
}

/** Rejects the association: nothing else can be learnt there. */
function rejecting(id: string, what: string, policy: Partial<DicomBehaviour>, learnt: Pick<DeviceSpec['truth'], 'rights' | 'verdicts'>): DeviceSpec {
  return {
    id,
    what,
    port: 11112,
    behaviour: { speaks: 'dicom', identity: dcm4che, contexts: contexts.archive, archive: hidden, ...policy },
    truth: { service: 'dicom', holds: holdings(hidden), exposure: null, ...learnt, verdicts: { ...inClear, ...learnt.verdicts } },
  };
}

function callerChecked(): DeviceSpec {
  const verdicts = { 'any-caller-accepted': 'pass', 'open-query': 'pass' } as const;
  return rejecting('caller-checked', 'archive that knows its callers (rejects 1/1/3)', { callers: ['CT01', 'MR01', 'VIEWER'] }, { rights: noRights, verdicts });
}

function calledChecked(): DeviceSpec {
  const verdicts = { 'any-caller-accepted': 'unknown', 'any-called-ae-accepted': 'pass', 'open-query': 'unknown' } as const;
  return rejecting(
    'called-checked',
    'archive that wants its own AE title (rejects 1/1/7)',
    { calledTitles: ['ARCHIVE'] },
    { rights: nothingLearnt.rights, verdicts },
  );
}

/** From outside the same as `called-checked`: dcmqrscp blames the called title where the caller is unknown. */
function peerTable(): DeviceSpec {
  const policy = { identity: dcmtk, contexts: contexts.dcmqrscp, callers: ['CT01', 'VIEWER'], blamesCalledTitle: true };
  const verdicts = { 'any-caller-accepted': 'unknown', 'open-query': 'unknown' } as const;
  return rejecting('peer-table', 'archive like DCMTK dcmqrscp with a table of peers (rejects 1/1/7)', policy, { rights: nothingLearnt.rights, verdicts });
}

function identityRequired(): DeviceSpec {
  return rejecting('identity-required', 'archive that asks for a user (rejects 1/2/1)', { userIdentity: 'requires' }, { rights: noRights, verdicts: {} });
}

function queryAborted(): DeviceSpec {
  return {
    id: 'query-aborted',
    what: 'archive like Orthanc as installed: takes any caller and any image, aborts queries',
    port: 4242,
    behaviour: { speaks: 'dicom', identity: dcmtk, contexts: contexts.orthanc, archive: hidden, query: 'aborts' },
    truth: {
      service: 'dicom',
      rights: { read: 'no', create: 'negotiated', edit: 'unknown', delete: 'unknown' },
      holds: holdings(hidden),
      exposure: null,
      verdicts: { ...openToAnyCaller, 'open-query': 'pass' },
    },
  };
}

function queryRefused(): DeviceSpec {
  return {
    id: 'query-refused',
    what: 'archive that takes any caller and answers queries with 0124H, not authorised',
    port: 11112,
    behaviour: { speaks: 'dicom', identity: foDicom, contexts: contexts.queryOnly, archive: hidden, query: 'not-authorised' },
    truth: { service: 'dicom', rights: noRights, holds: holdings(hidden), exposure: null, verdicts: { ...openToAnyCaller, 'open-query': 'pass' } },
  };
}

function storageSink(): DeviceSpec {
  return {
    id: 'storage-sink',
    what: 'receiver like DCMTK storescp that takes images from anybody',
    port: 104,
    behaviour: { speaks: 'dicom', identity: dcmtk, contexts: contexts.storescp },
    truth: {
      service: 'dicom',
      rights: { read: 'unknown', create: 'negotiated', edit: 'unknown', delete: 'unknown' },
      holds: null,
      exposure: null,
      verdicts: openToAnyCaller,
    },
  };
}

const nothingToStore = { read: 'unknown', create: 'no', edit: 'no', delete: 'no' } as const;

function worklistServer(): DeviceSpec {
  return {
    id: 'worklist',
    what: 'modality worklist server',
    port: 11112,
    behaviour: { speaks: 'dicom', identity: dcm4che, maximumLength: 16_378, contexts: contexts.worklist, worklistEntries: 25 },
    truth: { service: 'dicom', rights: nothingToStore, holds: null, exposure: null, verdicts: openToAnyCaller },
  };
}

function commitmentOnly(): DeviceSpec {
  return {
    id: 'commitment',
    what: 'modality that is called back about storage commitment',
    port: 104,
    behaviour: { speaks: 'dicom', identity: nobodysProduct, maximumLength: 28_672, contexts: contexts.commitment },
    truth: { service: 'dicom', rights: nothingToStore, holds: null, exposure: null, verdicts: openToAnyCaller },
  };
}

function garbledEcho(): DeviceSpec {
  return {
    id: 'garbled-echo',
    what: 'odd peer that accepts and then answers C-ECHO with noise',
    port: 104,
    behaviour: { speaks: 'dicom', identity: pynetdicom, maximumLength: 16_382, contexts: contexts.verification, garblesEcho: true },
    truth: { service: 'dicom', rights: nothingToStore, holds: null, exposure: null, verdicts: openToAnyCaller },
  };
}
