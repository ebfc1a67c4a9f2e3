/** NFS servers that are broken or mean it: each conversation ends in bounded time and memory, and each ends as an observation with what was learnt. */
import type net from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { observe } from '../../src/audit/observe.js';
import type { NfsBehaviour } from '../../src/estate/behaviour.js';
import { canaryStem } from '../../src/estate/canary.js';
import { newDeviceLog } from '../../src/estate/device-log.js';
import { hostileFolder, smallFolder } from '../../src/estate/nas-trees.js';
import { answerCall } from '../../src/estate/nfs-device.js';
import { virtualTree } from '../../src/estate/virtual-tree.js';
import type { Dial } from '../../src/model/connection.js';
import type { Observation } from '../../src/model/observation.js';
import type { ProbeSettings } from '../../src/model/probe.js';
import type { NfsEvidence } from '../../src/protocols/nfs/evidence.js';
import { nfsProbe } from '../../src/protocols/nfs/probe.js';
import { mountd } from '../../src/protocols/nfs/wire/mount.js';
import { nfs3 } from '../../src/protocols/nfs/wire/nfs3.js';
import { nfs4, operationNumbers } from '../../src/protocols/nfs/wire/nfs4.js';
import { wantedAttributes } from '../../src/protocols/nfs/wire/nfs4-attributes.js';
import { portmapper } from '../../src/protocols/nfs/wire/portmap.js';
import { decodeRecord, encodeRecord } from '../../src/protocols/nfs/wire/record.js';
import { XdrReader, XdrWriter } from '../../src/protocols/nfs/wire/xdr.js';
import { type NfsPeer, type NfsPeerOptions, nfsPeer, type ServeSocket } from './nfs-peer.js';
import { strangerSettings } from './probing.js';

const hasty = { connectMs: 2_000, answerMs: 300, totalMs: 4_000 };
let peer: NfsPeer;
afterEach(() => peer.stop());

interface Call {
  readonly xid: number;
  readonly program: number;
  readonly version: number;
  readonly procedure: number;
  /** The call was one of this program and procedure. */
  is(program: { readonly program: number; readonly version?: number }, procedure: number): boolean;
  /** Which call of the connection, from 1. */
  readonly number: number;
  /** XDR. */
  readonly parameters: Uint8Array;
  /** What the estate's server would say, without its record mark. */
  usual(): Uint8Array;
}

/** What is sent instead: the bytes of a record, raw bytes as they are, or nothing. `undefined`: what is usual. */
type Twist = (call: Call, socket: net.Socket) => Uint8Array | { readonly raw: Uint8Array } | 'silence' | undefined;

const good: NfsBehaviour = { speaks: 'nfs', versions: [3, 4], exports: [{ path: '/srv/imaging', tree: virtualTree(smallFolder) }] };

function twisted(twist: Twist, behaviour: NfsBehaviour = good): (socket: net.Socket, sourcePort: number) => void {
  return (socket, sourcePort) => {
    let pending: Uint8Array = new Uint8Array(0);
    let number = 0;
    socket.on('data', (chunk: Uint8Array) => {
      pending = Buffer.concat([pending, chunk]);
      for (let record = decodeRecord(pending, 65_536); record; record = decodeRecord(pending, 65_536)) {
        pending = pending.subarray(record.consumed);
        number += 1;
        const { message } = record;
        const reader = new XdrReader(message);
        const xid = reader.uint32('xid');
        reader.fixed('msg_type and rpcvers', 8);
        const [program, version, procedure] = [reader.uint32('prog'), reader.uint32('vers'), reader.uint32('proc')];
        reader.uint32('flavor');
        reader.skipOpaque('credential', 400);
        reader.fixed('verifier', 8);
        const call: Call = {
          parameters: message.slice(reader.offset),
          xid,
          program,
          version,
          procedure,
          number,
          is: (which, called) => which.program === program && (which.version ?? version) === version && called === procedure,
          usual: () => answerCall(message, behaviour, sourcePort, newDeviceLog()),
        };
        const answer = twist(call, socket);
        if (answer === 'silence' || socket.destroyed) continue;
        socket.write(answer === undefined ? encodeRecord(call.usual()) : 'raw' in answer ? answer.raw : encodeRecord(answer));
      }
    });
  };
}

/** An accepted reply. */
const accepted = (xid: number, ...results: readonly number[]): XdrWriter => new XdrWriter().uint32(xid, 1, 0, 0, 0, 0, ...results);

type Options = NfsPeerOptions & { readonly behaviour?: NfsBehaviour };

const probe = (twist: Twist, { behaviour, ...options }: Options = {}, more: Partial<ProbeSettings> = {}) => probeRaw(twisted(twist, behaviour), options, more);

