/** Opens the port and closes it again. Sends nothing. */
import { defineProbe } from '../../model/probe.js';
import { port } from './evidence.js';

export const portProbe = defineProbe({
  id: 'port',
  produces: port,
  ports: [],
  tried: 'anywhere',
  touch: 'connect',
  transports: ['plain'],
  async run(_target, dial) {
    const connection = await dial.open('plain');
    connection.close();
    return { open: true as const };
  },
});
