// The floor for a whole scan: connect, one A-ASSOCIATE-RQ, its answer, A-RELEASE-RQ, its answer, close; nothing decoded, judged or stored.
// Prints the seconds it took. Usage: node bench/bare-associate.mjs FIRST-ADDRESS COUNT PORT CONCURRENCY
import net from 'node:net';
import { associateRequest } from '../dist/protocols/dicom/requests.js';
import { contextNames } from '../dist/protocols/dicom/wire/contexts.js';
import { encodePdu } from '../dist/protocols/dicom/wire/encode-pdu.js';
import { benchSettings } from './endpoints.mjs';

const [first, count, port, concurrency] = process.argv.slice(2);
const request = encodePdu(associateRequest(benchSettings, contextNames, null));
const release = encodePdu({ type: 'release-request' });
const start = first.split('.').reduce((value, octet) => value * 256 + Number(octet), 0);
const address = (index) => [24, 16, 8, 0].map((shift) => ((start + index) >>> shift) & 255).join('.');

let next = 0;
const startedAt = performance.now();
await Promise.all(
  Array.from({ length: Number(concurrency) }, async () => {
    while (next < Number(count)) await talk(address(next++));
  }),
);
console.log(((performance.now() - startedAt) / 1000).toFixed(3));

function talk(host) {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port: Number(port), noDelay: true });
    let answers = 0;
    socket.once('connect', () => socket.write(request));
    socket.on('data', () => {
      answers += 1;
      if (answers === 1) socket.write(release);
      else socket.destroy();
    });
    socket.once('error', () => socket.destroy());
    socket.once('close', resolve);
  });
}