async function probeRaw(serve: ServeSocket, options: NfsPeerOptions = {}, more: Partial<ProbeSettings> = {}) {
  peer = await nfsPeer(serve, { limits: hasty, ...options });
  const target = { endpoint: peer.endpoint, transport: 'plain' as const, settings: { ...strangerSettings, ...more } };
  const observation: Observation = await observe(nfsProbe, target, { dial: () => peer.dial, now: () => 0 });
  expect(observation.outcome).not.toBe('crashed');
  expect(JSON.stringify(observation)).not.toContain(canaryStem);
  return { observation, evidence: observation.outcome === 'observed' ? (observation.evidence as NfsEvidence) : undefined };
}

describe('before anything was learnt', () => {
  it.each<[string, (socket: net.Socket) => void, string]>([
    ['silence', () => undefined, 'timed-out'],
    ['a reset', (socket) => socket.once('data', () => socket.resetAndDestroy()), 'closed'],
    ['another protocol', (socket) => socket.write('SSH-2.0-OpenSSH_9.9\r\n'), 'not-this-protocol'],
    ['a record of 2 GiB', (socket) => socket.write(Uint8Array.of(0xff, 0xff, 0xff, 0xff)), 'not-this-protocol'],
    ['empty fragments without end', (socket) => socket.write(new Uint8Array(4_000)), 'not-this-protocol'],
    ['a call instead of a reply', (socket) => socket.write(encodeRecord(new XdrWriter().uint32(1, 0, 2, 3, 4, 5).finish())), 'not-this-protocol'],
    ['one byte, and then another', (socket) => void socket.write(Uint8Array.of(0x80)), 'timed-out'],
  ])('%s', async (_, serve, outcome) => {
    expect((await probeRaw(serve)).observation.outcome).toBe(outcome);
  });

  it('replies to calls that were never made', async () => {
    const { observation } = await probe(({ xid }) => ({ raw: Buffer.concat(Array.from({ length: 50 }, () => encodeRecord(accepted(xid + 9_999).finish()))) }));
    expect(observation.outcome).toBe('not-this-protocol');
  });
});

describe('at every step', () => {
  /** Each breaks off the connection in which the call with this number is made. */
  const endings: readonly [string, (call: Call, socket: net.Socket) => ReturnType<Twist>][] = [
    ['a reset', (_, socket) => socket.resetAndDestroy() && 'silence'],
    ['silence', () => 'silence'],
    ['an empty record', () => new Uint8Array(0)],
    ['half an answer', (call) => ({ raw: encodeRecord(call.usual()).subarray(0, 20) })],
    ['an answer with its end cut off', (call) => call.usual().subarray(0, 32)],
    [
      'an answer with 4 GiB in every length',
      (call) =>
        new XdrWriter()
          .fixed(call.usual().subarray(0, 24))
          .uint32(...new Array(20).fill(0xffffffff))
          .finish(),
    ],
    ['a refusal of the credential', ({ xid }) => new XdrWriter().uint32(xid, 1, 1, 1, 5).finish()],
    ['a system error', ({ xid }) => new XdrWriter().uint32(xid, 1, 0, 0, 0, 5).finish()],
  ];

  it.each(endings)('%s in place of an answer to what a greeting is followed by', async (_, ending) => {
    const { evidence } = await probe((call, socket) => (call.number === 2 ? ending(call, socket) : undefined));
    expect(evidence).toMatchObject({ role: 'nfs', versions: { '3': 'offered' } });
  });

  it.each(endings)('%s in place of every answer of MOUNT', async (_, ending) => {
    const { evidence } = await probe((call, socket) => (call.is(mountd, call.procedure) ? ending(call, socket) : undefined));
    expect(evidence).toMatchObject({ versions: { '4.2': 'offered' }, pseudoTree: 'answered', shares: [{ over: 'nfs4', access: 'open' }] });
  });

  it.each(endings)('%s in place of every ACCESS', async (_, ending) => {
    const { evidence } = await probe((call, socket) => (call.is(nfs3, nfs3.procedures.access) && call.version === 3 ? ending(call, socket) : undefined));
    expect(evidence?.shares[0]).toMatchObject({ over: 'nfs3', content: null });
    expect(evidence?.shares[0]?.access).not.toBe('open');
  });

  it.each(endings)('%s in place of the second listing', async (_, ending) => {
    let listings = 0;
    const { evidence } = await probe((call, socket) => {
      if (call.is(nfs3, nfs3.procedures.readdirplus) && call.version === 3) listings += 1;
      return listings === 2 && call.version === 3 ? ending(call, socket) : undefined;
    });
    expect(evidence?.shares[0]).toMatchObject({ over: 'nfs3', access: 'open', rights: { read: 'yes', create: 'no' } });
  });

  it.each(endings)('%s in place of every compound', async (_, ending) => {
    const { evidence } = await probe((call, socket) => (call.is(nfs4, nfs4.procedures.compound) && call.version === 4 ? ending(call, socket) : undefined));
    expect(evidence).toMatchObject({ versions: { '3': 'offered' }, exportList: 'answered', shares: [{ access: 'open' }] });
  });
});

