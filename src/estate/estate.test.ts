import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectTrueExposure } from '../../test/fixtures/true-exposure.js';
import { measure } from '../audit/measure.js';
import { observe } from '../audit/observe.js';
import type { Dial } from '../model/connection.js';
import type { Observation } from '../model/observation.js';
import type { AnyProbe, ProbeTarget } from '../model/probe.js';
import { createDial, StopSwitch } from '../net/dial.js';
import { defaultLimits } from '../net/limits.js';
import { dicom } from '../protocols/dicom/evidence.js';
import { dicomProbe } from '../protocols/dicom/probe.js';
import { ftp } from '../protocols/ftp/evidence.js';
import { ftpProbe } from '../protocols/ftp/probe.js';
import { http } from '../protocols/http/evidence.js';
import { httpProbe } from '../protocols/http/probe.js';
import { nfs } from '../protocols/nfs/evidence.js';
import { nfsProbe } from '../protocols/nfs/probe.js';
import { rsync } from '../protocols/rsync/evidence.js';
import { rsyncProbe } from '../protocols/rsync/probe.js';
import { smb } from '../protocols/smb/evidence.js';
import { smbProbe } from '../protocols/smb/probe.js';
import type { Behaviour } from './behaviour.js';
import { canaryBirthDate, canaryStem } from './canary.js';
import { describeEstate } from './describe.js';
import { estateDevices } from './devices.js';
import { hugeArchive } from './devices-large.js';
import { type Estate, type RunningDevice, startEstate } from './estate.js';
import { truthBudget } from './truth.js';

let estate: Estate;
beforeAll(async () => {
  estate = await startEstate({ addressPrefix: '127.77.201' });
});
afterAll(() => estate.stop());

/** Waits for the silent device a little only, and does not wait for the busy one. */
const limits = { ...defaultLimits, answerMs: 1_000 };

function target({ spec, host, port }: RunningDevice): ProbeTarget {
  return {
    endpoint: { host, address: host, port },
    transport: spec.tls ? 'tls' : 'plain',
    settings: {
      touch: 'anonymous',
      callingAeTitle: null,
      calledAeTitle: null,
      implementationVersionName: 'DOSIMETER_TEST',
      nonce: 'T3ST00',
      responseBudget: truthBudget.all,
      entryBudget: 5_000,
      seed: 1,
      sample: true,
    },
  };
}

const probesOf: Readonly<Partial<Record<Behaviour['speaks'], AnyProbe>>> = {
  web: httpProbe,
  smb: smbProbe,
  nfs: nfsProbe,
  'ftp-nas': ftpProbe,
  ftp: ftpProbe,
  rsync: rsyncProbe,
};

function scan(device: RunningDevice): Promise<Observation> {
  const dial = (asked: ProbeTarget, traffic: Observation['traffic']): Dial => ({
    open: createDial(asked.endpoint, { permit: () => undefined, limits, stop: new StopSwitch() }, traffic).open,
    pause: async () => undefined,
  });
  return observe(probesOf[device.spec.behaviour.speaks] ?? dicomProbe, target(device), { dial, now: () => 0 });
}

const running = (id: string): RunningDevice => {
  const device = estate.devices.find((entry) => entry.spec.id === id);
  if (!device) throw new Error(`no device ${id}`);
  return device;
};

const oddPeers = new Set(['garbled-echo', 'noise', 'silent', 'goodbye', 'http-server', 'ftp-server']);
const ids = estateDevices().map(({ id }) => id);

