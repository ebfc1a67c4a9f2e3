import { describe, expect, it } from 'vitest';
import { webProducts } from '../protocols/http/products.js';
import { findVulnerabilities } from './find-vulnerabilities.js';
import { isVersion } from './version-order.js';
import { type VersionRange, vulnerableVersions } from './vulnerable-versions.js';

const rows = vulnerableVersions.map((row) => [`${row.product} ${row.cve}`, row] as const);
const cvesOf = (product: string, version: string): readonly string[] => {
  const found = findVulnerabilities({ id: product, version });
  return found.known === 'compared' ? found.affectedBy.map(({ cve }) => cve) : [];
};
const bounds = ({ from, upTo, below }: VersionRange): readonly string[] => [from, upTo, below].filter((bound) => bound !== undefined);

describe('the table', () => {
  it('has at least sixty rows, each product and vulnerability once', () => {
    expect(rows.length).toBeGreaterThanOrEqual(60);
    expect(new Set(rows.map(([name]) => name)).size).toBe(rows.length);
  });

  it('covers archives, viewers, file servers and storage', () => {
    const products = vulnerableVersions.map(({ product }) => product);
    expect(products).toEqual(expect.arrayContaining(['orthanc', 'dcmtk', 'microdicom', 'proftpd', 'vsftpd', 'samba', 'qnap-qts']));
  });

  it.each(rows)('%s is whole', (_, { cve, affected, fixedIn, consequence, source }) => {
    expect(cve).toMatch(/^CVE-\d{4}-\d{4,7}$/);
    expect(source).toMatch(/^https:\/\//);
    expect(consequence.length).toBeGreaterThan(15);
    expect(affected.length).toBeGreaterThan(0);
    for (const range of affected) expect(bounds(range).every(isVersion)).toBe(true);
    for (const { upTo, below } of affected) expect([upTo, below].filter((end) => end !== undefined)).toHaveLength(1);
    if (fixedIn !== null) expect(isVersion(fixedIn)).toBe(true);
  });

  it.each(rows)('%s hits a version within its range and not the one that repairs it', (_, { product, cve, affected, fixedIn }) => {
    for (const { from, upTo } of affected) for (const inside of [from, upTo]) if (inside !== undefined) expect(cvesOf(product, inside)).toContain(cve);
    for (const { below } of affected) if (below !== undefined) expect(cvesOf(product, below)).not.toContain(cve);
    if (fixedIn !== null) expect(cvesOf(product, fixedIn)).not.toContain(cve);
    expect(cvesOf(product, '9999.0')).not.toContain(cve);
  });

  it('names web products as the probe does', () => {
    const ids = new Set(webProducts.map(({ id }) => id));
    for (const id of ['orthanc', 'meddream', 'sante-pacs', 'vue-pacs', 'infinitt', 'osirix', 'pacsone', 'qnap-qts']) expect(ids).toContain(id);
  });
});

describe('a product', () => {
  it.each([
    ['orthanc', '1.12.11', 0],
    ['orthanc', '1.12.10', 9],
    ['orthanc', '1.11.2', 10],
    ['orthanc', '1.5.7', 11],
    ['dcmtk', '367', 1],
    ['dcmtk', '366', 5],
    ['dcmtk', '370', 0],
    ['proftpd', '1.3.5', 7],
    ['proftpd', '1.3.7rc1', 5],
    ['samba', '4.17.12-Debian', 0],
    ['samba', '4.5.9', 2],
    ['qnap-qts', '4.3.6.1446 build 20200929', 1],
    ['qnap-qts', '4.3.6.1620 build 20210322', 0],
    ['synology-photos', '1.6.2-0719', 1],
    ['infinitt', '3.0.11.5 BN9', 1],
  ])('%s %s has %i in the table', (product, version, count) => {
    expect(cvesOf(product, version)).toHaveLength(count);
  });

  it.each([
    ['nobodys-archive', '1.0', 'product-not-listed'],
    ['constructor', '1.0', 'product-not-listed'],
    ['orthanc', null, 'version-unknown'],
    ['orthanc', 'mainline', 'version-unknown'],
    ['synology-photos', '1.6.2', 'version-unknown'],
  ])('%s %s: %s', (id, version, known) => {
    expect(findVulnerabilities({ id, version })).toEqual({ known });
  });

  it('says how many ranges it could not be placed in', () => {
    const row = { product: 'x', fixedIn: null, consequence: '', source: '', backported: false };
    const table = [
      { ...row, cve: 'CVE-2020-1000', affected: [{ below: '1.0' }] },
      { ...row, cve: 'CVE-2020-1001', affected: [{ upTo: '3.0.11 BN9' }] },
    ];
    expect(findVulnerabilities({ id: 'x', version: '3.0.11' }, table)).toMatchObject({ known: 'compared', affectedBy: [], undecided: 1 });
    expect(findVulnerabilities({ id: 'x', version: '3.0.12' }, table)).toMatchObject({ affectedBy: [], undecided: 0 });
  });
});
