/** The estate's web doors: archives, portals, a viewer, a listing, and a server that says yes to everything. */
import { atLeast } from '../model/exposure.js';
import { unknownRights } from '../model/rights.js';
import { virtualArchive } from './archive.js';
import { canaryStem } from './canary.js';
import type { DeviceSpec } from './device-spec.js';
import { exposureOverTheWeb, holdings, noRights, nothingLearnt } from './truth.js';
import { dcm4cheeApi, dicomWeb, orthancApi } from './web-archive.js';
import { listedFiles } from './web-files.js';
import { behindLogin, joined, loginForm, page, pages, redirectTo, sameForEverything } from './web-pages.js';

export function webDevices(): readonly DeviceSpec[] {
  return [openWebArchive(), closedWebArchive(), openPortal(), portalWithLogin(), indexableViewer(), largeWebArchive(), openListing(), softNotFound()];
}

function openWebArchive(): DeviceSpec {
  const archive = virtualArchive({ seed: 21, patients: 1_200, studies: 2_100, imagesPerStudy: [4, 120], years: [2013, 2025] });
  return {
    id: 'open-web-archive',
    what: 'archive like Orthanc whose web interface has no login',
    port: 8042,
    behaviour: {
      speaks: 'web',
      site: joined(
        orthancApi(archive),
        dicomWeb('/dicom-web', archive),
        pages({ '/': redirectTo('/app/explorer.html'), '/app/explorer.html': page('Orthanc Explorer', '<h1>Patients</h1>') }),
      ),
    },
    truth: {
      service: 'http',
      rights: { read: 'yes', create: 'negotiated', edit: 'negotiated', delete: 'negotiated' },
      holds: holdings(archive),
      exposure: exposureOverTheWeb(archive, 'counters'),
      verdicts: {
        'open-archive-api': 'fail',
        'open-dicomweb': 'fail',
        'web-write-allowed': 'fail',
        'web-delete-allowed': 'fail',
        'portal-without-login': 'fail',
        'search-engine-indexable': 'fail',
        'images-readable': 'fail',
        'patient-identifiers-exposed': 'fail',
      },
    },
  };
}

function closedWebArchive(): DeviceSpec {
  const archive = virtualArchive({ seed: 22, patients: 900, studies: 1_500, imagesPerStudy: [4, 80], years: [2016, 2025] });
  return {
    id: 'closed-web-archive',
    what: 'archive like Orthanc over https that asks for a password first',
    port: 8443,
    behaviour: { speaks: 'web', site: behindLogin('Orthanc Secure Area') },
    tls: { certificate: 'estate', oldestVersion: 'TLSv1.2', clientCertificate: 'not-requested' },
    truth: {
      service: 'https',
      rights: noRights,
      holds: holdings(archive),
      exposure: null,
      verdicts: {
        'open-archive-api': 'pass',
        'open-dicomweb': 'pass',
        'web-write-allowed': 'pass',
        'web-delete-allowed': 'pass',
        'cleartext-login': 'pass',
        'images-readable': 'pass',
        'patient-identifiers-exposed': 'pass',
        'default-credentials': 'unknown',
      },
    },
  };
}

function openPortal(): DeviceSpec {
  const archive = virtualArchive({ seed: 23, patients: 7_800, studies: 16_000, imagesPerStudy: [8, 90], years: [2008, 2025] });
  return {
    id: 'open-portal',
    what: 'portal of an archive like dcm4chee, plain image without users',
    port: 8080,
    behaviour: {
      speaks: 'web',
      site: joined(
        dcm4cheeApi(archive),
        pages({
          '/': redirectTo('/dcm4chee-arc/ui2/'),
          '/dcm4chee-arc/ui2/': page('dcm4chee-arc-ui', '<app-root></app-root>'),
          '/robots.txt': robots('Disallow: /'),
        }),
      ),
    },
    truth: {
      service: 'http',
      rights: { read: 'yes', create: 'negotiated', edit: 'unknown', delete: 'negotiated' },
      holds: holdings(archive),
      exposure: exposureOverTheWeb(archive, 'dated-counters'),
      verdicts: {
        'open-archive-api': 'fail',
        'open-dicomweb': 'fail',
        'web-write-allowed': 'fail',
        'web-delete-allowed': 'fail',
        'portal-without-login': 'fail',
        'search-engine-indexable': 'pass',
        'images-readable': 'fail',
        'patient-identifiers-exposed': 'fail',
      },
    },
  };
}

const robots = (rule: string) => ({ status: 200, headers: { 'content-type': 'text/plain' }, body: `User-agent: *\n${rule}\n` });

