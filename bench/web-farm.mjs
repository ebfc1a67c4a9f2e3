// A thousand web servers in one process, for the benchmarks: the sites of the simulated estate, in turn.
// Usage: node bench/web-farm.mjs 127.9.20 8081,8082,8083,8084
import net from 'node:net';
import { newDeviceLog } from '../dist/estate/device-log.js';
import { webDevices } from '../dist/estate/devices-web.js';
import { serveWeb } from '../dist/estate/web-device.js';

const [prefix = '127.9.20', portList = '8081,8082,8083,8084'] = process.argv.slice(2);
if (!prefix.startsWith('127.')) throw new Error('loopback only');
const sites = webDevices().filter(({ id }) => ['open-web-archive', 'portal-with-login', 'open-listing', 'soft-404'].includes(id));

const listening = [];
for (let host = 1; host <= 250; host += 1) {
  for (const port of portList.split(',')) {
    const { behaviour } = sites[listening.length % sites.length];
    const server = net.createServer({ noDelay: true }, (socket) => {
      socket.on('error', () => socket.destroy());
      serveWeb(socket, behaviour, newDeviceLog());
    });
    listening.push(new Promise((resolve, reject) => server.listen({ host: `${prefix}.${host}`, port: Number(port) }, resolve).on('error', reject)));
  }
}
await Promise.all(listening);
console.log(`${listening.length} web servers`);
