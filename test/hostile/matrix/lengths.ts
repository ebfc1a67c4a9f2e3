/** Lengths and counts that lie, per protocol: each would have a naive reader allocate, wait or loop. */
import { type Behaviour, bytes, endless, hex, say, toEverything } from './behaviour.js';

/** Echoes the number of the call, as ONC RPC wants it (RFC 5531 section 9): the reply is then looked at. */
const rpcReply = (rest: string) => (heard: Buffer) => {
  const body = Buffer.concat([heard.subarray(4, 8), hex(rest)]);
  const mark = Buffer.alloc(4);
  mark.writeUInt32BE(0x80000000 + body.length);
  return Buffer.concat([mark, body]);
};
const rpcSuccess = '00000001 00000000 00000000 00000000 00000000';

/** An SMB 2 answer with the command and the number of the request, and a body that lies. */
const smb2Answer = (body: string) => (heard: Buffer) => {
  const header = Buffer.alloc(64);
  hex('fe534d4240000000').copy(header);
  heard.copy(header, 12, 16, 18); // command
  header.writeUInt16LE(16, 14); // credits
  header.writeUInt32LE(1, 16); // from the server
  heard.copy(header, 24, 28, 36); // message number
  const message = Buffer.concat([header, hex(body)]);
  const frame = Buffer.alloc(4);
  frame.writeUInt32BE(message.length);
  return Buffer.concat([frame, message]);
};

/** An association accepted with these items (PS3.8 section 9.3.3). */
const accepted = (items: string) => {
  const body = hex(items);
  const head = Buffer.alloc(74, 0x20);
  hex('0200').copy(head);
  header(head, 68 + body.length);
  hex('00010000').copy(head, 6);
  return Buffer.concat([head, body]);
};
const header = (head: Buffer, length: number) => head.writeUInt32BE(length, 2);

