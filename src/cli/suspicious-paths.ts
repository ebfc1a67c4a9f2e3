/** Which files the rules speak of, for the person at the terminal who asked with --list-malicious. Printed once, stored nowhere. */
import { executablePreamble } from '../checks/executable-preamble.js';
import { maliciousRules } from '../content/malicious-rules.js';
import { visibleText } from '../report/visible.js';
import { colour, writeOut } from './output.js';

/** More than a person reads. */
const mostPaths = 10_000;

export class SuspiciousPaths {
  readonly #byRule = new Map<string, string[]>();
  #kept = 0;
  #more = 0;

  add(path: Buffer, rule: string): void {
    if (this.#kept >= mostPaths) {
      this.#more += 1;
      return;
    }
    this.#kept += 1;
    const paths = this.#byRule.get(rule) ?? [];
    paths.push(printable(path));
    this.#byRule.set(rule, paths);
  }

  async print(): Promise<void> {
    const lines = [
      '',
      colour('bold', 'FILES THAT RULES SPEAK OF'),
      'For this terminal only: names of files may name patients. They are in no report and no store.',
    ];
    for (const [rule, paths] of this.#byRule) lines.push('', `${rule}: ${titleOf(rule)}`, ...paths.toSorted().map((path) => `  ${path}`));
    if (this.#byRule.size === 0) lines.push('', 'None.');
    if (this.#more > 0) lines.push('', `… and ${this.#more.toLocaleString('en-US')} more.`);
    await writeOut(`${lines.join('\n')}\n`);
  }
}

const titleOf = (rule: string): string =>
  maliciousRules.find(({ id }) => id === rule)?.title ?? (rule === executablePreamble.id ? executablePreamble.title : 'a YARA rule of yours');

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** As a shell takes it where it is plain; bytes that are not UTF-8 and characters that a terminal obeys are written out. */
function printable(path: Buffer): string {
  try {
    return visibleText(utf8.decode(path));
  } catch {
    return [...path].map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`)).join('');
  }
}
