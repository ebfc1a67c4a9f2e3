/**
 * Which of two versions is the older one, in the spellings that imaging products and storage write them. It does NOT guess:
 * what cannot be read, or says too little to tell, is `undefined`. Knows no product and no vulnerability.
 */

interface Version {
  readonly numbers: readonly number[];
  /** Before a release (`rc4`), the release itself, or after it (`a`, `d1`, `p1`). */
  readonly stage: readonly [rank: number, number: number];
  /** `null` where none was named. */
  readonly build: readonly [build: number, update: number] | null;
  /** The build is a day, and the fourth number counts the same builds once more. */
  readonly dated: boolean;
}

const dotted = /^v?([0-9]{1,9}(?:\.[0-9]{1,9}){1,5})(.*)$/i;
// OFFIS writes 3.6.7 as 367 and 3.6.10 as 3610.
const compactDcmtk = /^(3)([0-9])([0-9]{1,2})$/;
// Packagers sign the version that a file server shows: 4.13.13-Debian. It says who built it, not when.
const packager = /[-+ ](?:debian|ubuntu)$/i;
const beforeRelease = /^[-._ ]?(dev|alpha|beta|pre|rc)[-._]?([0-9]{0,4})$/i;
// ProFTPD's 1.3.5a, Conquest's 1.4.19d1, OpenSSH's 9.6p1.
const afterRelease = /^([a-z])([0-9]{0,4})$/i;
// QNAP: 4.3.6.1446 build 20200929.
const dayOfBuild = /^ build (0|20[0-9]{6})$/i;
// Synology: 7.2.1-69057-2 and 7.2-64570 Update 1; INFINITT: 3.0.11.5 BN10.
const numberOfBuild = /^(?:-| ?BN)([0-9]{1,9})(?:(?:-| update )([0-9]{1,4}))?$/i;

const stagesBefore = ['dev', 'alpha', 'beta', 'pre', 'rc'];
const release: Version['stage'] = [0, 0];

/**
 * Below 0 where `left` is older, above 0 where it is newer, 0 where they are the same. `undefined` where one cannot be read,
 * or where they are alike but for a build that only one of them names.
 */
export function compareVersions(left: string, right: string): number | undefined {
  const a = parse(left);
  const b = parse(right);
  if (!a || !b) return undefined;
  const length = a.dated || b.dated ? 3 : Math.max(a.numbers.length, b.numbers.length);
  const byName = compareNumbers(a.numbers, b.numbers, length) || compareNumbers(a.stage, b.stage, 2);
  if (byName !== 0) return byName;
  if (a.build === null && b.build === null) return 0;
  return a.build && b.build && a.dated === b.dated ? compareNumbers(a.build, b.build, 2) : undefined;
}

/** Whether this is a version that can be compared. */
export const isVersion = (text: string): boolean => parse(text) !== undefined;

function parse(text: string): Version | undefined {
  const compact = compactDcmtk.exec(text);
  if (compact) return { numbers: compact.slice(1).map(Number), stage: release, build: null, dated: false };
  const found = dotted.exec(text.trim().replace(packager, ''));
  return found ? withSuffix(String(found[1]).split('.').map(Number), found[2] ?? '') : undefined;
}

function withSuffix(numbers: readonly number[], suffix: string): Version | undefined {
  const plain: Version = { numbers, stage: release, build: null, dated: false };
  if (suffix === '') return plain;
  const before = beforeRelease.exec(suffix);
  if (before) return { ...plain, stage: [stagesBefore.indexOf(String(before[1]).toLowerCase()) - stagesBefore.length, Number(before[2])] };
  const after = afterRelease.exec(suffix);
  if (after) return { ...plain, stage: [String(after[1]).toLowerCase().charCodeAt(0) - 96, Number(after[2])] };
  const day = dayOfBuild.exec(suffix);
  if (day) return { ...plain, build: [Number(day[1]), 0], dated: true };
  const build = numberOfBuild.exec(suffix);
  return build ? { ...plain, build: [Number(build[1]), Number(build[2] ?? 0)] } : undefined;
}

/** Where one is shorter, what is missing counts as 0: 1.12 is 1.12.0. */
function compareNumbers(a: readonly number[], b: readonly number[], length: number): number {
  for (let index = 0; index < length; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}
