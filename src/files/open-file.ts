/**
 * Opening files and folders for reading so that nothing happens to them and nothing else is opened in their place: no symbolic link, no FIFO to wait
 * for, and where this account may ask for it no change of the time of last access. Nothing here can write.
 */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { type Identity, isSame, type LocalPlace, pathOf } from './local-path.js';

/** Absent on some systems. */
const flag = (name: 'O_NOFOLLOW' | 'O_NONBLOCK' | 'O_DIRECTORY' | 'O_NOATIME'): number => (constants as Partial<Record<string, number>>)[name] ?? 0;
const careful = constants.O_RDONLY | flag('O_NOFOLLOW') | flag('O_NONBLOCK');

/**
 * `refused`: this account may not. `vanished`: it is gone, or something of another kind lies there now. `exchanged`: another file or folder, as where a file
 * system is mounted when somebody opens the folder (automount). `failed`: the file system gave an error.
 */
export type NotOpened = 'refused' | 'vanished' | 'exchanged' | 'failed';

export const isNotOpened = (answer: FileHandle | NotOpened): answer is NotOpened => typeof answer === 'string';

export function openFolder(place: LocalPlace): Promise<FileHandle | NotOpened> {
  return opened(place, careful | flag('O_DIRECTORY'), 'folder');
}

/** Only its owner, or root, may leave the time of last access alone. */
export async function openFile(place: LocalPlace): Promise<FileHandle | NotOpened> {
  const quiet = flag('O_NOATIME');
  const answer = quiet === 0 ? 'refused' : await opened(place, careful | quiet, 'file');
  return answer === 'refused' ? opened(place, careful, 'file') : answer;
}

async function opened(place: LocalPlace, flags: number, kind: 'file' | 'folder'): Promise<FileHandle | NotOpened> {
  let handle: FileHandle;
  try {
    handle = await open(pathOf(place), flags);
  } catch (error) {
    return reasonOf(error);
  }
  let why: NotOpened = 'failed';
  try {
    const stats = await handle.stat();
    const isOfKind = kind === 'file' ? stats.isFile() : stats.isDirectory();
    if (isOfKind && isWhatWasSeen(place, stats)) return handle;
    why = isOfKind ? 'exchanged' : 'vanished';
  } catch {
    // it was open, and then gave an error
  }
  await handle.close();
  return why;
}

const isWhatWasSeen = ({ identity }: LocalPlace, now: Identity): boolean => identity === null || isSame(identity, now);

const reasons: Readonly<Record<string, Exclude<NotOpened, 'exchanged'>>> = {
  EACCES: 'refused',
  EPERM: 'refused',
  ENOENT: 'vanished',
  ENOTDIR: 'vanished',
  ELOOP: 'vanished', // a symbolic link by now
  ENXIO: 'vanished', // a socket by now
};

export const reasonOf = (error: unknown): Exclude<NotOpened, 'exchanged'> => reasons[String((error as { code?: unknown }).code)] ?? 'failed';
