/** Where a scope comes from: a file, or `--authorised-by`. Judges no address: `decide` does. */
import { type FileHandle, open } from 'node:fs/promises';
import { networksOf } from './address.js';
import { quote } from './quote.js';
import { authorityProblem, type Scope, ScopeError, type ScopeRange, scopeOf } from './scope-shape.js';

export { type Scope, ScopeError } from './scope-shape.js';

/** Bytes. Some 20,000 ranges with their notes. */
const largestFile = 1024 * 1024;

const privateRanges: readonly ScopeRange[] = networksOf('private').map((network) => ({ ...network, touch: 'anonymous', ports: null }));

/** `--authorised-by`: every private address, up to touch `anonymous`, at any time. Throws `ScopeError`. */
export function scopeFromAuthority(text: string): Scope {
  const problem = authorityProblem(text);
  if (problem !== undefined) throw new ScopeError(problem);
  const always = { timeZone: null, valid: { from: null, until: null }, windows: [] };
  return scopeOf({ name: '--authorised-by', authority: text.trim(), contact: null, ranges: privateRanges, exclude: [], ...always });
}

/** Reads and checks a scope file. Throws `ScopeError`, as `file:line: what is wrong and what to do` where a line is to blame. */
export async function readScopeFile(path: string): Promise<Scope> {
  const text = await readText(path);
  const { parseScope } = await import('./scope-document.js'); // with it comes the YAML parser: 30 ms that only a scope file should cost
  return parseScope(path, text);
}

const whatToDo: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file: check the path',
  EACCES: 'you may not read it: check its permissions',
  EPERM: 'you may not read it: check its permissions',
  EISDIR: 'it is a folder: name the file in it',
};

async function readText(path: string): Promise<string> {
  const bytes = await readBytes(path).catch((cause: NodeJS.ErrnoException) => {
    throw cause instanceof ScopeError
      ? cause
      : new ScopeError(`cannot read the scope file ${quote(path)}: ${whatToDo[cause.code ?? ''] ?? cause.code ?? 'unknown error'}`, { cause });
  });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ScopeError(`the scope file ${quote(path)} is not UTF-8 text: save it as UTF-8`, { cause });
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    return await readAtMost(file, path);
  } finally {
    await file.close();
  }
}

/** Stops at the limit whatever size the file claims to have: a device or a pipe claims none. */
async function readAtMost(file: FileHandle, path: string): Promise<Uint8Array> {
  const buffer = new Uint8Array(largestFile + 1);
  let length = 0;
  for (let read = -1; read !== 0 && length < buffer.length; length += read) {
    read = (await file.read(buffer, length, buffer.length - length, null)).bytesRead;
  }
  if (length > largestFile) throw new ScopeError(`the scope file ${quote(path)} is larger than 1 MiB: check that it is the right one`);
  return buffer.subarray(0, length);
}
