/** The estate's devices that speak TLS: a good one, an outdated one, and one that wants a client certificate. */
import { virtualArchive } from './archive.js';
import type { DeviceSpec } from './device-spec.js';
import { contexts, dcm4che, foDicom } from './identities.js';
import { exposureByStudy, holdings, nothingLearnt, openRights, readOnlyRights } from './truth.js';

export function tlsDevices(): readonly DeviceSpec[] {
  return [tlsArchive(), legacyTlsArchive(), mutualTlsArchive()];
}

function tlsArchive(): DeviceSpec {
  const archive = virtualArchive({ seed: 30, patients: 220, studies: 360, imagesPerStudy: [1, 150], years: [2017, 2025] });
  return {
    id: 'tls-archive',
    what: 'archive over TLS with a good certificate, open to anybody',
    port: 2762,
    behaviour: { speaks: 'dicom', identity: dcm4che, maximumLength: 16_378, contexts: contexts.archive, archive },
    tls: { certificate: 'estate', oldestVersion: 'TLSv1.2', clientCertificate: 'not-requested' },
    truth: {
      service: 'dicom over tls',
      rights: openRights,
      holds: holdings(archive),
      exposure: exposureByStudy(archive),
      verdicts: {
        'cleartext-dicom': 'pass',
        'open-query': 'fail',
        'no-client-certificate': 'fail',
        'outdated-tls': 'pass',
        'weak-certificate': 'pass',
        'expired-certificate': 'pass',
      },
    },
  };
}

function legacyTlsArchive(): DeviceSpec {
  const archive = virtualArchive({ seed: 31, patients: 70, studies: 110, imagesPerStudy: [1, 80], years: [2008, 2016] });
  return {
    id: 'legacy-tls-archive',
    what: 'archive over TLS 1.0 with an expired self-signed certificate of 1024 bits',
    port: 2762,
    behaviour: { speaks: 'dicom', identity: foDicom, contexts: contexts.queryOnly, archive },
    tls: { certificate: 'expired', oldestVersion: 'TLSv1', clientCertificate: 'not-requested' },
    truth: {
      service: 'dicom over tls',
      rights: readOnlyRights,
      holds: holdings(archive),
      exposure: exposureByStudy(archive),
      verdicts: {
        'cleartext-dicom': 'pass',
        'open-query': 'fail',
        'no-client-certificate': 'fail',
        'outdated-tls': 'fail',
        'weak-certificate': 'fail',
        'expired-certificate': 'fail',
      },
    },
  };
}

function mutualTlsArchive(): DeviceSpec {
  const archive = virtualArchive({ seed: 32, patients: 900, studies: 2_100, imagesPerStudy: [1, 200], years: [2012, 2025] });
  return {
    id: 'mutual-tls-archive',
    what: 'archive over TLS that asks the caller for a certificate: as it should be',
    port: 2762,
    behaviour: { speaks: 'dicom', identity: dcm4che, maximumLength: 16_378, contexts: contexts.archive, archive },
    tls: { certificate: 'estate', oldestVersion: 'TLSv1.2', clientCertificate: 'required' },
    truth: {
      ...nothingLearnt,
      service: 'tls',
      holds: holdings(archive),
      verdicts: { 'no-client-certificate': 'pass', 'outdated-tls': 'pass', 'weak-certificate': 'pass', 'expired-certificate': 'pass' },
    },
  };
}
