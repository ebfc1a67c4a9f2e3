/** Listing folders within a budget of entries, each at most once; circles and bottomless trees are seen here. Knows nothing of names or files. */
import { type FolderClue, type FolderForecast, newForecast } from './folder-forecast.js';

export interface Subfolder<Folder> {
  readonly folder: Folder;
  /** What its name looks like: folders of one form are probably alike. */
  readonly form: string;
  /** As the server reports it. */
  readonly size: number | null;
}

export interface FolderContents<Folder> {
  /** False: there are more entries than were asked for. */
  readonly isWhole: boolean;
  /** What is counted of this folder alone, always in the same order: its entries first, then files, images, bytes and so on. */
  readonly amounts: readonly number[];
  readonly folders: readonly Subfolder<Folder>[];
  /** The same number for the same names: a folder that holds what a folder above it holds leads in a circle. */
  readonly fingerprint: number;
}

/** `null`: refused. */
export type ListFolder<Folder> = (folder: Folder, atMost: number) => Promise<FolderContents<Folder> | null>;

export interface TreeNode<Folder> extends FolderClue {
  readonly folder: Folder;
  readonly form: string;
  readonly parent: TreeNode<Folder> | null;
  /** `undefined`: not listed yet. */
  contents: FolderContents<Folder> | null | undefined;
  children: readonly TreeNode<Folder>[];
  /** Its listing was given up although there was budget left. */
  isGiant: boolean;
}

/** Deeper than any archive: a tree that goes on is a circle. */
const deepestFolder = 32;

export const rootNode = <Folder>(folder: Folder): TreeNode<Folder> => ({
  folder,
  form: '',
  size: null,
  depth: 0,
  stratum: '0:',
  parent: null,
  contents: undefined,
  children: [],
  isGiant: false,
});

/** To its end, or refused: there is nothing more to ask. */
export const isListed = <Folder>({ contents }: TreeNode<Folder>): boolean => contents === null || contents?.isWhole === true;
const entriesOf = <Folder>(contents: FolderContents<Folder> | null | undefined): number => contents?.amounts[0] ?? 0;

export class TreeWalk<Folder> {
  readonly forecast: FolderForecast = newForecast();
  readonly opened: TreeNode<Folder>[] = [];
  readonly budget: number;
  listings = 0;
  entries = 0;
  isRefused = false;
  isTooDeep = false;
  readonly #list: ListFolder<Folder>;

  constructor(list: ListFolder<Folder>, budget: number) {
    this.#list = list;
    this.budget = budget;
  }

  get left(): number {
    return this.budget - this.entries;
  }

  /** One folder must not use up what all others need. */
  get fairShare(): number {
    return Math.min(this.left, Math.max(100, Math.floor(this.budget / 3)));
  }

  get isWhole(): boolean {
    return !this.isTooDeep && this.opened.every((node) => isListed(node) && node.children.every((child) => child.contents !== undefined));
  }

  /** Once; a folder whose listing was given up costs it all again, and is left for `openAll`. */
  async open(node: TreeNode<Folder>, atMost: number): Promise<void> {
    if (node.contents === undefined && atMost > 0) await this.#ask(node, atMost);
  }

  async #ask(node: TreeNode<Folder>, atMost: number): Promise<void> {
    this.listings += 1;
    const contents = await this.#list(node.folder, atMost);
    if (contents === null) this.isRefused = true;
    if (node.contents === undefined) this.opened.push(node);
    this.entries += entriesOf(contents);
    node.isGiant = contents?.isWhole === false && this.left > 0;
    const isCircle = contents !== null && contents.folders.length > 0 && isCircular(node, contents);
    node.contents = contents !== null && isCircle ? { ...contents, amounts: contents.amounts.map(() => 0), folders: [] } : contents;
    node.children = this.#childrenOf(node);
    if (contents) this.forecast.learn(contents.isWhole ? node : { ...node, size: null }, contents.amounts, node.children);
  }

  /** Breadth first through what is not listed yet; folders that seemed endless come last. */
  async openAll(root: TreeNode<Folder>): Promise<void> {
    const endless: TreeNode<Folder>[] = [];
    let level: readonly TreeNode<Folder>[] = [root];
    while (level.length > 0 && this.left > 0) {
      for (const node of level) {
        if (node.contents === undefined) await this.open(node, this.left);
        else if (!isListed(node)) endless.push(node);
      }
      level = level.flatMap(({ children }) => children);
    }
    for (const node of endless) if (this.left > entriesOf(node.contents)) await this.#ask(node, this.left);
  }

  #childrenOf(node: TreeNode<Folder>): readonly TreeNode<Folder>[] {
    const folders = node.contents?.folders ?? [];
    if (node.depth >= deepestFolder - 1 && folders.length > 0) {
      this.isTooDeep = true;
      return [];
    }
    const depth = node.depth + 1;
    return folders.map(({ folder, form, size }) => ({
      folder,
      form,
      size,
      depth,
      stratum: `${depth}:${node.form}/${form}`,
      parent: node,
      contents: undefined,
      children: [],
      isGiant: false,
    }));
  }
}

/** Once is enough where there is enough to compare; `data/data/data` is a tree that people make. */
function isCircular<Folder>(node: TreeNode<Folder>, contents: FolderContents<Folder>): boolean {
  let times = 0;
  for (let above = node.parent; above !== null; above = above.parent) if (above.contents?.fingerprint === contents.fingerprint) times += 1;
  return times >= (entriesOf(contents) >= 3 ? 1 : 4);
}
