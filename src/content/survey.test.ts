import { describe, expect, it } from 'vitest';
import { virtualShare } from '../../test/fixtures/virtual-share.js';
import { canaryStem } from '../estate/canary.js';
import { hostileFolder, nasFolder, smallFolder } from '../estate/nas-trees.js';
import { folderOf, numberedFolder, type VirtualFolder, virtualFile, virtualTree } from '../estate/virtual-tree.js';
import { ConnectionFailure } from '../model/connection.js';
import { type Estimate, exactly } from '../model/exposure.js';
import { type SurveyBudget, surveyTree } from './survey.js';

const budget: SurveyBudget = { entries: 5_000, firstBytes: 20, seed: 1 };
const survey = (folder: VirtualFolder, change: Partial<SurveyBudget> = {}, canLook = true) =>
  surveyTree(virtualShare(virtualTree(folder, 'entries'), canLook).tree, { ...budget, ...change });
const image = virtualFile('dicom', 526_336);
const numbered = (count: number, nameOf: (at: number) => string, file = image): VirtualFolder => numberedFolder({ count, nameOf, child: () => file });

describe('a share that fits the budget', () => {
  it('is counted exactly, and said to be whole', async () => {
    const truth = virtualTree(smallFolder).truth;
    const found = await survey(smallFolder);
    expect(found).toMatchObject({
      files: exactly(truth.files),
      folders: exactly(truth.folders),
      images: exactly(truth.images),
      bytes: exactly(truth.bytes),
      byKind: { dicom: exactly(5), report: exactly(1), backup: exactly(1) },
      years: [{ year: 2021, files: truth.files }],
      sampled: { asked: 5, dicom: 5 },
      preambles: { zeros: 5 },
      suspicious: [],
      suspiciousCount: 0,
      ended: 'whole',
    });
    expect(found.cost).toEqual({ listings: truth.folders + 1, entries: truth.files + truth.folders, firstBytes: 5 });
  });

  it('holds no name', async () => {
    for (const folder of [smallFolder, nasFolder({ patients: 4, isInfected: true }), hostileFolder(50)]) {
      expect(JSON.stringify(await survey(folder, { entries: 20_000 }))).not.toContain(canaryStem.slice(2));
    }
  });

  it('takes no first bytes where there is no way, or no leave, to ask', async () => {
    expect((await survey(smallFolder, {}, false)).sampled).toEqual({ asked: 0, dicom: 0 });
    expect((await survey(smallFolder, { firstBytes: 0 })).cost.firstBytes).toBe(0);
  });
});

describe('a share that does not', () => {
  it('is estimated, nearly always within its interval, from no more than the budget', async () => {
    const folder = nasFolder({ patients: 700 });
    const { truth } = virtualTree(folder);
    const found = await Promise.all([1, 2, 3, 4, 5, 6].map((seed) => survey(folder, { seed })));
    const holds = ({ basis, low, high }: Estimate, of: number): boolean => basis === 'estimate' && low <= of && of <= (high ?? 0);
    expect(found.filter(({ ended, cost }) => ended === 'budget' && cost.entries <= budget.entries)).toHaveLength(6);
    expect(found.filter(({ files }) => holds(files, truth.files)).length).toBeGreaterThan(4);
    expect(found.filter(({ images }) => holds(images, truth.images)).length).toBeGreaterThan(4);
    expect(await survey(folder, { seed: 1 })).toEqual(found[0]);
  });

  it.each([
    ['a million files in one folder', folderOf({ flood: numbered(1_000_000, (at) => `IM${at + 1}`) })],
    [
      'a million folders in one',
      folderOf({ flood: numberedFolder({ count: 1_000_000, nameOf: (at) => `P${at + 1}`, child: () => numbered(3, (at) => `I${at + 1}.dcm`) }) }),
    ],
  ])('%s: at least what was seen', async (_, folder) => {
    const found = await survey(folder);
    expect(found.cost.entries).toBeLessThanOrEqual(budget.entries);
    expect(found.images.basis).toBe('at-least');
    expect(found.files.high).toBeNull();
  });
});

