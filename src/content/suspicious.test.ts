import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maliciousRules } from './malicious-rules.js';
import { type FilePlace, suspicionOf } from './suspicious.js';

const away: FilePlace = { hasImages: false, isMedium: false, hasRansomNote: false, folder: 'public' };
const amongImages: FilePlace = { ...away, hasImages: true };
const onMedium: FilePlace = { ...away, isMedium: true };

/** Rule → a file that it speaks of, and what is kept of the name. */
const samples: Readonly<Record<string, readonly [string, FilePlace, string]>> = {
  'nas-miner-dropper': ['Photo.scr', away, 'photo.scr'],
  'nas-miner-archive': ['INFO.ZIP', away, 'info.zip'],
  'ransom-note': ['!!!READ_ME.txt', away, '!!!read_me.txt'],
  'ransom-deadbolt': ['Zzcanary.dcm.deadbolt', away, 'x.dcm.deadbolt'],
  'ransom-ech0raix': ['Zzcanary.pdf.encrypt', away, 'x.pdf.encrypt'],
  'ransom-qlocker': ['Zzcanary.7z', { ...away, hasRansomNote: true }, 'x.7z'],
  'web-shell': ['c99.php', away, 'c99.php'],
  'linux-miner': ['kdevtmpfsi', away, 'kdevtmpfsi'],
  'turned-name': ['Zzcanary\u202efdp.exe', away, 'x.exe'],
  'double-extension': ['Zzcanary.pdf .exe. ', away, 'x.pdf.exe'],
  'screen-saver': ['Zzcanary.pif', away, 'x.pif'],
  'program-among-images': ['Zzcanary.exe', amongImages, 'x.exe'],
  'script-among-images': ['Zzcanary.vbs', amongImages, 'x.vbs'],
  'server-page-among-images': ['Zzcanary.aspx', amongImages, 'x.aspx'],
  autorun: ['autorun.inf', away, 'autorun.inf'],
  'autorun-on-medium': ['AUTORUN.INF', onMedium, 'autorun.inf'],
  'cron-job': ['Zzcanary', { ...away, folder: 'cron.d' }, 'x'],
  'ssh-keys': ['authorized_keys', { ...away, folder: '.ssh' }, 'authorized_keys'],
};

describe('files that rules speak of', () => {
  it.each(maliciousRules.filter(({ isByContent }) => !isByContent).map(({ id }) => id))('%s', (rule) => {
    const sample = samples[rule];
    expect(sample).toBeDefined();
    const [name, place, kept] = sample ?? ['', away, ''];
    expect(suspicionOf(name, 4_096, place)).toEqual({ rule, name: kept });
    expect(suspicionOf(name, null, place)).not.toBeNull();
    expect(suspicionOf(name, 0, place)).toBeNull();
  });

  it.each<[string, string, FilePlace]>([
    ['the viewer of a patient medium', 'viewer.exe', onMedium],
    ['a program away from images', 'setup.exe', away],
    ['an archive without a note', 'backup.7z', away],
    ['a document', 'report.pdf', amongImages],
    ['two endings without a program', 'scan.pdf.zip', away],
    ['a version number', 'tool.1.2.exe', away],
    ['keys elsewhere', 'authorized_keys', away],
    ['an image', 'IM000001.dcm', amongImages],
    ['nothing', '', away],
    ['dots', '...', away],
  ])('%s is none of them', (_, name, place) => {
    expect(suspicionOf(name, 4_096, place)).toBeNull();
  });

  it('takes any name, keeps none, and does not take long', () => {
    const names = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('.', 'a.', ' ', '\u202e', '.pdf', '.exe').map((part) => part.repeat(20_000)),
    );
    const shown = new Set(maliciousRules.flatMap(({ names = [] }) => names));
    fc.assert(
      fc.property(names, fc.boolean(), (name, isMedium) => {
        const suspicion = suspicionOf(`Zzcanary${name}`, 9, { ...amongImages, isMedium });
        expect(suspicion === null || shown.has(suspicion.name) || /^x(?:\.[a-z0-9]{1,8}){0,2}$/.test(suspicion.name)).toBe(true);
        expect(suspicion?.name ?? '').not.toContain('zzcanary');
      }),
    );
  });
});

describe('the rules', () => {
  it('have an id, a sentence and a source of their own', () => {
    expect(new Set(maliciousRules.map(({ id }) => id)).size).toBe(maliciousRules.length);
    for (const { title, source } of maliciousRules) {
      expect(title.length).toBeGreaterThan(10);
      expect(source.url).toMatch(/^https:\/\//);
    }
  });
});