function portalWithLogin(): DeviceSpec {
  return {
    id: 'portal-with-login',
    what: 'portal whose login form is sent in the clear',
    port: 80,
    behaviour: { speaks: 'web', site: pages({ '/': page('PacsOne Server', `<p>PacsOne Server 7.1.1</p>${loginForm}`) }) },
    truth: {
      ...nothingLearnt,
      service: 'http',
      verdicts: {
        'portal-without-login': 'pass',
        'cleartext-login': 'fail',
        'open-dicomweb': 'not-applicable',
        'open-archive-api': 'not-applicable',
        'search-engine-indexable': 'not-applicable',
        'images-readable': 'not-applicable',
      },
    },
  };
}

function indexableViewer(): DeviceSpec {
  const archive = virtualArchive({ seed: 24, patients: 420, studies: 830, imagesPerStudy: [10, 300], years: [2019, 2025] });
  const config = "window.config = { dataSources: [{ configuration: { qidoRoot: '/pacs/rs', wadoRoot: '/pacs/rs' } }] };";
  return {
    id: 'indexable-viewer',
    what: 'viewer like OHIF that search engines may list, over an open DICOMweb service',
    port: 3000,
    behaviour: {
      speaks: 'web',
      site: joined(
        dicomWeb('/pacs/rs', archive),
        pages({
          '/': page('OHIF Viewer', '<div id="root"></div><script src="/app-config.js"></script>'),
          '/app-config.js': { status: 200, headers: { 'content-type': 'text/javascript' }, body: config },
          '/robots.txt': robots('Disallow: /private/'),
        }),
      ),
    },
    truth: {
      service: 'http',
      rights: { read: 'yes', create: 'negotiated', edit: 'unknown', delete: 'unknown' },
      holds: holdings(archive),
      exposure: exposureOverTheWeb(archive, 'records'),
      verdicts: {
        'open-dicomweb': 'fail',
        'open-archive-api': 'not-applicable',
        'portal-without-login': 'fail',
        'search-engine-indexable': 'fail',
        'cross-origin-readable': 'pass',
        'images-readable': 'fail',
        'patient-identifiers-exposed': 'fail',
      },
    },
  };
}

function largeWebArchive(): DeviceSpec {
  const archive = virtualArchive({ seed: 25, patients: 19_000, studies: 52_000, imagesPerStudy: [6, 70], years: [2009, 2025] });
  return {
    id: 'large-web-archive',
    what: 'DICOMweb service without counters, larger than a scan will list: a sample of days',
    port: 8081,
    behaviour: { speaks: 'web', site: dicomWeb('/dicomweb', archive) },
    truth: {
      service: 'http',
      rights: { read: 'yes', create: 'negotiated', edit: 'unknown', delete: 'unknown' },
      holds: holdings(archive),
      exposure: exposureOverTheWeb(archive, 'records'),
      estimated: ['images', 'studies'],
      verdicts: { 'open-dicomweb': 'fail', 'open-archive-api': 'not-applicable', 'images-readable': 'fail', 'patient-identifiers-exposed': 'fail' },
    },
  };
}

function openListing(): DeviceSpec {
  const images = Array.from({ length: 60 }, (_, index) => `IM${String(index).padStart(4, '0')}.dcm`);
  const first = `${canaryStem}ov_Wilhelmina/`; // people name folders after patients
  const second = `${canaryStem}sen_Leopold/`;
  const folders = { '/': [first, second, 'DICOMDIR', 'backup-2025.sql'], [`/${first}`]: images.slice(0, 24), [`/${second}`]: images.slice(24) };
  return {
    id: 'open-listing',
    what: 'web server that lists a folder of images and a backup',
    port: 8000,
    behaviour: { speaks: 'web', site: listedFiles(folders) },
    truth: {
      service: 'http',
      rights: { read: 'yes', create: 'unknown', edit: 'unknown', delete: 'unknown' },
      holds: null,
      exposure: { images: atLeast(24), studies: null, patients: null, timeline: [], identifiers: {} },
      verdicts: { 'open-directory-listing': 'fail', 'search-engine-indexable': 'fail', 'images-readable': 'fail', 'open-dicomweb': 'not-applicable' },
    },
  };
}

function softNotFound(): DeviceSpec {
  return {
    id: 'soft-404',
    what: 'web server that answers everything with the same page',
    port: 80,
    behaviour: { speaks: 'web', site: sameForEverything(page('Welcome', '<h1>Radiology, second floor</h1>')) },
    truth: {
      service: 'http',
      rights: unknownRights,
      holds: { images: 0, studies: 0, patients: 0 },
      exposure: null,
      verdicts: {
        'open-dicomweb': 'not-applicable',
        'open-archive-api': 'not-applicable',
        'web-write-allowed': 'not-applicable',
        'web-delete-allowed': 'not-applicable',
        'portal-without-login': 'not-applicable',
        'open-directory-listing': 'not-applicable',
        'search-engine-indexable': 'not-applicable',
        'images-readable': 'not-applicable',
        'patient-identifiers-exposed': 'not-applicable',
      },
    },
  };
}
