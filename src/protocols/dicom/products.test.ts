import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { taking, takingAllBut } from '../../../test/fixtures/dicom-evidence.js';
import { identifyProduct, productRows } from './products.js';
import { type ContextName, type ContextResult, contextNames } from './wire/contexts.js';

const identified = (classUid: string | null, versionName: string | null, contexts = taking('verification')) =>
  identifyProduct({ classUid, versionName }, contexts);

const table: readonly [uid: string, versionName: string | null, id: string, version: string | null][] = [
  ['1.2.276.0.7230010.3.0.3.6.7', 'OFFIS_DCMTK_367', 'dcmtk', '3.6.7'],
  ['1.2.276.0.7230010.3.0.3.7.0', 'OFFIS_DCMTK_370', 'dcmtk', '3.7.0'],
  ['1.2.276.0.7230010.3.0.3.6.10', 'OFFIS_DCMTK_3610', 'dcmtk', '3.6.10'],
  ['1.2.276.0.7230010.3.0.3.6.7', 'ACME 12', 'dcmtk', null],
  ['1.2.276.0.7238010.5.0.3.5.4', 'OSIRIX', 'osirix', null],
  ['1.2.40.0.13.1.3', 'dcm4che-5.31.0', 'dcm4chee-arc', '5.31.0'],
  ['1.2.40.0.13.1.1.1', 'dcm4che-1.4.34', 'dcm4che-2', '1.4.34'],
  ['1.2.40.0.13.1.1', 'dcm4che-2.0', 'dcm4che-2', '2.0'],
  ['1.2.826.0.1.3680043.9.3811.3.0.4', 'PYNETDICOM_304', 'pynetdicom', '3.0.4'],
  ['1.2.826.0.1.3680043.9.3811.1.5.10', 'PYNETDICOM_1510', 'pynetdicom', '1.5.10'],
  ['1.3.6.1.4.1.30071.8', 'fo-dicom 5.1.2', 'fo-dicom', '5.1.2'],
  ['1.2.826.0.1.3680043.2.135.1066.101', '1.5.0/WIN32', 'conquest', '1.5.0'],
  ['1.2.826.0.1.3680043.2.135.1066.101', '1.4.19d1/WIN32', 'conquest', '1.4.19d1'],
  ['1.3.6.1.4.1.25403.1.1.1', 'Dicom 0.1', 'clearcanvas', null],
  ['1.2.826.0.1.3680043.2.1143.107.104.103.115.3.0.10', 'GDCM 3.0.10', 'gdcm', '3.0.10'],
  ['1.2.826.0.1.3680043.10.854', 'DCMJS-DIMSE-V0.2', 'dcmjs-dimse', '0.2'],
  ['2.25.175220362680028036156011002668768058626', 'DICOM-rs 0.7.1', 'dicom-rs', '0.7.1'],
  ['1.2.826.0.1.3680043.9.7133.1.1', 'GODICOM_1_1', 'go-dicom', '1.1'],
  ['1.2.598.0.1.2851334.2.1865.1', '2.0.6.4', 'evil-dicom', '2.0.6.4'],
  ['1.3.6.1.4.1.5962.99.2', 'PIXELMEDJAVA001', 'pixelmed', null],
  ['1.2.826.0.1.3680043.8.498.1', 'PYDICOM 3.0.2', 'pydicom', null],
  ['1.2.246.352.70.2.1.120.1', 'MergeCOM3_410', 'varian', null],
  ['2.16.840.1.113669.2.1.1', 'MergeCOM3_310', 'merge', null],
  ['1.2.124.113532.3320', 'BROKER992.0', 'mitra-broker', null],
  ['1.3.51.0.42.1.1', null, 'agfa-enterprise-imaging', null],
  ['1.2.840.113619.6.264', 'AW4_5_03_024_CTT', 'ge-aw', null],
  ['1.2.840.113619.6.55', null, 'ge-ct', null],
  ['1.3.12.2.1107.5.2', 'MR_VB19A', 'siemens-mr', null],
  ['1.2.410.200001.101.11.801', 'V8', 'samsung-medison-v8', null],
  ['1.2.392.200036.8120.101.9', 'Monocube1.0.0.0', 'monocube', null],
  ['1.2.840.113619.6.999', 'ANYTHING', 'ge', null],
  ['1.3.12.2.1107.9', null, 'siemens', null],
  ['1.3.46.670589.5', null, 'philips', null],
  ['1.2.840.113704.7', null, 'philips', null],
  ['1.2.124.113532.1', null, 'agfa', null],
  ['1.2.840.113564.3', null, 'carestream', null],
  ['1.2.392.200036.9116.7', null, 'canon', null],
  ['1.2.392.200036.9125.5', null, 'fujifilm', null],
  ['1.2.752.24.1', null, 'sectra', null],
  ['1.2.3.4', 'MergeCOM3_390', 'merge', null],
  ['1.2.3.4', 'DicomObjects.NET', 'dicomobjects', null],
  ['1.2.3.4', 'LEADTOOLS 20', 'leadtools', null],
];

