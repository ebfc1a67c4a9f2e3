// A population of DICOM devices for benchmarks: on every loopback address the listener of the wildcard answers as one of the simulated
// estate's devices that refuse a stranger something, the same one each time. A million endpoints without a million sockets.
// Usage: node bench/population.mjs PORT
import net from 'node:net';
import { newDeviceLog } from '../dist/estate/device-log.js';
import { closedDevices } from '../dist/estate/devices-closed.js';
import { serveDicom } from '../dist/estate/dicom-device.js';

const port = Number(process.argv[2] ?? 11112);
/** Without the one that needs a time-out, and without the one that holds a worklist. */
const odd = new Set(['garbled-echo', 'worklist-server']);
const devices = closedDevices().filter(({ id, behaviour }) => behaviour.speaks === 'dicom' && !odd.has(id));
const log = newDeviceLog();

const server = net.createServer((socket) => {
  const { localAddress } = socket;
  socket.on('error', () => socket.destroy());
  if (!localAddress?.startsWith('127.')) return socket.destroy(); // a wildcard listener is no service for the network
  socket.setNoDelay(true);
  const place = localAddress.split('.').reduce((sum, octet) => sum * 31 + Number(octet), 0);
  serveDicom(socket, devices[place % devices.length].behaviour, log);
});
server.listen({ host: '0.0.0.0', port, backlog: 511 }, () => console.log(`${devices.length} kinds of device`));
process.on('SIGTERM', () => {
  if (log.violations.length > 0) console.error(`violations: ${[...new Set(log.violations)].join(', ')}`);
  process.exit(log.violations.length > 0 ? 1 : 0);
});