describe('a folder that is given up at first and listed to its end later', () => {
  const long = folderOf({
    a: numberedFolder({ count: 2_000, nameOf: (at) => (at === 1_999 ? 'photo.scr' : `${at}.dcm`), child: () => image }),
    b: folderOf({ 'c.dcm': image }),
  });

  it('has every suspicious file and every year in it counted, and once', async () => {
    const told: string[] = [];
    const found = await surveyTree(virtualShare(virtualTree(long, 'entries')).tree, { ...budget, entries: 4_500 }, (file, rule) =>
      told.push(`${rule} ${file}`),
    );
    expect(found).toMatchObject({ ended: 'whole', files: exactly(2_001), suspiciousCount: 1 });
    expect(found.years.reduce((sum, { files }) => sum + files, 0)).toBe(2_001);
    expect(told).toEqual(['nas-miner-dropper /a/photo.scr']);
  });
});

describe('a folder that is given up at first and turns out to hold images', () => {
  it('has each suspicious file told once, also one that only the images beside it make suspicious', async () => {
    const nameOf = (at: number): string => (at === 0 ? 'setup.exe' : at === 1 ? 'photo.scr' : at < 1_900 ? `${at}.txt` : `${at}.dcm`);
    const late = folderOf({ a: numberedFolder({ count: 2_000, nameOf, child: () => image }), b: folderOf({ 'c.dcm': image }) });
    const told: string[] = [];
    const found = await surveyTree(virtualShare(virtualTree(late, 'entries')).tree, { ...budget, entries: 4_500 }, (file, rule) =>
      told.push(`${rule} ${file}`),
    );
    expect(found).toMatchObject({ ended: 'whole', suspiciousCount: 2 });
    expect(told.sort()).toEqual(['nas-miner-dropper /a/photo.scr', 'program-among-images /a/setup.exe']);
  });
});

describe('DICOM by name and place', () => {
  const images = async (folder: VirtualFolder, canLook = true) => (await survey(folder, {}, canLook)).images;

  it.each<[string, VirtualFolder, number]>([
    ['by ending', folderOf({ 'a.dcm': image, 'b.txt': image }), 1],
    ['file IDs beside a DICOMDIR', folderOf({ DICOMDIR: image, X: folderOf({ A0B1C2: image, Z9: image, readme: image, toolongforafileid: image }) }), 2],
    ['words among images', folderOf({ 'a.dcm': image, 'b.dcm': image, scout: image }), 3],
    ['words among other files', folderOf({ 'a.txt': image, 'b.txt': image, LICENSE: image }), 0],
    ['a file too short to be one', folderOf({ 'a.dcm': image, 'b.dcm': virtualFile('noise', 40) }), 1],
    ['a folder with an ending', folderOf({ 'a.dcm': folderOf({}) }), 0],
  ])('%s', async (_, folder, expected) => {
    expect(await images(folder, false)).toEqual(exactly(expected));
  });

  it('an archive that names files by keys: by its first bytes alone', async () => {
    const keys = numbered(200, (at) => `0a7f-${at + 1}`);
    expect(await images(keys, false)).toEqual(exactly(0));
    expect(await images(keys)).toMatchObject({ value: 200, basis: 'estimate', high: 200 });
    expect(await images(numbered(200, (at) => `0a7f-${at + 1}`, virtualFile('noise', 5_000)))).toMatchObject({ value: 0, basis: 'estimate', low: 0 });
  });

  it('what is only called so is taken off, in proportion', async () => {
    const half = numberedFolder({ count: 400, nameOf: (at) => `IM${at + 1}`, child: (at) => (at % 2 === 0 ? image : virtualFile('noise', 9_000)) });
    const found = await survey(half);
    expect(found.sampled.asked).toBe(20);
    expect(found.images.basis).toBe('estimate');
    expect(found.images.low).toBeLessThan(200);
    expect(found.images.high).toBeGreaterThan(200);
    expect(found.byKind.dicom).toEqual(exactly(400));
  });
});