describe('identifyProduct', () => {
  it.each(table)('%s %s is %s %s', (uid, versionName, id, version) => {
    expect(identified(uid, versionName)).toMatchObject({ id, version });
  });

  it('has a test row for every row of the table', () => {
    const tested = new Set(table.map(([, , id]) => id));
    expect(productRows.map(({ id }) => id).filter((id) => !tested.has(id))).toEqual([]);
    expect(new Set(productRows.map(({ id }) => id)).size).toBeGreaterThan(25);
  });

  it.each([
    ['nothing named', null, null],
    ['nobody knows it', '2.25.7700999999', 'ESTATE_1'],
    ['an arc that only begins alike', '1.2.40.0.13.1.31', 'x'],
    ['an arc above', '1.2.840', null],
  ])('says nothing where %s', (_title, uid, versionName) => {
    expect(identified(uid, versionName)).toBeNull();
  });

  it('says what it goes by', () => {
    expect(identified('1.2.840.113619.1', null)?.basis).toBe("implementation class UID under the maker's root");
    expect(identified('1.2.40.0.13.1.3', null)?.basis).toBe('implementation class UID');
    expect(identified('1.2.3.4', 'MergeCOM3_390')?.basis).toBe('implementation version name');
  });

  it('passes on nothing of the peer but a version number', () => {
    const uid = fc.constantFrom(...productRows.flatMap(({ arc }) => (arc === undefined ? [] : [arc, `${arc}.1.2.3`])));
    const prefix = fc.constantFrom('', 'OFFIS_DCMTK_', 'dcm4che-', 'fo-dicom ', 'GDCM ', 'GODICOM_', 'DCMJS-DIMSE-V', 'DICOM-rs ');
    const versionName = fc.tuple(prefix, fc.string({ maxLength: 16 })).map((parts) => parts.join(''));
    fc.assert(
      fc.property(uid, versionName, (classUid, name) => {
        expect(identified(classUid, name)?.version ?? '1.0').toMatch(/^[0-9]+(\.[0-9]+)+([a-z][0-9]?)?$/);
      }),
    );
  });
});

// Seen on Orthanc 1.10.1 (as installed, open, AE checked, UnknownSopClassAccepted) and DCMTK 3.6.7 (storescp, storescp -pm, dcmqrscp RW, R and --disable-get).
describe('Orthanc, which names DCMTK', () => {
  const storage = ['storage-ct', 'storage-mr', 'storage-cr', 'storage-dx', 'storage-us', 'storage-sc'] as const;
  const uid = '1.2.276.0.7230010.3.0.3.6.7';

  it.each([
    ['as installed', takingAllBut('worklist-find', 'canary')],
    ['with the worklist plugin', takingAllBut('canary')],
    ['with UnknownSopClassAccepted', takingAllBut('worklist-find')],
  ])('is told by what it takes: %s', (_title, contexts) => {
    const basis = 'accepted contexts of a DCMTK-based server';
    expect(identified(uid, 'OFFIS_DCMTK_367', contexts)).toEqual({ id: 'orthanc', name: 'Orthanc', version: null, basis });
  });

  it.each([
    ['storescp', taking('verification', ...storage)],
    ['storescp -pm', taking('verification', ...storage, 'canary')],
    ['dcmqrscp', takingAllBut('worklist-find', 'storage-commitment', 'canary')],
    ['a peer that refuses nothing', taking(...contextNames)],
    ['a rejected association', {} as Record<ContextName, ContextResult>],
  ])('is not %s', (_title, contexts) => {
    expect(identified(uid, 'OFFIS_DCMTK_367', contexts)).toMatchObject({ id: 'dcmtk', version: '3.6.7' });
  });

  it('needs the UID of DCMTK', () => {
    expect(identified('1.2.40.0.13.1.3', 'dcm4che-5.31.0', takingAllBut('worklist-find', 'canary'))).toMatchObject({ id: 'dcm4chee-arc' });
  });
});
