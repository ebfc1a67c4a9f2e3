/** Has the version that runs there known vulnerabilities? Compares versions with a table, and never tries one. */
import { defineCheck, fail, notApplicable, type ProductRemedy, pass, unknown, type Verdict } from '../model/check.js';
import type { Product } from '../model/product.js';
import { dicom } from '../protocols/dicom/evidence.js';
import { ftp } from '../protocols/ftp/evidence.js';
import { http } from '../protocols/http/evidence.js';
import { smb } from '../protocols/smb/evidence.js';
import { findVulnerabilities } from './find-vulnerabilities.js';
import { cwe, gdprArticle32, nistSp180024 } from './references.js';
import { readInSources, type VulnerableVersion, vulnerableVersions } from './vulnerable-versions.js';

const debianPackage = (product: string, name: string, packageName: string): ProductRemedy => ({
  product,
  name,
  where: 'Debian and Ubuntu: the command line, as root',
  lines: ['apt-get update', `apt-get install --only-upgrade ${packageName}`],
  rollback: `apt-get install ${packageName}=VERSION with the version that "apt-cache policy ${packageName}" showed before.`,
  note: 'Distributions repair old versions without a new number: "apt-get changelog" of the package names the CVE numbers that are done.',
});

export const knownVulnerableVersion = defineCheck({
  id: 'known-vulnerable-version',
  title: 'The version has known vulnerabilities',
  severity: 'high',
  why:
    'What is known to be broken is tried first, by programs, everywhere. An old version turns a device that is merely reachable into one that can be taken ' +
    `over. The verdict rests on the version that the device itself shows and on a table of ${vulnerableVersions.length} entries, read in their sources in ${readInSources}; nothing is tried.`,
  remedy: {
    text:
      "Update to the version that is named, or to the maker's newest. For a medical device ask the maker: an update may need their consent. Until it is done, " +
      'let only the computers that need it reach its port.',
    products: [
      debianPackage('orthanc', 'Orthanc', 'orthanc'),
      debianPackage('dcmtk', 'DCMTK', 'dcmtk'),
      debianPackage('samba', 'Samba', 'samba'),
      debianPackage('vsftpd', 'vsftpd', 'vsftpd'),
      debianPackage('proftpd', 'ProFTPD', 'proftpd-core'),
      debianPackage('pure-ftpd', 'Pure-FTPd', 'pure-ftpd'),
    ],
    prove: 'dosimeter scan {host} --ports {port}',
  },
  references: {
    requirement: [gdprArticle32],
    target: [nistSp180024],
    weakness: [cwe(1395, 'Dependency on Vulnerable Third-Party Component')],
  },
  needs: {},
  wants: { dicom, http, smb, ftp },
  judge: ({ dicom: spoken, http: served, smb: shared, ftp: filed }) => judge(spoken ? dicom.readers.product?.(spoken) : (served ?? shared ?? filed)?.product),
});

function judge(product: Product | null | undefined): Verdict {
  if (!product) return notApplicable('the product was not recognised', {});
  const because = { product: product.name, version: product.version, basis: product.basis };
  const found = findVulnerabilities(product);
  switch (found.known) {
    case 'product-not-listed':
      return notApplicable(`the table knows nothing of ${product.name}, good or bad`, because);
    case 'version-unknown':
      return unknown(`${product.name} has had vulnerabilities, but its version could not be read`, because);
    case 'compared':
      if (found.affectedBy.length === 0 && found.undecided > 0)
        return unknown(
          `whether version ${product.version} of ${product.name} lies in ${found.undecided} of the ${found.rows} ranges that the table knows cannot be told`,
          because,
        );
      return found.affectedBy.length === 0
        ? pass(`none of the ${found.rows} vulnerabilities of ${product.name} that the table knows is in version ${product.version}`, because)
        : vulnerable(product, found.affectedBy, because);
  }
}

function vulnerable(product: Product, [first, ...more]: readonly VulnerableVersion[], because: Verdict['because']): Verdict {
  const all = first ? [first, ...more] : more;
  const mayBeRepaired = all.every(({ backported }) => backported);
  const count = all.length === 1 ? 'a known vulnerability' : `${all.length} known vulnerabilities, among them`;
  const fixed = [...new Set(all.flatMap(({ fixedIn }) => fixedIn ?? []))];
  const repaired = mayBeRepaired ? '; a distribution may have repaired it without changing the number, which its changelog tells' : '';
  const reason = `${product.name} ${product.version} has ${count} ${first?.cve}: ${first?.consequence}${repaired}`;
  return fail(
    reason,
    { ...because, cves: all.map(({ cve }) => cve), fixedIn: fixed, sources: [...new Set(all.map(({ source }) => source))] },
    mayBeRepaired ? 'medium' : undefined,
  );
}
