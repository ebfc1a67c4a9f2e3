import { describe, expect, it } from 'vitest';
import { openNode, storescp } from '../../test/fixtures/dicom-evidence.js';
import { closedFtp, proftpd } from '../../test/fixtures/ftp-evidence.js';
import { closedServer } from '../../test/fixtures/smb-evidence.js';
import { site } from '../../test/fixtures/web-evidence.js';
import type { HttpEvidence } from '../protocols/http/evidence.js';
import { knownVulnerableVersion } from './known-vulnerable-version.js';

const running = (id: string, name: string, version: string | null): HttpEvidence => ({ ...site, product: { id, name, version, basis: 'its own answer' } });
const overTheWeb = (evidence: HttpEvidence) => knownVulnerableVersion.judge({ http: evidence }, { now: 0 });

describe('versions with known vulnerabilities', () => {
  it.each<[string, HttpEvidence, string, RegExp]>([
    [
      'an old portal',
      running('meddream', 'MedDream', '7.2.8.810'),
      'fail',
      /^MedDream 7\.2\.8\.810 has 2 known vulnerabilities, among them CVE-2023-40150: anyone/,
    ],
    ['one vulnerability', running('pacsone', 'PacsOne Server', '7.1.0'), 'fail', /has a known vulnerability CVE-2020-29164: a crafted link/],
    ['an old Orthanc', running('orthanc', 'Orthanc', '1.12.10'), 'fail', /has 9 known.*distribution may have repaired it/],
    ['a repaired version', running('orthanc', 'Orthanc', '1.12.11'), 'pass', /^none of the 11 vulnerabilities of Orthanc that the table knows/],
    ['no version', running('orthanc', 'Orthanc', null), 'unknown', /its version could not be read/],
    ['a version that is none', running('orthanc', 'Orthanc', 'mainline'), 'unknown', /its version could not be read/],
    ['a product that is not listed', running('nginx', 'nginx', '1.22.1'), 'not-applicable', /knows nothing of nginx/],
    ['no product', site, 'not-applicable', /not recognised/],
  ])('over the web: %s', (_, evidence, expected, reason) => {
    expect(overTheWeb(evidence)).toMatchObject({ verdict: expected, reason: expect.stringMatching(reason) });
  });

  it('weighs less what a distribution may have repaired', () => {
    expect(overTheWeb(running('orthanc', 'Orthanc', '1.11.2'))).toMatchObject({ severity: 'medium' });
    expect(overTheWeb(running('meddream', 'MedDream', '7.2.8.810'))).not.toHaveProperty('severity');
  });

  it('says which, where each is repaired, and where that was read', () => {
    expect(overTheWeb(running('meddream', 'MedDream', '7.2.8.810'))).toMatchObject({
      because: { cves: ['CVE-2023-40150', 'CVE-2023-39227'], fixedIn: ['7.2.9.820'], sources: [expect.stringMatching(/^https:/)] },
    });
  });

  it.each([
    ['an old ProFTPD', { ...proftpd, version: '1.3.5' }, 'fail'],
    ['one that shows no version', proftpd, 'unknown'],
  ])('over FTP: %s', (_, product, expected) => {
    expect(knownVulnerableVersion.judge({ ftp: { ...closedFtp, product } }, { now: 0 })).toMatchObject({ verdict: expected });
  });

  it.each([
    ['DCMTK by its implementation version name', storescp, 'fail'],
    ['a maker that nobody knows', openNode, 'not-applicable'],
  ])('over DICOM: %s', (_, evidence, expected) => {
    expect(knownVulnerableVersion.judge({ dicom: evidence }, { now: 0 })).toMatchObject({ verdict: expected });
  });

  it.each([
    ['an old Samba', '4.13.13-Debian', 'fail', /CVE-2021-44142/],
    ['a newer one', '4.17.12-Debian', 'pass', /none of the 4/],
    ['one that keeps it to itself', null, 'unknown', /could not be read/],
  ])('over SMB: %s', (_, version, expected, reason) => {
    const evidence = { ...closedServer, product: { id: 'samba', name: 'Samba', version, basis: 'NativeLanMan of SMB 1' } };
    expect(knownVulnerableVersion.judge({ smb: evidence }, { now: 0 })).toMatchObject({ verdict: expected, reason: expect.stringMatching(reason) });
  });
});
