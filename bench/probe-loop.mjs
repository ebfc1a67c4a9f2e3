// The whole DICOM probe through dial, codec and limits, against the same responders. Prints endpoints per second.
// Usage: node bench/probe-loop.mjs PREFIX PORTS ROUNDS CONCURRENCY [TOUCH]
import { createDial, StopSwitch } from '../dist/net/dial.js';
import { defaultLimits } from '../dist/net/limits.js';
import { dicomProbe } from '../dist/protocols/dicom/probe.js';
import { benchSettings, endpoints, rounds } from './endpoints.mjs';

const settings = { ...benchSettings, touch: process.argv[6] ?? 'handshake' };
const stop = new StopSwitch();
await rounds(
  process.argv.slice(2),
  async (endpoint) => {
    const traffic = { connections: 0, messagesSent: 0, bytesSent: 0, bytesReceived: 0 };
    const dial = createDial(endpoint, { permit: () => undefined, limits: defaultLimits, stop }, traffic);
    await dicomProbe.run({ endpoint, transport: 'plain', settings }, dial);
  },
  endpoints,
);
