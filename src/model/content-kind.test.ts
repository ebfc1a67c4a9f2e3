import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentKind, contentKinds, countKinds, hasDicomPrefix, telling } from './content-kind.js';

describe('the kind of a file by its name', () => {
  it.each([
    ['DICOMDIR', 'dicomdir'],
    ['IM000001', 'dicom'],
    ['IM-0001-0001.dcm', 'dicom'],
    ['slice.DCM', 'dicom'],
    ['1.2.840.113619.2.55.3.604688119.971.1.1.5', 'dicom'],
    ['CT.1.2.840.113619.2.55.3.604688.971', 'dicom'],
    ['I12345', 'dicom'],
    ['pacs.sql.gz', 'database'],
    ['archive.mdb', 'database'],
    ['backup-2024-01', 'backup'],
    ['server.vbk', 'backup'],
    ['studies.iso', 'disc-image'],
    ['export.zip', 'archive'],
    ['report.pdf', 'report'],
    ['result.hl7', 'report'],
    ['head.nii.gz', 'image'],
    ['2024/', 'folder'],
    ['DICOM/', 'folder'],
  ])('%s is %s', (name, kind) => {
    expect(contentKind(name)).toBe(kind);
  });

  it.each(['README', 'IMPRINT', 'img.ts', 'I', 'CTO-minutes', '1.2.3.tar', 'v1.2.3', 'backupper', 'dcmtk', 'dicomdirectory'])('%s is not telling', (name) => {
    expect(telling).not.toContain(contentKind(name));
  });

  it('takes any name, and counts each once', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (names) => {
        const counts = Object.values(countKinds(names));
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(names.length);
        for (const name of names) expect(contentKinds).toContain(contentKind(name));
      }),
    );
  });
});

describe('the DICOM prefix', () => {
  const file = (prefix: string): Uint8Array => Uint8Array.from([...new Uint8Array(128), ...new TextEncoder().encode(prefix)]);

  it('stands behind 128 bytes', () => {
    expect(hasDicomPrefix(file('DICM'))).toBe(true);
    expect(hasDicomPrefix(file('DICOM'))).toBe(false);
    expect(hasDicomPrefix(file('DIC'))).toBe(false);
    expect(hasDicomPrefix(new TextEncoder().encode('DICM'))).toBe(false);
  });
});
