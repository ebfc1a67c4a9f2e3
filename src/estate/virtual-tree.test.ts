import { describe, expect, it } from 'vitest';
import { canaryStem } from './canary.js';
import { hostileFolder, nasFolder, smallFolder } from './nas-trees.js';
import { addTruth, nothing, type TreeTruth, truthOf, type VirtualTree, virtualTree } from './virtual-tree.js';

function walked(tree: VirtualTree, path: string): TreeTruth {
  return (tree.list(path) ?? []).reduce((sum, { name, kind }) => {
    const below = `${path === '/' ? '' : path}/${name}`;
    const node = tree.node(below);
    if (node === undefined) throw new Error(`${below} is listed and not there`);
    return addTruth(sum, kind === 'folder' ? addTruth(walked(tree, below), { ...nothing, folders: 1 }) : truthOf(node));
  }, nothing);
}

describe('a tree that is only computed', () => {
  it.each([
    ['small', smallFolder],
    ['a department', nasFolder({ patients: 40 })],
    ['an infected one', nasFolder({ patients: 15, isInfected: true })],
  ])('%s: every listed path leads to its entry, and the truth is their sum', (_, folder) => {
    const tree = virtualTree(folder);
    expect(walked(tree, '/')).toEqual(tree.truth);
    expect(tree.truth.images).toBeGreaterThan(4);
  });

  it('is the same for the same seed, and another for another', () => {
    const truth = (seed: number) => virtualTree(nasFolder({ patients: 30, seed })).truth;
    expect(truth(1)).toEqual(truth(1));
    expect(truth(1)).not.toEqual(truth(2));
  });

  it('has a million entries without holding them', () => {
    const { truth } = virtualTree(nasFolder({ patients: 4_200 }));
    expect(truth.files + truth.folders).toBeGreaterThan(1_000_000);
    expect(truth.images / truth.files).toBeGreaterThan(0.99);
  });

  it('gives pages of a folder, its entries, and nothing that is not there', () => {
    const tree = virtualTree(hostileFolder());
    expect(tree.list('/flood', 999_998)?.map(({ name }) => name)).toEqual(['I999999', 'I1000000']);
    expect(tree.list('/flood', 5, 7)?.map(({ name }) => name)).toEqual(['I6', 'I7']);
    expect(tree.stat('/loop/again/more/again')).toMatchObject({ name: 'again', kind: 'folder' });
    expect(tree.list('/up')).toBeUndefined();
    expect(tree.stat('/flood/I0')).toBeUndefined();
    expect(tree.stat('/flood/I01')).toBeUndefined();
    expect(tree.stat('/absent/I1')).toBeUndefined();
    expect(tree.firstBytes('/flood')).toBeUndefined();
  });

  it('has at most 132 bytes of a file', () => {
    const tree = virtualTree(nasFolder({ patients: 10, isInfected: true }));
    const bytes = tree.firstBytes('/uploads/IM000002');
    expect(bytes).toHaveLength(132);
    expect(new TextDecoder().decode(bytes?.slice(0, 2))).toBe('MZ');
    expect(new TextDecoder().decode(bytes?.slice(128))).toBe('DICM');
    expect(tree.firstBytes('/media/CD_0001/AUTORUN.INF')).toHaveLength(52);
  });

  it('names no person but canaries', () => {
    const tree = virtualTree(nasFolder({ patients: 100 }));
    const year = tree.list('/archive')?.find(({ name }) => (tree.list(`/archive/${name}`) ?? []).length > 0)?.name;
    for (const { name } of tree.list(`/archive/${year}`) ?? []) expect(name).toContain(canaryStem);
  });

  it.each([
    ['zero', 0],
    ['blocks', 4096],
    ['entries', 48],
  ] as const)('says of a folder what a file system would: %s', (sizes, size) => {
    const tree = virtualTree(smallFolder, sizes);
    expect(tree.stat(`/DICOM/${canaryStem}ov_Wilhelmina`)?.size).toBe(size);
  });
});