const answers: readonly (readonly [string, Uint8Array | string | ((heard: Buffer) => Uint8Array)])[] = [
  ['a PDU of four gigabytes', hex('0200ffffffff')],
  ['a PDU of no length', hex('040000000000')],
  ['an acceptance shorter than its fields', hex('020000000004 00010000')],
  ['an item longer than its PDU', accepted('1000ffff 31')],
  ['a context without a syntax', accepted('21000004 01000000')],
  ['user information that ends early', accepted('50000008 51000004 0000')],
  ['a largest PDU of nothing', accepted('50000008 51000004 00000000')],
  ['a value longer than its PDU', Buffer.concat([accepted('50000008 51000004 00004000'), hex('040000000006 ffffffff 0103')])],
  ['a value of no length', Buffer.concat([accepted('50000008 51000004 00004000'), hex('040000000004 00000000')])],
  ['a status line of a megabyte', `HTTP/1.1 200 ${'x'.repeat(900_000)}\r\n\r\n`],
  ['a head of a megabyte', `HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(150_000)}\r\n`],
  ['a body of a petabyte', 'HTTP/1.1 200 OK\r\ncontent-length: 999999999999999\r\n\r\n<html>'],
  ['a body of minus one', 'HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n<html>'],
  ['a body of a length that is no number', 'HTTP/1.1 200 OK\r\ncontent-length: 1e400\r\n\r\n<html>'],
  ['a chunk of four gigabytes', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nffffffff\r\nx'],
  ['a chunk with a length of a page', `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${'f'.repeat(70_000)}\r\nx`],
  ['a chunk with an extension of a page', `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1;${'x'.repeat(70_000)}\r\nx`],
  ['a reply of a megabyte', `220 ${'x'.repeat(900_000)}\r\n`],
  ['a reply of a hundred thousand lines', `220-x\r\n${'220-x\r\n'.repeat(100_000)}220 x\r\n`],
  ['a passive port of another address', '227 Entering Passive Mode (192,0,2,1,255,255)\r\n'],
  ['an SMB frame of 16 megabytes', hex('00ffffff fe534d42')],
  ['an SMB frame of nothing', hex('00000000')],
  ['an SMB answer that points behind itself', smb2Answer(`4100 0100 ffff 0000 ${'ff'.repeat(57)}`)],
  ['an SMB answer that is chained to its own body', (heard) => chained(smb2Answer(`4100 0100 1103 0100${'00'.repeat(58)}`)(heard), 64)],
  ['an SMB answer that is chained to its own header', (heard) => chained(smb2Answer(`4100${'00'.repeat(62)}`)(heard), 1)],
  ['an SMB answer with contexts that never end', smb2Answer(`4100 0100 1103 ffff${'00'.repeat(16)}${'00'.repeat(36)} 8000 0000 80000000 0100 0000 00000000`)],
  ['an RPC record of two gigabytes', hex('ffffffff 0d050001')],
  ['an RPC record of fragments of nothing', hex('00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 80000000')],
  ['an RPC reply with a verifier of four gigabytes', rpcReply('00000001 00000000 00000000 ffffffff 00000000')],
  ['an RPC reply with four billion results', rpcReply(`${rpcSuccess} ffffffff ffffffff ffffffff`)],
  ['an RPC list whose every entry says that another follows', rpcReply(`${rpcSuccess} ${'00000001'.repeat(2_000)}`)],
  ['an RPC reply of zeros', rpcReply(`${rpcSuccess} ${'00000000'.repeat(500)}`)],
  ['an RPC reply to a call of nobody', hex('80000018 ffffffff 00000001 00000000 00000000 00000000 00000000')],
  ['a TLS record longer than it may be', hex('160303ffff 0200ffff 0303')],
  ['a TLS message of 16 megabytes', hex('1603034000 02ffffff 0303')],
  ['a TLS session of nothing', hex('1603030004 02000000')],
  ['certificates that lie about their length', hex('1603030010 0b00000c ffffff ffffff 300000000000')],
  ['an rsync line of a megabyte', `@RSYNCD: ${'3'.repeat(900_000)}\n`],
];

/** Sets `NextCommand`, at byte 20 of the header. */
function chained(frame: Buffer, next: number): Buffer {
  frame.writeUInt32LE(next, 4 + 20);
  return frame;
}

const withoutEnd: readonly Behaviour[] = [
  { name: 'fragments of nothing for ever', serve: endless(hex('00000000')) },
  { name: 'fragments of one byte for ever', serve: endless(hex('0000000100')) },
  { name: 'headers for ever', serve: (line) => void line.socket.once('data', () => endless('x: y\r\n', 'HTTP/1.1 200 OK\r\n')(line)) },
  {
    name: 'chunks of one byte for ever',
    serve: (line) => void line.socket.once('data', () => endless('1\r\nx\r\n', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n')(line)),
  },
  { name: 'SMB keep-alives for ever', serve: endless(hex('85000000')) },
  {
    name: 'SMB interim answers for ever',
    serve: (line) =>
      void line.socket.once('data', (heard: Buffer) => {
        const interim = smb2Answer('0900 0000 00000000 00')(heard);
        interim.writeUInt32LE(0x103, 4 + 8);
        interim.writeUInt32LE(3, 4 + 16);
        endless(interim)(line);
      }),
  },
  {
    name: 'DICOM values of nothing for ever',
    serve: (line) => void line.socket.once('data', () => endless(hex('040000000006 00000002 0100'), accepted('50000008 51000004 00004000'))(line)),
  },
  {
    name: 'DICOM acceptances for ever',
    serve: (line) => void line.socket.once('data', () => endless(accepted('21000008 01000000 40000000'))(line)),
  },
  { name: 'TLS warnings for ever', serve: endless(hex('15030300020164')), beneathTls: true },
  { name: 'empty TLS records for ever', serve: endless(hex('1603030000')), beneathTls: true },
  { name: 'TLS requests to begin again for ever', serve: endless(hex('160303000400000000')), beneathTls: true },
];

export const lengthBehaviours: readonly Behaviour[] = [
  ...answers.map(([name, what]) => ({ name: `answers with ${name}`, serve: typeof what === 'function' ? smart(what) : toEverything(what) })),
  ...answers
    .filter(([, what]) => typeof what !== 'function')
    .map(([name, what]) => ({ name: `sends first of all ${name}`, serve: first(what as string | Uint8Array) })),
  ...withoutEnd.map((behaviour) => ({ ...behaviour, name: `sends ${behaviour.name}` })),
];

function first(what: string | Uint8Array): Behaviour['serve'] {
  return ({ socket }) => say(socket.resume(), typeof what === 'string' ? bytes(what) : what);
}

/** Needs enough of a request to answer with its number. */
function smart(what: (heard: Buffer) => Uint8Array): Behaviour['serve'] {
  return toEverything((heard) => (heard.length < 40 ? Buffer.alloc(0) : what(heard)));
}
