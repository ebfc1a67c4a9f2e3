/**
 * Every behaviour of a hostile peer against every probe there is: each ends by itself, as an observation, within its bytes; the process stays
 * small; and a good device that is examined meanwhile is seen as if it were alone. A row that fails is a defect of a probe or of `net`.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { observe } from '../../src/audit/observe.js';
import type { Transport } from '../../src/model/connection.js';
import type { Observation } from '../../src/model/observation.js';
import type { AnyProbe } from '../../src/model/probe.js';
import { createDial, StopSwitch } from '../../src/net/dial.js';
import { type DialLimits, defaultLimits } from '../../src/net/limits.js';
import { dicomProbe } from '../../src/protocols/dicom/probe.js';
import { portProbe, probes, tlsProbe } from '../../src/protocols/index.js';
import { archiveBehaviours } from './matrix/archives.js';
import type { Behaviour } from './matrix/behaviour.js';
import { connectionBehaviours } from './matrix/connections.js';
import { greetingBehaviours } from './matrix/greetings.js';
import { lengthBehaviours } from './matrix/lengths.js';
import { hostilePeer } from './matrix/peer.js';
import { recordedBehaviours } from './matrix/recorded.js';
import { webBehaviours } from './matrix/web.js';
import { noTraffic, strangerSettings } from './probing.js';
import { archiveScript, studies } from './scripted-archive.js';
import { type ScriptedPeer, scriptedPeer } from './scripted-peer.js';

/** Small, so that the whole table takes seconds: what holds for them holds for the usual ones, which differ in nothing but size. */
const small: DialLimits = { connectMs: 2_000, answerMs: 150, totalMs: 800, probeMs: 2_000, receiveBytes: 1_000_000 };
/** The largest piece that one read of a socket gives. */
const oneRead = 65_536;
const mostConnections = 100;
const mostEvidence = 300_000;
const heapBound = 400 * 1024 * 1024;
/**
 * Milliseconds of this process's own processor time in one turn of the event loop, while which every other conversation stands still.
 * Not of the clock: what other programs do on the machine does not count. Many rows share a turn, which comes to 700 here; rules of a robots.txt
 * that were matched without a bound took 3,300. What is slow and below that, `npm run fuzz` tells.
 */
const longestTurn = 2_000;

const everyProbe: readonly AnyProbe[] = [...probes, tlsProbe, portProbe];

const behaviours = [...connectionBehaviours, ...greetingBehaviours, ...lengthBehaviours, ...webBehaviours, ...archiveBehaviours];

const dialling = (limits: DialLimits, stop: StopSwitch) => ({
  now: () => 0,
  dial: (target: { endpoint: Observation['endpoint'] }, traffic: Observation['traffic']) => {
    const dial = createDial(target.endpoint, { permit: () => undefined, limits, stop }, traffic);
    // Whatever port the peer names for data leads to the same peer: no other is contacted.
    return { ...dial, open: (transport: Transport) => dial.open(transport), pause: async () => undefined };
  },
});

async function meet(probe: AnyProbe, transport: Transport, behaviour: Behaviour, limits = small, stop = new StopSwitch()): Promise<Observation> {
  const peer = await hostilePeer(behaviour.serve, { insideTls: transport === 'tls' && !behaviour.beneathTls });
  try {
    return await observe(probe, { endpoint: peer.endpoint, transport, settings: strangerSettings }, dialling(limits, stop));
  } finally {
    await peer.stop();
  }
}

function byRecording(): [string, Behaviour[]][] {
  const groups = new Map<string, Behaviour[]>();
  for (const behaviour of recordedBehaviours()) {
    const name = behaviour.name.slice(0, behaviour.name.indexOf(':'));
    groups.set(name, [...(groups.get(name) ?? []), behaviour]);
  }
  return [...groups];
}

let goodDevice: ScriptedPeer;
let alone: object;
let heapBefore = 0;

let worstTurn = 0;
let turns: NodeJS.Timeout | undefined;

function watchTurns(): void {
  let before = process.cpuUsage();
  turns = setInterval(() => {
    const { user } = process.cpuUsage(before);
    before = process.cpuUsage();
    worstTurn = Math.max(worstTurn, user / 1_000);
  }, 5);
}