describe('answers that never end', () => {
  /** A page of a listing with `names`, from `cookie` on, and no end. */
  const page = (xid: number, cookie: number, names: readonly string[]): Uint8Array => {
    const writer = accepted(xid, 0, 0, 0, 0);
    for (const [index, name] of names.entries())
      writer
        .uint32(1)
        .uint64(1n)
        .text(name)
        .uint64(BigInt(cookie + index))
        .uint32(0, 1)
        .opaque(Uint8Array.of(1, 2, 3, 4));
    return writer.uint32(0, 0).finish();
  };

  it.each<[string, readonly string[]]>([
    ['new names', Array.from({ length: 100 }, (_, index) => `IM${index}`)],
    ['the same name', ['a.dcm']],
    ['itself and its parent', ['.', '..']],
    ['nothing', []],
  ])('a listing of %s', async (_, names) => {
    const { evidence } = await probe(
      (call) => (call.is(nfs3, nfs3.procedures.readdirplus) && call.version === 3 ? page(call.xid, 1, names) : undefined),
      {},
      { entryBudget: 500 },
    );
    expect(evidence?.shares[0]).toMatchObject({ access: 'open' });
    expect(evidence?.shares[0]?.content?.cost.entries ?? 0).toBeLessThan(1_000);
    expect(peer.traffic.messagesSent).toBeLessThan(6_000);
  });

  it('a list of exports', async () => {
    const { evidence } = await probe((call) => {
      if (!call.is(mountd, mountd.procedures.exports)) return undefined;
      const writer = accepted(call.xid);
      for (let at = 0; at < 20_000; at += 1) writer.uint32(1).text('/x').uint32(0);
      return writer.finish();
    });
    expect(evidence).toMatchObject({ exportList: 'no-answer', shares: [{ over: 'nfs4' }] });
  });

  it('more exports than anybody has: the first are examined, some more are named', async () => {
    const exports = Array.from({ length: 200 }, (_, index) => ({ path: `/srv/${index}`, tree: virtualTree(smallFolder) }));
    const { evidence } = await probe(() => undefined, { behaviour: { ...good, versions: [3], exports } });
    expect(evidence?.shares).toHaveLength(64);
    expect(evidence?.shares.filter(({ access }) => access === 'open')).toHaveLength(16);
  });

  it('a tree above the exports that goes ever deeper', async () => {
    /** Every folder holds one more, of the same file system. */
    const attributes = (writer: XdrWriter): XdrWriter => {
      const values = new XdrWriter()
        .uint32(2)
        .uint64(0n)
        .uint64(1n)
        .uint64(0n)
        .uint32(0)
        .opaque(Uint8Array.of(1, 2, 3, 4))
        .uint64(1n)
        .uint32(0o755)
        .text('0')
        .text('0');
      return writer.uint32(wantedAttributes.length, ...wantedAttributes).opaque(values.uint64(0n).uint32(0).finish());
    };
    const { putrootfh, putfh, getfh, getattr, readdir } = operationNumbers;
    let listings = 0;
    const { evidence } = await probe(
      (call) => {
        if (!call.is(nfs4, nfs4.procedures.compound) || call.version !== 4 || call.parameters.length < 16) return undefined;
        const isRoot = new DataView(call.parameters.buffer, call.parameters.byteOffset).getUint32(12) === putrootfh;
        if (isRoot)
          return attributes(
            accepted(call.xid, 0, 0, 3, putrootfh, 0, getfh, 0)
              .opaque(Uint8Array.of(1, 2, 3, 4))
              .uint32(getattr, 0),
          ).finish();
        listings += 1;
        const start = accepted(call.xid, 0, 0, 2, putfh, 0, readdir, 0, 0, 0, 1).uint64(3n).text('deeper');
        return attributes(start).uint32(0, 1).finish();
      },
      { behaviour: { ...good, versions: [4] } },
      { entryBudget: 20 },
    );
    expect(listings).toBeLessThan(200);
    expect(evidence).toMatchObject({ pseudoTree: 'answered', shares: [{ over: 'nfs4', label: '/' }] });
  });

  it('folders that hold themselves, names that lead elsewhere, a folder of a million', async () => {
    const exports = [{ path: '/srv/imaging', tree: virtualTree(hostileFolder()) }];
    const { evidence } = await probe(() => undefined, { behaviour: { ...good, exports } }, { entryBudget: 2_000 });
    const content = evidence?.shares[0]?.content;
    expect(content?.cost.entries).toBeLessThan(2_300);
    expect(content?.files.basis).not.toBe('exact');
    expect(peer.traffic.bytesReceived).toBeLessThan(2_000_000);
  });

  it('files whose first bytes are more than was asked for', async () => {
    const { evidence } = await probe((call) =>
      call.is(nfs3, nfs3.procedures.read) && call.version === 3 ? accepted(call.xid, 0, 0, 9_000, 0).opaque(new Uint8Array(9_000)).finish() : undefined,
    );
    expect(evidence?.shares[0]).toMatchObject({ access: 'open' });
    expect(evidence?.shares[0]?.content?.sampled.dicom ?? 0).toBe(0);
  });
});

