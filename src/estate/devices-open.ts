/** The estate's archives that answer a stranger's queries, in the clear. */
import { virtualArchive } from './archive.js';
import { countKeywords, type Keyword } from './attributes.js';
import { pseudonymousNaming } from './canary.js';
import type { DeviceSpec } from './device-spec.js';
import { conquest, contexts, dcm4che, dcmtk, dicompot, foDicom, pynetdicom } from './identities.js';
import { exposureByPatient, exposureByStudy, holdings, openRights, readOnlyRights, type TrueVerdict } from './truth.js';

/** Few archives keep these where a query finds them. */
const seldomKept: readonly Keyword[] = ['OtherPatientIDs', 'PatientAddress', 'PatientTelephoneNumbers'];

const openInClear: Readonly<Record<string, TrueVerdict>> = {
  'cleartext-dicom': 'fail',
  'any-caller-accepted': 'fail',
  'any-called-ae-accepted': 'fail',
  'open-query': 'fail',
  'patient-identifiers-exposed': 'fail',
};

export function openDevices(): readonly DeviceSpec[] {
  return [openArchive(), bigArchive(), busyArchive(), uncountedArchive(), patientRootArchive(), identityArchive(), teachingFiles(), honeypot()];
}

function openArchive(): DeviceSpec {
  const archive = virtualArchive({ seed: 1, patients: 312, studies: 540, imagesPerStudy: [2, 240], years: [2011, 2025] });
  return {
    id: 'open-archive',
    what: 'archive like Orthanc that answers anybody',
    port: 4242,
    behaviour: { speaks: 'dicom', identity: dcmtk, contexts: contexts.orthanc, archive },
    truth: { service: 'dicom', rights: openRights, holds: holdings(archive), exposure: exposureByStudy(archive), verdicts: openInClear },
  };
}

function bigArchive(): DeviceSpec {
  const archive = virtualArchive({ seed: 2, patients: 17_500, studies: 45_000, imagesPerStudy: [8, 46], years: [2006, 2025] });
  return {
    id: 'big-archive',
    what: 'hospital archive like dcm4chee, larger than a scan will list: a sample of days',
    port: 104,
    behaviour: { speaks: 'dicom', identity: dcm4che, maximumLength: 16_378, contexts: contexts.archive, archive, withholds: seldomKept },
    truth: {
      service: 'dicom',
      rights: openRights,
      holds: holdings(archive),
      exposure: exposureByStudy(archive, { withholds: seldomKept }),
      estimated: ['images', 'studies', 'patients'],
      verdicts: openInClear,
    },
  };
}

function busyArchive(): DeviceSpec {
  const archive = virtualArchive({ seed: 3, patients: 150, studies: 240, imagesPerStudy: [1, 60], years: [2018, 2025] });
  return {
    id: 'busy-archive',
    what: 'archive that is out of room at the first call and open at the second',
    port: 104,
    behaviour: { speaks: 'dicom', identity: foDicom, contexts: contexts.queryOnly, archive, withholds: seldomKept, busyFor: 1 },
    truth: {
      service: 'dicom',
      rights: readOnlyRights,
      holds: holdings(archive),
      exposure: exposureByStudy(archive, { withholds: seldomKept }),
      verdicts: openInClear,
    },
  };
}

function uncountedArchive(): DeviceSpec {
  const archive = virtualArchive({ seed: 4, patients: 410, studies: 690, imagesPerStudy: [1, 90], years: [2014, 2024] });
  const withholds = [...seldomKept, ...countKeywords];
  return {
    id: 'uncounted-archive',
    what: 'archive like DCMTK dcmqrscp that does not say how many images it has',
    port: 104,
    behaviour: { speaks: 'dicom', identity: dcmtk, contexts: contexts.dcmqrscp, archive, withholds },
    truth: {
      service: 'dicom',
      rights: openRights,
      holds: holdings(archive),
      exposure: exposureByStudy(archive, { withholds }),
      estimated: ['images'],
      verdicts: openInClear,
    },
  };
}

function patientRootArchive(): DeviceSpec {
  const archive = virtualArchive({ seed: 5, patients: 800, studies: 1_900, imagesPerStudy: [1, 12], years: [1999, 2012] });
  return {
    id: 'patient-root-archive',
    what: 'old archive that is asked by patient only',
    port: 104,
    behaviour: { speaks: 'dicom', identity: conquest, maximumLength: 4_096, contexts: contexts.patientRootOnly, archive, withholds: seldomKept },
    truth: {
      service: 'dicom',
      rights: readOnlyRights,
      holds: holdings(archive),
      exposure: exposureByPatient(archive, { withholds: seldomKept }),
      verdicts: openInClear,
    },
  };
}

function identityArchive(): DeviceSpec {
  const archive = virtualArchive({ seed: 6, patients: 95, studies: 130, imagesPerStudy: [10, 400], years: [2020, 2025] });
  return {
    id: 'identity-archive',
    what: 'archive that acknowledges a user identity and lets any in',
    port: 11112,
    behaviour: {
      speaks: 'dicom',
      identity: dcm4che,
      maximumLength: 16_378,
      contexts: contexts.archive,
      archive,
      withholds: seldomKept,
      userIdentity: 'answers',
    },
    truth: {
      service: 'dicom',
      rights: openRights,
      holds: holdings(archive),
      exposure: exposureByStudy(archive, { withholds: seldomKept }),
      verdicts: openInClear,
    },
  };
}

function teachingFiles(): DeviceSpec {
  const archive = virtualArchive({ seed: 7, patients: 60, studies: 75, imagesPerStudy: [20, 300], years: [2015, 2023], naming: pseudonymousNaming });
  return {
    id: 'teaching-files',
    what: 'open archive of de-identified teaching files',
    port: 11112,
    behaviour: { speaks: 'dicom', identity: pynetdicom, maximumLength: 16_382, contexts: contexts.queryOnly, archive },
    truth: {
      service: 'dicom',
      rights: readOnlyRights,
      holds: holdings(archive),
      exposure: exposureByStudy(archive, { pseudonymous: true }),
      verdicts: { ...openInClear, 'patient-identifiers-exposed': 'pass' },
    },
  };
}

function honeypot(): DeviceSpec {
  const archive = virtualArchive({ seed: 8, patients: 12, studies: 20, imagesPerStudy: [5, 40], years: [2019, 2021] });
  return {
    id: 'honeypot',
    what: 'accepts whatever is proposed, also what does not exist',
    port: 11112,
    behaviour: { speaks: 'dicom', identity: dicompot, contexts: 'everything', archive, withholds: seldomKept },
    // What it shows may be bait: only what holds of bait too is said here.
    truth: {
      service: 'dicom',
      rights: openRights,
      holds: holdings(archive),
      exposure: exposureByStudy(archive, { withholds: seldomKept }),
      verdicts: { 'cleartext-dicom': 'fail', 'any-caller-accepted': 'fail' },
    },
  };
}
