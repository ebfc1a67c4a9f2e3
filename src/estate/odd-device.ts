/** Peers on a DICOM port that are no DICOM devices. They answer just enough to be recognised and let nobody in. */
import type { Socket } from 'node:net';
import type { Behaviour } from './behaviour.js';

type OddBehaviour = Exclude<Behaviour['speaks'], 'dicom' | 'web' | 'smb' | 'nfs' | 'ftp-nas' | 'rsync'>;

const httpAnswer = 'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';
/** Starts with a byte that begins no PDU, no TLS record and no word. */
const noise = new Uint8Array(48).map((_, index) => (index * 89 + 0xf1) % 256);

export function serveOdd(socket: Socket, speaks: OddBehaviour): void {
  switch (speaks) {
    case 'http':
      socket.once('data', () => socket.end(httpAnswer));
      return;
    case 'ftp':
      socket.write('220 ready\r\n');
      socket.on('data', (chunk) => answerFtp(socket, chunk));
      return;
    case 'noise':
      socket.once('data', () => socket.end(noise));
      return;
    case 'nothing':
      socket.resume();
      return;
    case 'goodbye':
      socket.end();
      socket.resume();
  }
}

/** RFC 959 section 4.2: nobody logs in here, anonymous neither. */
function answerFtp(socket: Socket, chunk: Buffer): void {
  for (const line of chunk.toString('latin1').split('\r\n').slice(0, -1)) {
    if (/^QUIT/i.test(line)) return void socket.end('221 goodbye\r\n');
    socket.write(/^USER/i.test(line) ? '530 no anonymous login\r\n' : '530 please log in\r\n');
  }
}