describe('a portmapper that lies', () => {
  const mapping = (port: number, program: number = mountd.program) => [1, program, 3, 6, port];
  /** Names this peer for NFS, and what is given for MOUNT. */
  const portmapped = (call: Call, ...results: readonly number[]) =>
    call.is(portmapper, portmapper.procedures.dump) ? accepted(call.xid, ...mapping(peer.endpoint.port, nfs3.program), ...results, 0).finish() : undefined;

  it.each([
    ['port 0', 0, 'answered'],
    ['a port that does not exist', 70_000, 'answered'],
    ['a closed port', 9, 'no-answer'],
    ['itself', 111, 'answered'],
  ])('names %s for MOUNT', async (_, port, exportList) => {
    const { evidence } = await probe((call) => portmapped(call, ...mapping(port)), { besides: [111] });
    expect(evidence).toMatchObject({ portmapper: { answer: 'answered' }, exportList, shares: [{ access: 'open' }] });
  });

  it('speaks of another NFS: its MOUNT is left alone', async () => {
    const { evidence } = await probe(
      (call) => (call.is(portmapper, 4) ? accepted(call.xid, ...mapping(2_049, nfs3.program), ...mapping(9), 0).finish() : undefined),
      {
        besides: [111],
      },
    );
    expect(evidence).toMatchObject({ portmapper: { answer: 'answered', nfsPort: 2_049 }, exportList: 'answered', shares: [{ over: 'nfs3', access: 'open' }] });
  });

  it('never comes to an end', async () => {
    const { evidence } = await probe((call) => portmapped(call, ...Array.from({ length: 2_000 }, () => mapping(2_049)).flat()), { besides: [111] });
    expect(evidence).toMatchObject({ portmapper: { answer: 'no-answer' }, shares: [{ access: 'open' }] });
  });

  it('leads to a port that speaks something else', async () => {
    peer = await nfsPeer(
      twisted((call) => portmapped(call, ...mapping(22))),
      { limits: hasty, besides: [111] },
    );
    const elsewhere = await nfsPeer((socket) => void socket.write('SSH-2.0-OpenSSH_9.9\r\n'), { limits: hasty });
    try {
      const dial: Dial = {
        ...peer.dial,
        open: (transport, beside) => (beside?.port === 22 ? elsewhere.dial.open(transport) : peer.dial.open(transport, beside)),
      };
      const observation = await observe(
        nfsProbe,
        { endpoint: peer.endpoint, transport: 'plain', settings: strangerSettings },
        { dial: () => dial, now: () => 0 },
      );
      expect(observation).toMatchObject({ outcome: 'observed', evidence: { exportList: 'no-answer', shares: [{ over: 'nfs4', access: 'open' }] } });
    } finally {
      await elsewhere.stop();
    }
  });
});

describe('a server that takes its time', () => {
  it('one byte now and then is waited for only as long as an answer may take', async () => {
    const { observation } = await probeRaw((socket) => {
      const answer = encodeRecord(accepted(0x0d05_0001).finish());
      let at = 0;
      const timer = setInterval(() => {
        if (!socket.destroyed) socket.write(answer.subarray(at, at + 1));
        at += 1;
      }, 100);
      socket.once('close', () => clearInterval(timer));
    });
    expect(observation.outcome).toBe('timed-out');
  });

  it('holds up nobody: exports that were not begun with in three minutes are named only', async () => {
    let now = 0;
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => {
      now += 50_000;
      return now;
    });
    try {
      const exports = Array.from({ length: 8 }, (_, index) => ({ path: `/srv/${index}`, tree: virtualTree(smallFolder) }));
      const { evidence } = await probe(() => undefined, { behaviour: { ...good, versions: [3], exports } });
      expect(evidence?.shares.map(({ access }) => access)).toEqual(['open', 'open', 'open', ...new Array(5).fill('not-tried')]);
    } finally {
      clock.mockRestore();
    }
  });
});
