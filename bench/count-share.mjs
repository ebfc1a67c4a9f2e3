// How well a share is counted without walking it: node bench/count-share.mjs [SEEDS] [ENTRIES], after npm run build. Opens no sockets.
// Each row is one share and one file system; the trees are of the simulated estate or computed here, and their truth is known by summing them up.
// `walk` is what breadth first within the same budget can say: at least so many.
import { surveyTree } from '../dist/content/survey.js';
import { nasFolder } from '../dist/estate/nas-trees.js';
import { chanceOf, lognormal, numberedFolder, truthOf, virtualFile, virtualTree } from '../dist/estate/virtual-tree.js';

const seeds = Number(process.argv[2] ?? 20);
const entries = Number(process.argv[3] ?? 5_000);
const image = virtualFile('dicom', 526_336);
const series = (count) => numberedFolder({ count, nameOf: (at) => `IM${String(at + 1).padStart(6, '0')}`, child: () => image, eachAdds: truthOf(image) });
const folders = (count, prefix, child) => numberedFolder({ count, nameOf: (at) => `${prefix}${String(at + 1).padStart(5, '0')}`, child });

/** Studies of a median of 220 images, beside each other, as gateways and teaching archives keep them. */
const studies = folders(700, 'ST', (at) => series(Math.ceil(lognormal(220, 0.8, 1, at))));
/** Patient, study, series; a series has a median of 100 images, as thin slices have. */
const thinSlices = folders(190, 'P', (patient) =>
  folders(Math.min(12, 1 + Math.floor(-Math.log(1 - chanceOf(3, patient, 1)) * 1.2)), 'ST', (study) =>
    folders(1 + Math.floor(chanceOf(3, patient, study, 2) * 7), 'SE', (at) => series(Math.ceil(lognormal(100, 0.8, 3, patient, study, at)))),
  ),
);
/** A few folders hold most: Pareto, index 1.3, up to 4,000 files in one. */
const fewHoldMost = folders(1_200, 'S', (at) => series(Math.min(4_000, Math.ceil(40 * (1 - chanceOf(1, at, 7)) ** (-1 / 1.3)))));

const shares = [
  ['studies side by side', studies],
  ['patient, study, thin slices', thinSlices],
  ['department: five modalities, media, reports, backups', nasFolder({ patients: 760, seed: 2 })],
  ['a few folders hold most', fewHoldMost],
  ['one folder of 200,000 files', folders(1, 'all', () => series(200_000))],
];
const fileSystems = [
  ['sizes tell (Btrfs, ZFS, tmpfs)', 'entries'],
  ['steps of 4096 (ext4)', 'blocks'],
  ['sizes are 0 (Samba)', 'zero'],
];

const join = (folder, name) => `${folder === '/' ? '' : folder}/${name}`;
function treeOf(virtual) {
  return {
    root: '/',
    async list(folder, atMost) {
      const found = virtual.list(folder, 0, atMost + 1);
      return { entries: found.slice(0, atMost).map((entry) => ({ ...entry, handle: join(folder, entry.name) })), isWhole: found.length <= atMost };
    },
    firstBytes: async (file) => virtual.firstBytes(file),
  };
}

function walkedWithin(virtual) {
  let [files, left] = [0, entries];
  const queue = ['/'];
  for (let folder = queue.shift(); folder !== undefined && left > 0; folder = queue.shift()) {
    for (const { name, kind } of virtual.list(folder, 0, left)) {
      left -= 1;
      if (kind === 'folder') queue.push(join(folder, name));
      else files += 1;
    }
  }
  return files;
}

const percent = (part, whole) => `${Math.round((100 * part) / whole)} %`;
const rows = [];
for (const [share, folder] of shares) {
  for (const [fileSystem, sizes] of fileSystems) {
    const virtual = virtualTree(folder, sizes);
    const { files } = virtual.truth;
    const found = [];
    for (let seed = 1; seed <= seeds; seed += 1) found.push(await surveyTree(treeOf(virtual), { entries, firstBytes: 20, seed }));
    const estimates = found.map((survey) => survey.files).filter(({ basis }) => basis !== 'at-least');
    const errors = estimates.map(({ value }) => Math.abs(value / files - 1)).sort((a, b) => a - b);
    const holds = found.filter((survey) => survey.files.low <= files && files <= (survey.files.high ?? files)).length;
    rows.push({
      share,
      'file system': fileSystem,
      files,
      'entries listed': Math.max(...found.map(({ cost }) => cost.entries)),
      'median error': errors.length > 0 ? `${(100 * errors[Math.floor(errors.length / 2)]).toFixed(1)} %` : '-',
      'within 2 %': percent(errors.filter((error) => error <= 0.02).length, seeds),
      'interval or bound holds': percent(holds, seeds),
      'only at least': percent(seeds - estimates.length, seeds),
      walk: `at least ${percent(walkedWithin(virtual), files)}`,
    });
  }
}
console.table(rows);
