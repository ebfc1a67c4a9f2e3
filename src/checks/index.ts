/** Every check, in the order of the door: encryption, certificates, who is let in, what is granted, what lies open. */
import type { AnyCheck } from '../model/check.js';
import { anonymousFtpLogin } from './anonymous-ftp-login.js';
import { anonymousFtpWrite } from './anonymous-ftp-write.js';
import { anyCalledAeAccepted } from './any-called-ae-accepted.js';
import { anyCallerAccepted } from './any-caller-accepted.js';
import { cleartextDicom } from './cleartext-dicom.js';
import { cleartextFtp } from './cleartext-ftp.js';
import { cleartextLogin } from './cleartext-login.js';
import { crossOriginReadable } from './cross-origin-readable.js';
import { defaultCredentials } from './default-credentials.js';
import { executablePreamble } from './executable-preamble.js';
import { expiredCertificate } from './expired-certificate.js';
import { imagesReadable } from './images-readable.js';
import { knownVulnerableVersion } from './known-vulnerable-version.js';
import { maliciousFile } from './malicious-file.js';
import { nfsCleartext } from './nfs-cleartext.js';
import { nfsRootNotSquashed } from './nfs-root-not-squashed.js';
import { nfsWorldExport } from './nfs-world-export.js';
import { nfsWorldWrite } from './nfs-world-write.js';
import { noClientCertificate } from './no-client-certificate.js';
import { openArchiveApi } from './open-archive-api.js';
import { openDicomweb } from './open-dicomweb.js';
import { openDirectoryListing } from './open-directory-listing.js';
import { openQuery } from './open-query.js';
import { openRetrieve } from './open-retrieve.js';
import { openRsyncModule } from './open-rsync-module.js';
import { openRsyncWrite } from './open-rsync-write.js';
import { openStore } from './open-store.js';
import { outdatedTls } from './outdated-tls.js';
import { patientIdentifiersExposed } from './patient-identifiers-exposed.js';
import { portalWithoutLogin } from './portal-without-login.js';
import { searchEngineIndexable } from './search-engine-indexable.js';
import { smbEncryptionNotRequired } from './smb-encryption-not-required.js';
import { smbGuestShare } from './smb-guest-share.js';
import { smbGuestWrite } from './smb-guest-write.js';
import { smbNullSession } from './smb-null-session.js';
import { smbSigningNotRequired } from './smb-signing-not-required.js';
import { smb1Enabled } from './smb1-enabled.js';
import { weakCertificate } from './weak-certificate.js';
import { webDeleteAllowed } from './web-delete-allowed.js';
import { webWriteAllowed } from './web-write-allowed.js';
import { worldReadableImages } from './world-readable-images.js';
import { worldWritableFolder } from './world-writable-folder.js';
import { yaraMatch } from './yara-match.js';

export const checks: readonly AnyCheck[] = [
  cleartextDicom,
  outdatedTls,
  weakCertificate,
  expiredCertificate,
  noClientCertificate,
  anyCallerAccepted,
  anyCalledAeAccepted,
  openQuery,
  openRetrieve,
  openStore,
  openDicomweb,
  openArchiveApi,
  webWriteAllowed,
  webDeleteAllowed,
  portalWithoutLogin,
  cleartextLogin,
  defaultCredentials,
  openDirectoryListing,
  crossOriginReadable,
  searchEngineIndexable,
  cleartextFtp,
  anonymousFtpLogin,
  anonymousFtpWrite,
  smb1Enabled,
  smbSigningNotRequired,
  smbEncryptionNotRequired,
  smbNullSession,
  smbGuestShare,
  smbGuestWrite,
  nfsWorldExport,
  nfsWorldWrite,
  nfsRootNotSquashed,
  nfsCleartext,
  openRsyncModule,
  openRsyncWrite,
  knownVulnerableVersion,
  imagesReadable,
  patientIdentifiersExposed,
  maliciousFile,
  executablePreamble,
  worldReadableImages,
  worldWritableFolder,
  yaraMatch,
];
