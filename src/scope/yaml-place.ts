/** Values of a YAML file, each with the line it stands on. Knows nothing of scope; never follows an alias, so no file grows when it is read. */
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { quote } from './quote.js';
import { ScopeError } from './scope-shape.js';

/** A line as long as this, or so many unclosed brackets, is no scope file; the YAML parser takes seconds, or the process's memory, over worse. */
const longestLine = 1_000;
const deepest = 200;

interface Source {
  readonly name: string;
  readonly lines: LineCounter;
}

export class YamlPlace {
  private readonly source: Source;
  private readonly node: Node | null;
  private readonly offset: number;

  constructor(source: Source, node: Node | null, offset: number) {
    this.source = source;
    this.node = node;
    this.offset = node?.range?.[0] ?? offset;
  }

  /** Throws `ScopeError` as `file:line: problem`. */
  fail(problem: string): never {
    throw new ScopeError(`${this.source.name}:${Math.max(1, this.source.lines.linePos(this.offset).line)}: ${problem}`);
  }

  get isText(): boolean {
    return isScalar(this.node) && typeof this.node.value === 'string';
  }

  /** A mapping's values by key. Keys outside `known` and keys that come twice are refused: a misspelt exclusion must not be passed over. */
  fields(what: string, known: readonly string[]): ReadonlyMap<string, YamlPlace> {
    const node = this.plainNode();
    if (!isMap(node)) this.fail(`${what} must be a list of "key: value" lines with the keys ${known.join(', ')}`);
    const fields = new Map<string, YamlPlace>();
    for (const pair of node.items) {
      const keyPlace = new YamlPlace(this.source, pair.key as Node, this.offset);
      const key = keyPlace.text('a key');
      if (!known.includes(key)) keyPlace.fail(`${what} has no key ${quote(key)}: the keys are ${known.join(', ')}`);
      if (fields.has(key)) keyPlace.fail(`${quote(key)} comes twice: leave one out`);
      fields.set(key, new YamlPlace(this.source, pair.value as Node | null, keyPlace.offset));
    }
    return fields;
  }

  items(what: string): readonly YamlPlace[] {
    const node = this.plainNode();
    if (!isSeq(node)) this.fail(`${what} must be a list, each entry on a line of its own that starts with "- "`);
    return node.items.map((item) => new YamlPlace(this.source, item as Node | null, this.offset));
  }

  /** One line of text. */
  text(what: string): string {
    const value = this.scalar();
    if (typeof value === 'number' || typeof value === 'boolean') this.fail(`${what} must be text: put it in quotes`);
    if (typeof value !== 'string' || value.trim() === '') this.fail(`${what} is empty: fill it in or leave the line out`);
    if (/[\p{Cc}\u2028\u2029]/u.test(value.trim())) this.fail(`${what} must be one line without control characters`);
    return value.trim();
  }

  /** Text or a whole number, as text. */
  textOrNumber(what: string): string {
    const value = this.scalar();
    return typeof value === 'number' ? String(value) : this.text(what);
  }

  yesOrNo(what: string): boolean {
    const value = this.scalar();
    if (typeof value !== 'boolean') this.fail(`${what} must be true or false`);
    return value;
  }

  get isList(): boolean {
    return isSeq(this.node);
  }

  private scalar(): unknown {
    const node = this.plainNode();
    return isScalar(node) ? node.value : node === null ? null : this.fail('one value belongs here, not a list or a block of lines');
  }

  private plainNode(): Node | null {
    if (isAlias(this.node)) this.fail('aliases (*name) are not read: write the value out');
    return this.node;
  }
}

/** Line of the first place where the text is too long or too deep to be parsed in bounded time; `undefined` where it is neither. */
function unreadableLine(text: string): number | undefined {
  let depth = 0;
  for (const [index, line] of text.split('\n').entries()) {
    for (const mark of line.match(/[[\]{}]/g) ?? []) depth = Math.max(0, depth + ('[{'.includes(mark) ? 1 : -1));
    if (line.length > longestLine || depth > deepest) return index + 1;
  }
  return undefined;
}

/** The one document of a YAML 1.2 text. Throws `ScopeError` with file and line. */
export function readYaml(name: string, text: string): YamlPlace {
  const bad = unreadableLine(text);
  if (bad !== undefined)
    throw new ScopeError(`${name}:${bad}: this is not a scope file: a line is longer than ${longestLine} characters or brackets nest too deep`);
  const lines = new LineCounter();
  // Pretty errors quote the whole text for each error, and the parser's own look for repeated keys is quadratic: `fields` looks itself.
  // No `logLevel: 'silent'`: with it the parser passes over a second document without a word.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const error = document.errors[0] ?? document.warnings[0];
  const root = new YamlPlace({ name, lines }, document.contents as Node | null, error?.pos[0] ?? 0);
  if (error) new YamlPlace({ name, lines }, null, error.pos[0]).fail(`this is not YAML that can be read: ${plain(error.code, error.message)}`);
  return root;
}

/** The parser's words, where they say something to someone who writes a scope file. */
function plain(code: string, message: string): string {
  if (code === 'MULTIPLE_DOCS') return 'it holds more than one document: remove the "---" line';
  if (code === 'TAB_AS_INDENT') return 'tabs do not indent: use spaces';
  if (code === 'RESOURCE_EXHAUSTION') return 'it nests too deep';
  return message
    .replace(/[\p{C}\s]+/gu, ' ')
    .slice(0, 120)
    .trim();
}
