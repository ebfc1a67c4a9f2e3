/** One archive with four doors: DICOM on two ports, the web beside them, and a gateway at another address. It is to be counted once. */
import { type VirtualArchive, virtualArchive } from './archive.js';
import type { DeviceSpec } from './device-spec.js';
import { contexts, dcmtk } from './identities.js';
import { exposureByStudy, exposureOverTheWeb, holdings, openRights, type TrueVerdict } from './truth.js';
import { dicomWeb, orthancApi } from './web-archive.js';
import { joined, page, pages, redirectTo } from './web-pages.js';

const first = 'doors-104';

export function doorsToOneArchive(): readonly DeviceSpec[] {
  const archive = virtualArchive({ seed: 51, patients: 240, studies: 430, imagesPerStudy: [3, 150], years: [2014, 2026] });
  return [
    dicomDoor(first, 'archive with four doors: DICOM on its own port', 104, archive),
    { ...dicomDoor('doors-11112', 'the same archive on a second port', 11_112, archive, true), beside: first },
    webDoor(archive),
    dicomDoor('doors-gateway', 'the same archive through a gateway at another address', 104, archive, true),
  ];
}

const dicomVerdicts: Readonly<Record<string, TrueVerdict>> = { 'cleartext-dicom': 'fail', 'open-query': 'fail', 'patient-identifiers-exposed': 'fail' };

function dicomDoor(id: string, what: string, port: number, archive: VirtualArchive, isFurther = false): DeviceSpec {
  return {
    id,
    what,
    port,
    behaviour: { speaks: 'dicom', identity: dcmtk, contexts: contexts.orthanc, archive },
    truth: {
      service: 'dicom',
      rights: openRights,
      holds: holdings(archive),
      exposure: exposureByStudy(archive),
      ...(isFurther && { furtherDoorTo: first }),
      verdicts: dicomVerdicts,
    },
  };
}

function webDoor(archive: VirtualArchive): DeviceSpec {
  const explorer = pages({ '/': redirectTo('/app/explorer.html'), '/app/explorer.html': page('Orthanc Explorer', '<h1>Patients</h1>') });
  return {
    id: 'doors-web',
    what: 'the same archive over the web: its own interface and DICOMweb',
    port: 8042,
    beside: first,
    behaviour: { speaks: 'web', site: joined(orthancApi(archive), dicomWeb('/dicom-web', archive), explorer) },
    truth: {
      service: 'http',
      rights: { read: 'yes', create: 'negotiated', edit: 'negotiated', delete: 'negotiated' },
      holds: holdings(archive),
      exposure: exposureOverTheWeb(archive, 'counters'),
      furtherDoorTo: first,
      verdicts: { 'open-archive-api': 'fail', 'open-dicomweb': 'fail', 'patient-identifiers-exposed': 'fail' },
    },
  };
}
