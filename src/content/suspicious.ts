/** Matching names against the rules for malicious files: lookups and cuts, no pattern that could take long on a hostile name. Keeps no name but a rule's own. */
import { documentExtensions, type MaliciousRule, maliciousRules, programExtensions, type RulePlace, scriptExtensions } from './malicious-rules.js';

/** Where a file lies. */
export interface FilePlace {
  readonly hasImages: boolean;
  /** In or below a folder with a DICOMDIR. */
  readonly isMedium: boolean;
  readonly hasRansomNote: boolean;
  /** In small letters. */
  readonly folder: string;
}

export interface Suspicion {
  readonly rule: string;
  /** The rule's own name for it, or its form: `x.pdf.exe`. */
  readonly name: string;
}

const runnable: ReadonlySet<string> = new Set([...programExtensions, ...scriptExtensions]);
const documents: ReadonlySet<string> = new Set(documentExtensions);
const cronFolders: ReadonlySet<string> = new Set(['cron.d', 'cron.hourly', 'cron.daily', 'crontabs']);
/** Characters that turn the direction of reading. */
const turners = ['\u202e', '\u202d', '\u2066', '\u2067'];

const byName = new Map<string, readonly MaliciousRule[]>();
const byExtension = new Map<string, readonly MaliciousRule[]>();
const others: MaliciousRule[] = [];
for (const rule of maliciousRules) {
  for (const name of rule.names ?? []) byName.set(name, [...(byName.get(name) ?? []), rule]);
  for (const extension of rule.extensions ?? []) byExtension.set(extension, [...(byExtension.get(extension) ?? []), rule]);
  if (!rule.names && !rule.extensions && !rule.isByContent) others.push(rule);
}
const ransomNotes: ReadonlySet<string> = new Set(maliciousRules.find(({ id }) => id === 'ransom-note')?.names);

/** Names are compared without case, and without the spaces and dots at their end that Windows drops. */
export function plainName(name: string): string {
  const cut = name.slice(-255).toLowerCase();
  let end = cut.length;
  while (end > 0 && (cut[end - 1] === ' ' || cut[end - 1] === '.')) end -= 1;
  return cut.slice(0, end);
}

export const isRansomNote = (name: string): boolean => ransomNotes.has(plainName(name));

/** `null`: no rule speaks of it. An empty file does nothing. */
export function suspicionOf(name: string, size: number | null, place: FilePlace): Suspicion | null {
  if (size === 0) return null;
  const plain = plainName(name);
  const parts = plain.split('.', 200);
  const last = parts.length > 1 ? (parts.at(-1) ?? '') : '';
  const rules = [...(byName.get(plain) ?? []), ...others.filter((rule) => hasForm(rule, plain, parts)), ...(byExtension.get(last) ?? [])];
  const rule = rules.find((each) => isThere(each.place, place));
  if (!rule) return null;
  return { rule: rule.id, name: byName.get(plain)?.includes(rule) ? plain : formOf(parts) };
}

function hasForm({ form }: MaliciousRule, plain: string, parts: readonly string[]): boolean {
  const isProgram = runnable.has(parts.at(-1) ?? '');
  if (form === 'turned-text') return isProgram && turners.some((turner) => plain.includes(turner));
  if (form === 'double-extension') return isProgram && parts.length > 2 && documents.has((parts.at(-2) ?? '').trim());
  return true;
}

function isThere(wanted: RulePlace, { hasImages, isMedium, hasRansomNote, folder }: FilePlace): boolean {
  switch (wanted) {
    case 'anywhere':
      return true;
    case 'among-images':
      return hasImages;
    case 'on-media':
      return isMedium;
    case 'off-media':
      return !isMedium;
    case 'beside-note':
      return hasRansomNote;
    case 'cron-folder':
      return cronFolders.has(folder);
    case 'ssh-folder':
      return folder === '.ssh';
  }
}

const known = (part: string): boolean => runnable.has(part) || documents.has(part) || byExtension.has(part);

/** Endings that everybody knows stay; the rest is `x`. */
export function formOf(parts: readonly string[]): string {
  const endings = parts.slice(1).slice(-2);
  return ['x', ...endings.map((ending) => (known(ending.trim()) ? ending.trim() : 'x'))].join('.');
}
