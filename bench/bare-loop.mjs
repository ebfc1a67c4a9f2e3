// The floor: nothing but connect, one A-ASSOCIATE-RQ, the first bytes of the answer, close. Prints endpoints per second.
// Usage: node bench/bare-loop.mjs PREFIX PORTS ROUNDS CONCURRENCY
import net from 'node:net';
import { associateRequest } from '../dist/protocols/dicom/requests.js';
import { contextNames } from '../dist/protocols/dicom/wire/contexts.js';
import { encodePdu } from '../dist/protocols/dicom/wire/encode-pdu.js';
import { benchSettings, endpoints, rounds } from './endpoints.mjs';

const request = encodePdu(associateRequest(benchSettings, contextNames, null));
await rounds(
  process.argv.slice(2),
  async ({ address, port }) => {
    await new Promise((resolve) => {
      const socket = net.connect({ host: address, port, noDelay: true });
      socket.once('connect', () => socket.write(request));
      socket.once('data', () => {
        socket.destroy();
        resolve();
      });
      socket.once('error', resolve);
    });
  },
  endpoints,
);
