/** The FTP side of a device of the estate: lets in, lists and gives 132 bytes, and writes down what no scan may send. Changes nothing: there is nothing to change. */
import net, { type Socket } from 'node:net';
import type { DeviceLog } from './device-log.js';
import type { FtpBehaviour } from './ftp-behaviour.js';
import { writePages } from './page-writer.js';
import type { VirtualEntry } from './virtual-tree.js';

export function serveFtp(socket: Socket, behaviour: FtpBehaviour, log: DeviceLog): void {
  const session = new FtpSession(socket, behaviour, log);
  let pending = '';
  let queue = Promise.resolve();
  socket.write(`220 ${behaviour.greeting}\r\n`);
  socket.on('data', (chunk: Uint8Array) => {
    pending = (pending + Buffer.from(chunk).toString('latin1')).slice(-8_192);
    for (let end = pending.indexOf('\n'); end >= 0; end = pending.indexOf('\n')) {
      const line = pending.slice(0, end).replace(/\r$/, '');
      pending = pending.slice(end + 1);
      queue = queue.then(() => session.answer(line)).catch(() => void socket.destroy());
    }
  });
  socket.on('close', () => session.end());
}

/** RFC 959, 2228, 2389, 3659 and what servers have besides: none of these may a scan send. */
const forbidden = new Set('STOR STOU APPE DELE MKD XMKD RMD XRMD RNFR RNTO SITE MFMT MFCT MFF ALLO PORT EPRT REST'.split(' '));

class FtpSession {
  readonly #control: Socket;
  readonly #behaviour: FtpBehaviour;
  readonly #log: DeviceLog;
  #folder = '/';
  #isIn = false;
  #isRanged = false;
  #listener: net.Server | undefined;
  #data: Promise<Socket> | undefined;
  #open: Socket | undefined;

  constructor(control: Socket, behaviour: FtpBehaviour, log: DeviceLog) {
    this.#control = control;
    this.#behaviour = behaviour;
    this.#log = log;
  }

  end(): void {
    this.#listener?.close();
    this.#open?.destroy();
  }

  async answer(line: string): Promise<void> {
    const [verb = '', ...words] = line.split(' ');
    const argument = Buffer.from(words.join(' '), 'latin1').toString('utf8');
    this.#log.commands += 1;
    if (forbidden.has(verb)) this.#log.violations.push(verb);
    const ranged = this.#isRanged;
    this.#isRanged = false;
    switch (verb) {
      case 'USER':
        return this.#say(argument === 'anonymous' && this.#behaviour.letsAnonymousIn ? '331 Anonymous login ok' : '331 Password required');
      case 'PASS':
        this.#isIn = this.#behaviour.letsAnonymousIn;
        return this.#say(this.#isIn ? '230 Anonymous access granted' : '530 Login incorrect.');
      case 'FEAT':
        return this.#say(this.#features());
      case 'PBSZ':
      case 'PROT':
        return this.#say('encrypted' in this.#control ? '200 so be it' : '503 not without TLS');
      case 'QUIT':
        this.#say('221 Goodbye.');
        return void this.#control.end();
    }
    if (!this.#isIn) return this.#say(verb === 'AUTH' ? '502 no TLS here' : '530 Please log in.');
    return this.#answerInside(verb, argument, ranged);
  }

  async #answerInside(verb: string, argument: string, ranged: boolean): Promise<void> {
    switch (verb) {
      case 'PWD':
        return this.#say('257 "/" is the current directory');
      case 'TYPE':
        return this.#say('200 Type set');
      case 'SYST':
        return this.#say('215 UNIX Type: L8');
      case 'RANG':
        this.#isRanged = this.#behaviour.takesRange === true && argument === '0 131';
        return this.#say(this.#isRanged ? '350 range of 132 bytes' : '504 no such range');
      case 'EPSV':
      case 'PASV':
        return this.#listen(verb);
      case 'CWD':
        if (this.#behaviour.tree.node(argument)?.kind !== 'folder') return this.#say('550 no such folder');
        this.#folder = argument;
        return this.#say('250 changed');
      case 'LIST':
        return this.#transfer((data) => writePages(data, this.#behaviour.tree, this.#folder, unixLine));
      case 'MLSD':
        return this.#listFacts(argument);
      case 'RETR':
        return this.#retrieve(argument, ranged);
      default:
        return this.#say('502 not here');
    }
  }

  #features(): string {
    const { lists, takesRange } = this.#behaviour;
    const features = [...(lists === 'facts' ? ['MLST type*;size*;modify*;perm*;'] : []), ...(takesRange ? ['RANG STREAM'] : []), 'UTF8'];
    return `211-Features:\r\n${features.map((line) => ` ${line}\r\n`).join('')}211 End`;
  }

