/** Which doors are doors to one archive, and which only look like it. */
import { describe, expect, it } from 'vitest';
import type { PlacedDoor } from '../model/archive-door.js';
import { atLeast, type Estimate, exactly } from '../model/exposure.js';
import { archiveDoor } from './archive-door.js';
import { archivesOnce } from './archives-once.js';

const about = (value: number, half: number): Estimate => ({ value, basis: 'estimate', low: value - half, high: value + half });
const orthanc = { id: 'orthanc', name: 'Orthanc', version: null, basis: 'x' };

/** `host:port`, key, studies, images. */
function door(name: string, key: string | null, studies: Estimate | null, images: Estimate | null, more: Partial<PlacedDoor> = {}): PlacedDoor {
  return { name, address: name.split(':')[0] ?? '', key, studies, images, patients: null, product: null, ...more };
}

async function once(...doors: readonly PlacedDoor[]) {
  const stream = async function* () {
    yield* doors.toSorted((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
  };
  const addresses = (key: string) => new Set(doors.filter((each) => each.key === key).map(({ address }) => address)).size;
  const { amounts, shared, furtherDoors } = await archivesOnce(
    stream(),
    new Set(doors.flatMap(({ key }) => (key !== null && addresses(key) > 1 ? [key] : []))),
  );
  return { studies: amounts.studies, images: amounts.images, amounts, shared, further: Object.fromEntries(furtherDoors) };
}

describe('one archive', () => {
  it.each<[title: string, doors: readonly PlacedDoor[], further: Readonly<Record<string, string>>]>([
    [
      'two ports that showed the same studies',
      [door('a:104', 'k', exactly(40), exactly(900)), door('a:11112', 'k', exactly(40), exactly(900))],
      { 'a:11112': 'a:104' },
    ],
    ['two addresses', [door('b:104', 'k', exactly(40), exactly(900)), door('a:104', 'k', exactly(40), exactly(900))], { 'b:104': 'a:104' }],
    [
      'one that took in a study in between',
      [door('a:104', 'k', exactly(40), exactly(900)), door('a:8042', 'k', exactly(41), exactly(912))],
      { 'a:8042': 'a:104' },
    ],
    [
      'an estimate of it: the exact count stands for both',
      [door('a:104', 'k', about(41_000, 900), about(9_000, 500)), door('a:8042', 'k', exactly(40_000), exactly(9_400))],
      { 'a:104': 'a:8042' },
    ],
    [
      'an interval that missed it, though not by far',
      [door('a:104', 'k', about(43_000, 1_900), null), door('a:8042', 'k', exactly(40_000), exactly(9_400))],
      { 'a:104': 'a:8042' },
    ],
    [
      'a door that shows no studies, and the same numbers',
      [door('a:104', 'k', exactly(40), exactly(900)), door('a:8042', null, exactly(40), exactly(900))],
      { 'a:8042': 'a:104' },
    ],
    ['neither shows studies', [door('a:80', null, exactly(40), exactly(900)), door('a:8042', null, exactly(40), exactly(900))], { 'a:8042': 'a:80' }],
    [
      'few studies, but one product',
      [door('a:80', null, exactly(2), exactly(9), { product: 'orthanc' }), door('a:8042', null, exactly(2), exactly(9), { product: 'orthanc' })],
      { 'a:8042': 'a:80' },
    ],
    [
      'a door without studies joins through a door elsewhere',
      [door('a:104', 'k', exactly(40), exactly(900)), door('a:80', null, exactly(40), exactly(900)), door('b:104', 'k', exactly(40), exactly(900))],
      { 'a:80': 'a:104', 'b:104': 'a:104' },
    ],
  ])('%s', async (_, doors, further) => {
    const found = await once(...doors);
    expect(found.further).toEqual(further);
    expect(found.shared).toEqual({ archives: 1, doors: doors.length });
    expect(found.studies?.basis).toBe('exact');
    expect(await once(...doors.toReversed())).toEqual(found);
  });

  it('each figure is that of the door that knows it best', async () => {
    const { amounts } = await once(
      door('a:104', 'k', about(1_000, 50), atLeast(5_000), { patients: exactly(300) }),
      door('a:80', 'k', exactly(1_010), null),
      door('a:81', 'k', atLeast(900), atLeast(6_000)),
    );
    expect(amounts).toMatchObject({ studies: exactly(1_010), images: atLeast(6_000), patients: exactly(300), uncounted: { images: false, patients: false } });
  });
});

describe('several archives', () => {
  it.each<[title: string, doors: readonly PlacedDoor[]]>([
    ['other studies', [door('a:104', 'k', exactly(40), exactly(900)), door('a:11112', 'l', exactly(40), exactly(900))]],
    ['the same test images in two that differ otherwise', [door('a:104', 'k', exactly(40), exactly(900)), door('b:104', 'k', exactly(4_000), exactly(90_000))]],
    ['a copy of a part', [door('a:104', 'k', about(40_000, 900), null), door('b:104', 'k', exactly(12_000), null)]],
    ['the same numbers at two addresses, and no studies seen', [door('a:80', null, exactly(40), exactly(900)), door('b:80', null, exactly(40), exactly(900))]],
    ['small numbers that are the same by chance', [door('a:80', null, exactly(1), exactly(1)), door('a:81', null, exactly(1), exactly(1))]],
    ['numbers that are not exact', [door('a:80', null, atLeast(40), exactly(900)), door('a:81', null, exactly(40), exactly(900))]],
    ['no images to compare', [door('a:80', null, exactly(40), null), door('a:81', null, exactly(40), null)]],
  ])('%s', async (_, doors) => {
    const found = await once(...doors);
    expect(found.further).toEqual({});
    expect(found.shared).toEqual({ archives: 0, doors: 0 });
    expect(found.studies?.value).toBe(doors.reduce((sum, { studies }) => sum + (studies?.value ?? 0), 0));
  });

  it('a figure that no door knows leaves its sum a lower bound', async () => {
    const { amounts } = await once(door('a:104', 'k', exactly(5), null), door('b:104', 'l', exactly(5), exactly(50)));
    expect(amounts).toMatchObject({ images: exactly(50), uncounted: { images: true, studies: false } });
  });
});

it('a whole network whose addresses all lead to one archive is read in one pass', async () => {
  const doors = async function* () {
    for (let host = 0; host < 65_536; host += 1) yield door(`${99_999 - host}:104`, 'k', exactly(40), exactly(900), { address: String(host + 10_000) });
  };
  const { amounts, shared } = await archivesOnce(doors(), new Set(['k']));
  expect(amounts.images).toEqual(exactly(900));
  expect(shared).toEqual({ archives: 1, doors: 65_536 });
});

describe('a door', () => {
  const exposure = (studies: Estimate | null) => ({ images: exactly(9), studies, patients: null, timeline: [], identifiers: {} });
  const mark = { selection: 'all studies', studies: 8, hash: 'beef' };

  it.each([
    ['eight studies tell an archive wherever it is', mark, 'beef'],
    ['seven do only at one address', { ...mark, studies: 7 }, 'beef@10.0.0.1'],
    ['none tell nothing', null, null],
  ])('%s', (_, seen, key) => {
    expect(archiveDoor('10.0.0.1', { archive: { mark: seen }, exposure: exposure(exactly(7)), product: orthanc })).toMatchObject({ key, product: 'orthanc' });
  });

  it.each([
    ['a share', null, exposure(null)],
    ['an empty archive', { mark: null }, exposure(exactly(0))],
    ['an archive of unknown size', { mark: null }, exposure(atLeast(0))],
    ['a closed one', { mark: null }, null],
  ])('is not what leads to %s', (_, archive, open) => {
    expect(archiveDoor('10.0.0.1', { archive, exposure: open, product: null })).toBeNull();
  });
});