describe('what does not belong there', () => {
  it('names droppers and notes by their rule, and forms without a name', async () => {
    const { suspicious, suspiciousCount, preambles } = await survey(nasFolder({ patients: 3, isInfected: true }), { entries: 50_000, firstBytes: 40 });
    expect(suspicious.map(({ rule, name }) => `${rule} ${name}`).sort()).toEqual([
      ...Array(3).fill('autorun-on-medium autorun.inf'),
      'double-extension x.pdf.exe',
      'nas-miner-archive info.zip',
      'nas-miner-dropper photo.scr',
      'nas-miner-dropper photo.scr',
      'ransom-ech0raix x.dcm.encrypt',
      'ransom-note readme_for_decrypt.txt',
    ]);
    expect(suspiciousCount).toBe(suspicious.length);
    expect(preambles).toHaveProperty('zeros');
  });

  it('has nothing to say of a patient medium whose viewer comes with a licence and a readme', async () => {
    const program = virtualFile('executable', 900_000);
    const words = { README: virtualFile('text', 4_000), LICENSE: virtualFile('text', 12_000), VERSION: virtualFile('text', 400) };
    const medium = folderOf({
      DICOMDIR: image,
      ...words,
      'VIEWER.EXE': program,
      'VIEWER.DLL': program,
      IMAGES: folderOf({ I0000001: image, I0000002: image }),
    });
    const { suspicious, images } = await survey(medium, {}, false);
    expect({ suspicious, images }).toEqual({ suspicious: [], images: exactly(2) });
  });

  it('sees what stands before DICM', async () => {
    const folder = folderOf({ 'a.dcm': image, 'b.dcm': virtualFile('dicom-with-executable', 9_000), 'c.dcm': virtualFile('executable', 9_000) });
    const { preambles, suspicious, images, sampled } = await survey(folder);
    expect(preambles).toEqual({ zeros: 1, pe: 1 });
    expect(suspicious).toEqual([{ rule: 'program-named-like-image', name: 'x', depth: 0, size: 9_000 }]);
    expect({ images, sampled }).toEqual({ images: exactly(2), sampled: { asked: 3, dicom: 2 } });
  });

  it('looks at images beside suspicious files, which speak for no others', async () => {
    const clean = numbered(3_000, (at) => `IM${at + 1}`);
    const bad = folderOf({
      'Photo.scr': virtualFile('executable', 9),
      a: virtualFile('text', 9),
      'b.dcm': virtualFile('dicom-with-script', 9_000),
      'c.dcm': virtualFile('noise', 9_000),
    });
    const { preambles, images, sampled } = await survey(folderOf({ clean, bad }));
    expect(preambles).toMatchObject({ script: 1 });
    expect(images.basis).toBe('exact');
    expect(sampled).toEqual({ asked: 20, dicom: 19 });
  });

  it('keeps fifty, and counts all', async () => {
    const { suspicious, suspiciousCount } = await survey(numbered(80, (at) => `a${at + 1}.pdf.exe`));
    expect([suspicious.length, suspiciousCount]).toEqual([50, 80]);
  });
});

describe('shares that do not behave', () => {
  it('circles, names that lead elsewhere and floods end, within the budget', async () => {
    const share = virtualShare(virtualTree(hostileFolder()));
    const found = await surveyTree(share.tree, budget);
    expect(found.cost.entries).toBeLessThanOrEqual(budget.entries);
    expect(share.listed.length).toBeLessThan(2_000);
    expect(found.ended).toBe('budget');
    expect(share.looked.length).toBeLessThanOrEqual(budget.firstBytes);
  });

  it.each([
    ['while listing', 3, 99],
    ['while looking', 99, 2],
  ])('what was learnt before it hung up stands: %s', async (_, lists, looks) => {
    const { tree } = virtualShare(virtualTree(smallFolder));
    const until = (times: number) => {
      let left = times;
      return () => {
        left -= 1;
        if (left < 0) throw new ConnectionFailure('closed', 'gone');
      };
    };
    const [onList, onLook] = [until(lists), until(looks)];
    const found = await surveyTree(
      {
        root: tree.root,
        list: async (folder, atMost) => {
          onList();
          return tree.list(folder, atMost);
        },
        firstBytes: async (file) => {
          onLook();
          return (await tree.firstBytes?.(file)) ?? null;
        },
      },
      budget,
    );
    expect(found.ended).toBe('cut-off');
    expect(found.files.value).toBeGreaterThan(0);
  });

  it('entries that vanish or change between listings are taken as they were met', async () => {
    const { tree } = virtualShare(virtualTree(nasFolder({ patients: 60 })));
    let turn = 0;
    const list = async (folder: string, atMost: number) => {
      turn += 1;
      return turn % 5 === 0 ? null : tree.list(folder, atMost);
    };
    const found = await surveyTree({ root: tree.root, list }, budget);
    expect(found.cost.entries).toBeLessThanOrEqual(budget.entries);
    expect(['refused', 'budget']).toContain(found.ended);
  });
});