const heapNow = (): number => {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

/** What the probe of DICOM sees of a good archive, while whatever else goes on. It may wait for its turn: all peers live in this process too. */
async function seeGoodDevice(): Promise<object> {
  const target = { endpoint: goodDevice.endpoint, transport: 'plain' as const, settings: strangerSettings };
  const seen = await observe(dicomProbe, target, dialling({ ...defaultLimits, connectMs: 30_000, answerMs: 30_000 }, new StopSwitch()));
  // The farewell has two seconds of its own, which a machine with a dozen busy programs may not find; nothing is judged by it.
  return 'evidence' in seen ? { outcome: seen.outcome, evidence: { ...(seen.evidence as object), release: 'left out' } } : seen;
}

beforeAll(async () => {
  goodDevice = await scriptedPeer(archiveScript({ rows: { studies: studies(3) } }));
  alone = await seeGoodDevice();
  expect(alone).toMatchObject({ outcome: 'observed', evidence: { query: { answer: 'success' } } });
  heapBefore = heapNow();
  watchTurns();
});
afterAll(async () => {
  clearInterval(turns);
  await goodDevice?.stop();
  expect(worstTurn).toBeLessThan(longestTurn);
});

/** What holds for every probe and every peer. */
function expectBounded(name: string, observation: Observation): void {
  const { traffic } = observation;
  expect(observation.outcome, name).not.toBe('crashed');
  expect(traffic.connections, `${name}: connections`).toBeLessThanOrEqual(mostConnections);
  expect(traffic.bytesReceived, `${name}: bytes`).toBeLessThanOrEqual(traffic.connections * (small.receiveBytes + oneRead));
  expect(JSON.stringify(observation).length, `${name}: evidence`).toBeLessThanOrEqual(mostEvidence);
  expect(heapNow() - heapBefore, `${name}: memory`).toBeLessThanOrEqual(heapBound);
}

it('is a table of at least 60 behaviours, each with a name of its own', () => {
  expect(new Set(behaviours.map(({ name }) => name)).size).toBe(behaviours.length);
  expect(behaviours.length).toBeGreaterThanOrEqual(60);
});

it.each(['plain', 'tls'] as const)('can reset a connection over %s', async (transport) => {
  const peer = await hostilePeer(({ socket, reset }) => void socket.once('data', reset), { insideTls: transport === 'tls' });
  const dial = createDial(peer.endpoint, { permit: () => undefined, limits: defaultLimits, stop: new StopSwitch() }, noTraffic());
  const connection = await dial.open(transport);
  await connection.send(Uint8Array.of(1));
  await expect(connection.receive(() => undefined)).rejects.toThrow('(reset)');
  await peer.stop();
});

describe.concurrent('a peer that', () => {
  it.each(behaviours)('$name', async (behaviour) => {
    const met = everyProbe.filter(({ id }) => behaviour.only === undefined || behaviour.only === id);
    const pairs = met.flatMap((probe) => probe.transports.map((transport) => ({ probe, transport })));
    const [good, ...observations] = await Promise.all([seeGoodDevice(), ...pairs.map(({ probe, transport }) => meet(probe, transport, behaviour))]);
    for (const [index, { probe, transport }] of pairs.entries()) expectBounded(`${probe.id} over ${transport}`, observations[index] as Observation);
    expect(good).toEqual(alone);
  });
});

describe.concurrent('a peer that behaves as recorded and then', () => {
  it.each(byRecording())('%s', async (_, steps) => {
    const probe = everyProbe.find(({ id }) => id === steps[0]?.only);
    if (!probe) throw new Error('cassettes of a protocol without a probe');
    await Promise.all(steps.map(async (behaviour) => expectBounded(behaviour.name, await meet(probe, probe.transports[0] as Transport, behaviour))));
  });
});

describe('a peer that holds its caller', () => {
  it.each(connectionBehaviours.filter(({ name }) => name.startsWith('is silent')))('and $name costs the others nothing', async (behaviour) => {
    const abort = new AbortController();
    const hour = 3_600_000;
    const patient: DialLimits = { ...small, answerMs: hour, totalMs: hour, probeMs: hour };
    let held = 0;
    const holding = everyProbe.map(async (probe) => {
      held += 1;
      await meet(probe, probe.transports[0] as Transport, behaviour, patient, new StopSwitch(abort.signal));
      held -= 1;
    });
    expect(await seeGoodDevice()).toEqual(alone);
    expect(held).toBeGreaterThanOrEqual(1);
    abort.abort();
    await Promise.all(holding);
  });
});
