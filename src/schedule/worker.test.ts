import { describe, expect, it } from 'vitest';
import { ConnectionFailure } from '../model/connection.js';
import { evidenceKind } from '../model/evidence.js';
import type { Observation } from '../model/observation.js';
import { type AnyProbe, defineProbe, type ProbeSettings } from '../model/probe.js';
import { endpointsOf, type Job, memoryQueue } from './queue.js';
import { type WorkContext, work } from './worker.js';

const jobs = (count: number): readonly Job[] =>
  Array.from({ length: count }, (_, index) => ({ host: `h${index}`, address: `127.0.1.${index}`, ports: [104, 11112], touch: 'anonymous' }));

function lab(run: (host: string, port: number) => Promise<void> = async () => undefined) {
  const stored: Observation[][] = [];
  const service = defineProbe({
    id: 'colour',
    produces: evidenceKind('colour', 1),
    ports: [],
    tried: 'anywhere',
    touch: 'handshake',
    transports: ['plain'],
    async run({ endpoint }) {
      await run(endpoint.host, endpoint.port);
      return {};
    },
  }) as AnyProbe;
  const context: WorkContext = {
    settings: { touch: 'anonymous' } as ProbeSettings,
    instruments: { services: [service], port: service, tls: service },
    checks: [],
    kinds: [],
    observing: { now: () => 0, dial: () => ({ open: () => Promise.reject(new Error('not dialled here')), pause: async () => undefined }) },
    record: async (_job, endpoints) => void stored.push(endpoints.flatMap(({ record }) => [...record.observations])),
  };
  return { context, stored };
}

describe('work', () => {
  it('stores every endpoint once, the ports of a host together', async () => {
    const { context, stored } = lab();
    await work(memoryQueue(jobs(20)), context, 4);
    const names = stored.flat().map(({ endpoint }) => `${endpoint.host}:${endpoint.port}`);
    expect(names.toSorted()).toEqual(
      jobs(20)
        .flatMap(endpointsOf)
        .map(({ host, port }) => `${host}:${port}`)
        .toSorted(),
    );
    expect(stored.every((host) => new Set(host.map(({ endpoint }) => endpoint.host)).size === 1)).toBe(true);
  });

  it('never holds two conversations with one host', async () => {
    const talking = new Map<string, number>();
    let most = 0;
    const { context } = lab(async (host) => {
      talking.set(host, (talking.get(host) ?? 0) + 1);
      most = Math.max(most, talking.get(host) ?? 0);
      await new Promise((resolve) => setImmediate(resolve));
      talking.set(host, (talking.get(host) ?? 0) - 1);
    });
    await work(memoryQueue(jobs(10)), context, 8);
    expect(most).toBe(1);
  });

  it('speaks only to the open ports of a host with many', async () => {
    const spoken: number[] = [];
    const { context, stored } = lab(async (_, port) => void spoken.push(port));
    const port = defineProbe({
      ...(context.instruments.port as AnyProbe),
      produces: evidenceKind('port', 1),
      async run({ endpoint }) {
        if (endpoint.port % 2 === 0) throw new ConnectionFailure('refused', 'the port is closed');
        return { open: true };
      },
    }) as AnyProbe;
    const job: Job = { host: 'h', address: '127.0.1.1', ports: [1, 2, 3, 4, 5, 6, 7], touch: 'anonymous' };
    await work(memoryQueue([job]), { ...context, instruments: { ...context.instruments, port } }, 1);
    expect(spoken).toEqual([1, 3, 5, 7]);
    expect(stored.flat().map(({ kind, endpoint, outcome }) => `${kind} ${endpoint.port} ${outcome}`)).toEqual([
      'port 2 refused',
      'port 4 refused',
      'port 6 refused',
      'colour 1 observed',
      'colour 3 observed',
      'colour 5 observed',
      'colour 7 observed',
    ]);
  });

  it('stops when storing fails, and says why', async () => {
    const { context } = lab();
    let calls = 0;
    const record = async () => {
      calls += 1;
      if (calls === 3) throw new Error('disk full');
    };
    await expect(work(memoryQueue(jobs(100)), { ...context, record }, 2)).rejects.toThrow('disk full');
    expect(calls).toBeLessThan(10);
  });

  it('leaves out the host that was being asked when it was stopped', async () => {
    const stop = new AbortController();
    const { context, stored } = lab(async (host, port) => {
      if (host === 'h2' && port === 11112) stop.abort();
    });
    await work(memoryQueue(jobs(10)), { ...context, signal: stop.signal }, 1);
    expect(stored.map((host) => host.map(({ endpoint }) => `${endpoint.host}:${endpoint.port}`))).toEqual([
      ['h0:104', 'h0:11112'],
      ['h1:104', 'h1:11112'],
      ['h2:104'],
    ]);
  });
});
