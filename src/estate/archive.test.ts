import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ArchiveOptions, virtualArchive } from './archive.js';

const anyArchive = fc
  .record({
    patients: fc.integer({ min: 1, max: 60 }),
    more: fc.integer({ min: 0, max: 200 }),
    fewest: fc.integer({ min: 0, max: 20 }),
    span: fc.integer({ min: 0, max: 50 }),
    first: fc.integer({ min: 1980, max: 2020 }),
    years: fc.integer({ min: 0, max: 25 }),
    undated: fc.nat(3),
    seed: fc.integer({ min: 0, max: 999_999 }),
  })
  .map(
    ({ patients, more, fewest, span, first, years, undated, seed }): ArchiveOptions => ({
      patients,
      studies: patients + more,
      undated: Math.min(undated, patients + more),
      imagesPerStudy: [fewest, fewest + span],
      years: [first, first + years],
      seed,
    }),
  );

describe('virtualArchive', () => {
  it('has totals that are what its studies add up to', () => {
    fc.assert(
      fc.property(anyArchive, (options) => {
        const archive = virtualArchive(options);
        const all = Array.from({ length: archive.studies }, (_, row) => archive.study(row));
        expect(new Set(all.map(({ uid }) => uid)).size).toBe(archive.studies);
        expect(all.reduce((sum, { instances }) => sum + instances, 0)).toBe(archive.images);
        expect(new Set(all.map(({ patientIndex }) => patientIndex)).size).toBe(archive.patients);
        for (const { year, studies, images } of archive.timeline) {
          const own = all.filter(({ date }) => (year === null ? date === '' : date.startsWith(String(year))));
          expect({ studies: own.length, images: own.reduce((sum, { instances }) => sum + instances, 0) }).toEqual({ studies, images });
        }
        for (const { instances } of all) {
          expect(instances).toBeGreaterThanOrEqual(options.imagesPerStudy[0]);
          expect(instances).toBeLessThanOrEqual(options.imagesPerStudy[1]);
        }
      }),
    );
  });

  it('finds a study by its UID, a patient by their identifier, and the studies of a patient', () => {
    fc.assert(
      fc.property(anyArchive, fc.nat(), (options, pick) => {
        const archive = virtualArchive(options);
        const study = archive.study(pick % archive.studies);
        expect(archive.studyWithUid(study.uid)).toEqual(study);
        const patient = archive.patient(study.patientIndex);
        expect(archive.patientWithId(patient.id)).toEqual(patient);
        expect(archive.studiesOf(patient.index)).toContainEqual(study);
        const perPatient = Array.from({ length: archive.patients }, (_, index) => archive.studiesOf(index).length);
        expect(perPatient.reduce((sum, count) => sum + count, 0)).toBe(archive.studies);
      }),
    );
  });

  it('finds the studies from one moment to another', () => {
    const moment = fc.tuple(
      fc.integer({ min: 1978, max: 2050 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 28 }),
      fc.integer({ min: 0, max: 23 }),
    );
    const text = (parts: readonly number[]) => `${parts.map((part) => String(part).padStart(2, '0')).join('')}0000`;
    fc.assert(
      fc.property(anyArchive, moment, moment, (options, one, other) => {
        const archive = virtualArchive(options);
        const [first = '', last = ''] = [text(one), text(other)].sort();
        const all = Array.from({ length: archive.studies }, (_, row) => archive.study(row));
        const expected = all.filter(({ date, time }) => date !== '' && `${date}${time}` >= first && `${date}${time}` <= last);
        expect([...archive.between(first, last)].map(({ uid }) => uid).sort()).toEqual(expected.map(({ uid }) => uid).sort());
      }),
    );
  });

  it('knows no study and no patient of another archive', () => {
    const archive = virtualArchive({ patients: 2, studies: 3, imagesPerStudy: [1, 2], years: [2020, 2021], seed: 5 });
    const other = virtualArchive({ patients: 9, studies: 9, imagesPerStudy: [1, 2], years: [2020, 2021], seed: 6 });
    expect(archive.studyWithUid(other.study(0).uid)).toBeUndefined();
    expect(archive.studyWithUid('2.25.240822461418293942066652730053334643127')).toBeUndefined();
    expect(archive.patientWithId(other.patient(8).id)).toBeUndefined();
    expect(archive.patientWithId('DOSIMETER-NOBODY')).toBeUndefined();
  });

  it('is the same for the same options and another for another seed', () => {
    const options = { patients: 10, studies: 40, imagesPerStudy: [1, 9], years: [2001, 2009] } as const;
    const rows = (seed: number) => Array.from({ length: 40 }, (_, row) => virtualArchive({ ...options, seed }).study(row));
    expect(rows(1)).toEqual(rows(1));
    expect(rows(1)).not.toEqual(rows(2));
  });

  it('has calendar dates and UIDs that DICOM allows', () => {
    const archive = virtualArchive({ patients: 100, studies: 5_000, imagesPerStudy: [1, 9], years: [2001, 2009], seed: 999_999 });
    for (let row = 0; row < archive.studies; row += 1) {
      const { date, time, uid } = archive.study(row);
      expect(time).toMatch(/^([01][0-9]|2[0-3])([0-5][0-9]){2}$/);
      expect(date).toMatch(/^200[1-9](0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])$/);
      expect(uid.length).toBeLessThanOrEqual(64);
      expect(uid).toMatch(/^2\.25\.[1-9][0-9]*$/);
    }
  });

  it('lists all years mixed, so that the first rows are a fair sample', () => {
    const archive = virtualArchive({ patients: 1_000_000, studies: 5_000_000, imagesPerStudy: [10, 500], years: [2000, 2025] });
    const first = Array.from({ length: 4_000 }, (_, row) => archive.study(row));
    const images = first.reduce((sum, { instances }) => sum + instances, 0);
    expect(new Set(first.map(({ date }) => date.slice(0, 4)))).toHaveProperty('size', 26);
    const mean = archive.images / archive.studies;
    expect(Math.abs(images / 4_000 - mean) / mean).toBeLessThan(0.02);
  });

  it('may be empty', () => {
    const archive = virtualArchive({ patients: 0, studies: 0, imagesPerStudy: [1, 1], years: [2000, 2000] });
    expect(archive).toMatchObject({ studies: 0, images: 0, timeline: [] });
    expect([...archive.between('19000101000000', '21000101000000')]).toEqual([]);
  });

  it('refuses what no archive can be', () => {
    expect(() => virtualArchive({ patients: 5, studies: 4, imagesPerStudy: [1, 1], years: [2000, 2000] })).toThrow(RangeError);
    expect(() => virtualArchive({ patients: 0, studies: 1, imagesPerStudy: [1, 1], years: [2000, 2000] })).toThrow(RangeError);
  });
});
