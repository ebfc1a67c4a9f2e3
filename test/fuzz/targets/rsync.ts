/** rsync: lines, frames and lists of files. */
import { decodeFileEntry, type FileEntry } from '../../../src/protocols/rsync/wire/file-list.js';
import { decodeFrame, decodeSeed } from '../../../src/protocols/rsync/wire/frame.js';
import { decodeLine, readGreeting, readModuleAnswer, readModuleLine } from '../../../src/protocols/rsync/wire/line.js';
import { heard, read, streamed, type Target } from '../target.js';

const before: FileEntry = { name: 'folder/IM0001', kind: 'file', size: 1, modified: 0, mode: 0o100644 };

export const rsyncTargets: readonly Target[] = [
  streamed(
    'rsync/line.decodeLine',
    () => heard('rsync'),
    (bytes) => decodeLine(bytes),
  ),
  streamed(
    'rsync/frame.decodeFrame',
    () => heard('rsync'),
    (bytes) => decodeFrame(bytes, 65_536),
  ),
  streamed('rsync/frame.decodeSeed', () => heard('rsync'), decodeSeed),
  streamed(
    'rsync/file-list.decodeFileEntry',
    () => heard('rsync').map((bytes) => bytes.slice(4)),
    (bytes) => decodeFileEntry(bytes, before),
  ),
  read(
    'rsync lines',
    () => ['@RSYNCD: 31.0 sha512 md5', 'images         \timages of nobody', '@RSYNCD: AUTHREQD abc', '@ERROR: access denied'],
    (text) => [readGreeting(text), readModuleLine(text), readModuleAnswer(text)],
  ),
];