  async #listen(verb: string): Promise<void> {
    const { passiveAddress } = this.#behaviour;
    if (verb === 'EPSV' && passiveAddress !== undefined) return this.#say('500 what?');
    this.#listener?.close();
    const listener = net.createServer();
    this.#listener = listener;
    this.#data = new Promise((resolve) => {
      listener.once('connection', (data: Socket) => {
        this.#open = data.on('error', () => undefined);
        listener.close();
        resolve(data);
      });
    });
    const host = this.#control.localAddress ?? '127.0.0.1';
    await new Promise<void>((resolve) => listener.listen(0, host, resolve));
    const { port } = listener.address() as net.AddressInfo;
    this.#say(verb === 'EPSV' ? `229 ok (|||${port}|)` : `227 ok (${(passiveAddress ?? host).replaceAll('.', ',')},${port >> 8},${port & 255})`);
  }

  #listFacts(path: string): Promise<void> | void {
    const { tree, writable = false, lists } = this.#behaviour;
    if (lists !== 'facts') return this.#say('500 what?');
    if (tree.node(path)?.kind !== 'folder') return this.#say('550 no such folder');
    return this.#transfer(async (data) => {
      data.write(`type=cdir;perm=${folderPerm(writable)}; .\r\n`);
      await writePages(data, tree, path, factsLine(writable));
    });
  }

  #retrieve(path: string, ranged: boolean): Promise<void> | void {
    const bytes = this.#behaviour.tree.firstBytes(path);
    if (!ranged) this.#log.violations.push('RETR of a whole file');
    if (!ranged || !bytes) return this.#say('550 no such file');
    return this.#transfer(async (data) => void data.write(bytes));
  }

  async #transfer(write: (data: Socket) => Promise<void>): Promise<void> {
    if (!this.#data) return this.#say('425 no data connection');
    this.#say('150 here it comes');
    const data = await this.#data;
    this.#data = undefined;
    await write(data);
    const isWhole = data.writable;
    data.end();
    this.#say(isWhole ? '226 Transfer complete' : '426 the caller left');
  }

  #say(reply: string): void {
    if (this.#control.writable) this.#control.write(`${reply}\r\n`);
  }
}

const folderPerm = (writable: boolean): string => (writable ? 'flcdmpe' : 'fle');

const factsLine =
  (writable: boolean) =>
  ({ name, kind, size, modified }: VirtualEntry): Uint8Array => {
    const time = new Date(modified).toISOString().replace(/[-:T]|\.\d+Z/g, '');
    const type = kind === 'folder' ? 'dir' : kind === 'link' ? 'OS.unix=symlink' : 'file';
    const perm = kind === 'folder' ? folderPerm(writable) : writable ? 'adfrw' : 'adfr';
    return Buffer.from(`modify=${time};perm=${perm};size=${size};type=${type}; ${name}\r\n`);
  };

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function unixLine({ name, kind, size, modified }: VirtualEntry): Uint8Array {
  const date = new Date(modified);
  const mode = kind === 'folder' ? 'drwxr-xr-x' : kind === 'link' ? 'lrwxrwxrwx' : '-rw-r--r--';
  const day = `${months[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2)}  ${date.getUTCFullYear()}`;
  return Buffer.from(`${mode}    1 0        0        ${String(size).padStart(12)} ${day} ${name}${kind === 'link' ? ' -> ..' : ''}\r\n`);
}
