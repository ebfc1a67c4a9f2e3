/** FTP: replies, and the dialects of listings. */
import { readFactsLine } from '../../../src/protocols/ftp/wire/facts.js';
import { readFeatures } from '../../../src/protocols/ftp/wire/features.js';
import { LineSplitter } from '../../../src/protocols/ftp/wire/lines.js';
import { readListLine } from '../../../src/protocols/ftp/wire/list-line.js';
import { readExtendedPort, readPassive } from '../../../src/protocols/ftp/wire/passive.js';
import { readQuoted } from '../../../src/protocols/ftp/wire/quoted.js';
import { decodeReply } from '../../../src/protocols/ftp/wire/reply.js';
import { heard, read, streamed, type Target } from '../target.js';

const now = Date.UTC(2026, 0, 1);
const listed = [
  '-rw-r--r--   1 ftp      ftp          1024 Jan  5 12:34 IM0001\r\n',
  'lrwxrwxrwx 1 0 0 7 Jan 05 2020 a -> b\r\n',
  '01-05-20  12:34PM       <DIR>          folder\r\n01-05-2020  12:34 1024 IM0001\r\n',
  '+i8388621.48594,m825718503,r,s280,\tdjb.html\r\n',
  'type=file;size=10;modify=20200105123400;perm=adfr; a b\r\n',
];

export const ftpTargets: readonly Target[] = [
  streamed(
    'ftp/reply.decodeReply',
    () => heard('ftp'),
    (bytes) => decodeReply(bytes),
  ),
  read(
    'ftp listing',
    () => [...listed, ...heard('ftp')],
    (text) => {
      const splitter = new LineSplitter();
      for (const line of [...splitter.push(new TextEncoder().encode(text)), ...splitter.rest()]) {
        readListLine(line, now);
        readFactsLine(line);
      }
    },
  ),
  read(
    'ftp features',
    () => ['FEAT\n AUTH TLS\n MLST type*;size*;perm*;\n REST STREAM'],
    (text) => readFeatures(text.split('\n')),
  ),
  read(
    'ftp passive ports',
    () => ['Entering Passive Mode (127,0,0,1,4,1)', 'Entering Extended Passive Mode (|||1025|)'],
    (text) => [readPassive(text), readExtendedPort(text)],
  ),
  read('ftp quoted path', () => ['"/a""b" is where you are'], readQuoted),
];
