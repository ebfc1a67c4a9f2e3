// As many plain requests to the same servers as a scan sent, with nothing learnt from them: node:http over kept connections.
// Usage: node bench/web-loop.mjs PREFIX PORTS REQUESTS-PER-SERVER CONCURRENCY. Prints seconds.
import http from 'node:http';
import { endpoints } from './endpoints.mjs';

const [prefix, portList, each, concurrency] = process.argv.slice(2);
const waiting = endpoints(prefix, portList);

const get = (agent, { address, port }) =>
  new Promise((resolve, reject) => {
    http.get({ host: address, port, path: '/', agent }, (response) => response.resume().on('end', resolve)).on('error', reject);
  });

const startedAt = performance.now();
await Promise.all(
  Array.from({ length: Number(concurrency) }, async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
      for (let request = 0; request < Number(each); request += 1) await get(agent, next);
      agent.destroy();
    }
  }),
);
console.log((performance.now() - startedAt) / 1000);
