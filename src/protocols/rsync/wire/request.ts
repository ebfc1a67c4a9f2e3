/**
 * What Dosimeter says to an rsync daemon: it lists modules, asks for the list of one folder, and asks whether an upload would be taken. Contents of
 * files cannot be asked for (no block of a file is ever requested), and nothing can be sent: there is no encoder for a list of files.
 */
import { concat, int32 } from './numbers.js';

/** The newest version without lists that grow on the way; every daemon since 2.6.4 (2005) speaks it. */
export const spokenProtocol = 29;

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

export const listRequest: Uint8Array = bytesOf(`@RSYNCD: ${spokenProtocol}\n#list\n`);

/** Throws `RangeError` for a name that would end the line. */
export function moduleRequest(module: string): Uint8Array {
  if (!isModuleName(module)) throw new RangeError('a name that would not fit in one line');
  return bytesOf(`@RSYNCD: ${spokenProtocol}\n${module}\n`);
}

/** A name that begins with # is a command to the daemon. */
export const isModuleName = (name: string): boolean => name !== '' && name.length <= 255 && !/^#|\//.test(name) && isPrintable(name);

/** `path`: below the module, empty for its root. Patterns are expanded by the daemon, so names that look like one cannot be said; nor `..`. */
export const isFolderPath = (path: string): boolean =>
  path.length <= 1_024 && !/[*?[\]\\]|^\//.test(path) && !path.split('/').includes('..') && isPrintable(path);

/** One character a byte, none that controls. */
function isPrintable(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || code === 0x7f || code > 0xff) return false;
  }
  return true;
}

/** `-d`: the folder itself and what lies in it, not below it. Behind the arguments an empty list of filters. */
export function folderRequest(module: string, path: string): Uint8Array {
  if (!isFolderPath(path)) throw new RangeError('a path that could be taken for something else');
  return concat(argumentsOf(['--server', '--sender', '-d', '.', path === '' ? `${module}/` : `${module}/${path}/`]), int32(0));
}

/**
 * The arguments of an upload with `-n`, which changes nothing (dry run), and then nothing more: a daemon says "module is read only" at once, before it reads
 * filters or a list of files (do_server_recv in rsync's main.c), and without a list it has nothing to write.
 */
export function uploadQuestion(module: string): Uint8Array {
  return argumentsOf(['--server', '-n', '.', `${module}/`]);
}

const argumentsOf = (words: readonly string[]): Uint8Array => bytesOf(`${words.join('\n')}\n\n`);

/** Ends the three phases of a transfer of which nothing was wanted, and takes leave. */
export const goodbye: Uint8Array = concat(int32(-1), int32(-1), int32(-1), int32(-1));