describe('every device, asked over real sockets', () => {
  it.each(ids)('%s says what is true of it', async (id) => {
    const device = running(id);
    const observation = await scan(device);
    const measured = measure([dicom, http, smb, nfs, ftp, rsync], [observation]);
    const { truth } = device.spec;
    expectTrueExposure(measured.exposure, truth);
    expect(measured.rights).toEqual(truth.rights);
    // A TLS port that wants a client certificate is the TLS probe's to name.
    if (truth.service !== 'tls') expect(measured.service).toBe(truth.service);
    expect(JSON.stringify(observation)).not.toContain(canaryStem);
    expect(JSON.stringify(observation)).not.toContain(canaryBirthDate);

    const { log } = device;
    expect(log.violations).toEqual([]);
    expect([log.store, log.get, log.move, log.other]).toEqual([0, 0, 0, 0]);
    if (oddPeers.has(id)) return;
    // The last bytes of the device and of the caller cross: the release is counted once it has arrived.
    const ends = { accepted: log.accepted, released: log.released, aborted: log.aborted, abortedByDevice: log.abortedByDevice, brokenOff: log.brokenOff };
    const abortedOnPurpose = id === 'query-aborted' ? 1 : 0;
    expect(ends).toEqual({ accepted: log.accepted, released: log.accepted - abortedOnPurpose, aborted: 0, abortedByDevice: abortedOnPurpose, brokenOff: 0 });
  });

  it('was let in where the policy says so, and only there', async () => {
    const accepted = Object.fromEntries(estate.devices.filter(({ spec }) => spec.behaviour.speaks === 'dicom').map(({ spec, log }) => [spec.id, log.accepted]));
    for (const id of ['caller-checked', 'called-checked', 'peer-table', 'identity-required', 'mutual-tls-archive']) expect(accepted[id], id).toBe(0);
    expect(Object.values(accepted).filter((count) => count > 0)).toHaveLength(Object.keys(accepted).length - 5);
    expect(running('busy-archive').log).toMatchObject({ rejected: 1, accepted: 1 });
    expect(running('garbled-echo').log).toMatchObject({ echo: 1, find: 0, accepted: 2, released: 1 });
  });
});

describe('counting', () => {
  it('costs an archive of five million studies at most the budget, and what it says is true', async () => {
    const huge = await startEstate({ devices: [hugeArchive()], addressPrefix: '127.77.204' });
    const [device] = huge.devices;
    if (!device) throw new Error('no device');
    const observation = await scan(device).finally(() => huge.stop());
    expectTrueExposure(measure([dicom], [observation]).exposure, device.spec.truth);
    const { rows, find, cancel, connections } = device.log;
    expect(rows + find).toBeLessThanOrEqual(truthBudget.all);
    expect(find).toBeLessThan(700);
    expect(cancel).toBeLessThan(60);
    expect(connections).toBe(1);
  });

  it.each(['open-archive', 'busy-archive', 'teaching-files'])('takes two queries of %s, besides the one for nothing and that for one record', (id) => {
    expect(running(id).log.find).toBe(4);
  });
});

describe('the estate', () => {
  it('gives every device a name and an address of its own', () => {
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(estate.targets).size).toBe(ids.length);
    expect(estate.targets.every((text) => text.startsWith('127.'))).toBe(true);
    expect(estate.ports).toEqual([...new Set(estate.ports)].sort((a, b) => a - b));
  });

  it('describes itself in one line a device', () => {
    const lines = describeEstate(estate).split('\n');
    expect(lines).toHaveLength(ids.length);
    expect(lines.find((line) => line.includes(running('mutual-tls-archive').host))).toMatch(/ tls {2}archive over TLS that asks/);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(120);
  });

  it('goes to 127.0.0.1 and high ports where the usual addresses are taken', async () => {
    const spec = running('silent').spec;
    const first = await startEstate({ devices: [spec], addressPrefix: '127.77.202' });
    const second = await startEstate({ devices: [spec], addressPrefix: '127.77.202' });
    const third = await startEstate({ devices: [spec], addressPrefix: '127.77.202', basePort: 21_340 });
    const fourth = await startEstate({ devices: [spec], addressPrefix: '127.77.202', basePort: 21_340 });
    await Promise.all([first, second, third, fourth].map((one) => one.stop()));
    expect(second.targets).toEqual(['127.77.202.1:11112']);
    expect(third.targets).toEqual(['127.0.0.1:21340']);
    expect(fourth.targets[0]).toMatch(/^127\.0\.0\.1:[0-9]+$/);
  });

  it('listens on loopback only', async () => {
    await expect(startEstate({ devices: [running('silent').spec], addressPrefix: '192.0.2' })).rejects.toThrow(/not loopback/);
  });

  it('leaves no listener, socket or timer behind', async () => {
    const resources = () => process.getActiveResourcesInfo().filter((name) => /TCP|TLS|Timeout/.test(name)).length;
    const before = resources();
    const short = await startEstate({ addressPrefix: '127.77.203' });
    const silent = short.devices.find(({ spec }) => spec.id === 'silent');
    const hanging = silent && scan(silent);
    expect(resources()).toBeGreaterThan(before);
    await short.stop();
    await hanging;
    await new Promise((resolve) => setImmediate(resolve));
    expect(resources()).toBeLessThanOrEqual(before);
  });
});
