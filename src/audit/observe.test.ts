import { describe, expect, it } from 'vitest';
import { ConnectionFailure, NotThisProtocol } from '../model/connection.js';
import { evidenceKind } from '../model/evidence.js';
import { defineProbe, type ProbeTarget } from '../model/probe.js';
import { WireError } from '../model/wire.js';
import { observe } from './observe.js';

const target = { endpoint: { host: 'pacs.test', address: '127.0.0.9', port: 104 }, transport: 'plain', settings: {} } as unknown as ProbeTarget;
const colour = evidenceKind<{ colour: string }>('colour', 3);
const probeThat = (run: () => Promise<{ colour: string }>) =>
  defineProbe({ id: 'colour', produces: colour, ports: [], tried: 'anywhere', touch: 'handshake', transports: ['plain'], run });
const context = () => {
  let time = 100;
  return { now: () => (time += 10), dial: () => ({ open: () => Promise.reject(new Error('not dialled here')), pause: async () => undefined }) };
};

describe('observe', () => {
  it('keeps evidence with its kind, place, time and cost', async () => {
    const observation = await observe(
      probeThat(async () => ({ colour: 'red' })),
      target,
      context(),
    );
    expect(observation).toEqual({
      kind: 'colour',
      version: 3,
      endpoint: target.endpoint,
      transport: 'plain',
      at: 110,
      durationMs: 10,
      traffic: { connections: 0, messagesSent: 0, bytesSent: 0, bytesReceived: 0 },
      outcome: 'observed',
      evidence: { colour: 'red' },
    });
  });

  it.each([
    ['refused', new ConnectionFailure('refused', 'the port is closed'), { outcome: 'refused', portOpen: false, spoke: false }],
    ['silent after connecting', new ConnectionFailure('timed-out', 'no answer', { connected: true }), { outcome: 'timed-out', portOpen: true, spoke: false }],
    ['another protocol', new NotThisProtocol('http'), { outcome: 'not-this-protocol', portOpen: true, heard: 'http' }],
    ['malformed', new WireError('PDU-length', 2, 'too long'), { outcome: 'not-this-protocol', portOpen: true }],
  ])('turns a failure into an outcome: %s', async (_title, error, expected) => {
    expect(
      await observe(
        probeThat(() => Promise.reject(error)),
        target,
        context(),
      ),
    ).toMatchObject(expected);
  });

  it('keeps the name of a crash and not its message, which may hold what a peer said', async () => {
    const observation = await observe(
      probeThat(() => Promise.reject(new TypeError('cannot read Doe^Jane'))),
      target,
      context(),
    );
    expect(observation).toMatchObject({ outcome: 'crashed', detail: 'the probe failed: TypeError' });
  });
});
