/** rsync daemons that are broken or mean it: each conversation ends in bounded time and memory, with what was learnt, and nothing is ever sent to be stored. */
import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { observe } from '../../src/audit/observe.js';
import type { Observation } from '../../src/model/observation.js';
import { createDial, StopSwitch } from '../../src/net/dial.js';
import type { RsyncEvidence } from '../../src/protocols/rsync/evidence.js';
import { rsyncProbe } from '../../src/protocols/rsync/probe.js';
import { strangerSettings } from './probing.js';
import { fileList, frame, type PeerFile, type RsyncCaller, type RsyncPeer, type RsyncScript, rsyncPeer, seed } from './rsync-peer.js';

const limits = { connectMs: 1_000, answerMs: 250, totalMs: 1_500, receiveBytes: 2 * 1024 * 1024 };
const canary = 'Quimbly^Hortensia';

let peer: RsyncPeer;
afterEach(() => peer.stop());

async function look(script: RsyncScript): Promise<Observation> {
  peer = await rsyncPeer(script);
  const observation = await observe(
    rsyncProbe,
    { endpoint: peer.endpoint, transport: 'plain', settings: { ...strangerSettings, entryBudget: 100 } },
    { dial: ({ endpoint }, traffic) => createDial(endpoint, { permit: () => undefined, limits, stop: new StopSwitch() }, traffic), now: () => Date.now() },
  );
  expect(observation.outcome).not.toBe('crashed');
  expect(JSON.stringify(observation)).not.toMatch(/Quimbly|Hortensia/);
  for (const said of peer.heard.filter((each) => each.includes('--server') && !each.includes('--sender')))
    expect(said).toMatch(/--server\n-n\n\.\n[^\n]*\n\n$/);
  return observation;
}

const evidenceOf = (observation: Observation): RsyncEvidence => {
  if (observation.outcome !== 'observed') throw new Error(`nothing was observed: ${observation.outcome}, ${observation.detail}`);
  return observation.evidence as RsyncEvidence;
};

function forEver(socket: Socket, bytes: string | Uint8Array): void {
  const more = () => {
    while (socket.writable && socket.write(bytes));
  };
  socket.on('drain', more);
  more();
}

const speaks =
  (bytes: string): RsyncScript =>
  async (caller) =>
    caller.say(bytes);

describe('greetings', () => {
  it.each<[string, RsyncScript, object]>([
    ['silence', async () => undefined, { outcome: 'timed-out' }],
    ['half a line', speaks('@RSYNCD: 3'), { outcome: 'timed-out' }],
    ['an endless line', async ({ socket }) => forEver(socket, 'x'.repeat(10_000)), { outcome: 'not-this-protocol' }],
    ['a number that is none', speaks('@RSYNCD: 999999999999\n'), { outcome: 'not-this-protocol' }],
    ['a greeting and silence', speaks('@RSYNCD: 31.0\n'), { outcome: 'observed', evidence: { listing: 'no-answer' } }],
    ['a greeting of names', speaks(`@RSYNCD: 32.0 ${canary} md5\n`), { outcome: 'observed', evidence: { digests: ['md5'] } }],
  ])('%s', async (_, script, expected) => {
    expect(await look(script)).toMatchObject(expected);
  });
});

/** What comes after the list was asked for. */
const lists =
  (answer: (caller: RsyncCaller) => void): RsyncScript =>
  async (caller) => {
    caller.say('@RSYNCD: 31.0\n');
    await caller.line();
    await caller.line();
    answer(caller);
  };

describe('lists of modules', () => {
  const many = Array.from({ length: 3_000 }, (_, index) => `${`m${index}`.padEnd(15)}\tx\n`).join('');
  it.each<[string, RsyncScript, object]>([
    ['without end', lists(({ socket }) => forEver(socket, many)), { listing: 'listed', modules: { length: 200 } }],
    ['of a message without end', lists(({ socket }) => forEver(socket, 'Welcome\n'.repeat(1_000))), { listing: 'no-answer', modules: [] }],
    ['of an endless line', lists(({ socket }) => forEver(socket, 'x'.repeat(10_000))), { listing: 'no-answer' }],
    [
      'that breaks off',
      lists((caller) => caller.socket.end('imaging        \tx\n')),
      { listing: 'listed', modules: [{ label: 'imaging', access: 'unclear' }] },
    ],
    ['of a name that is a command', lists((caller) => caller.socket.end('#list          \tx\n@RSYNCD: EXIT\n')), { modules: [{ access: 'not-tried' }] }],
    ['of a name that is a path', lists((caller) => caller.socket.end('../../etc      \tx\n@RSYNCD: EXIT\n')), { modules: [{ access: 'not-tried' }] }],
    ['of people', lists((caller) => caller.socket.end(`${canary.padEnd(15)}\tx\n@RSYNCD: EXIT\n`)), { modules: [{ label: expect.stringMatching(/^A/) }] }],
  ])('%s', async (_, script, expected) => {
    expect(evidenceOf(await look(script))).toMatchObject(expected);
  });
});

/** One module that is open; `serve` is what it answers to a request for a folder. */
const module =
  (serve: (caller: RsyncCaller, folder: string) => void): RsyncScript =>
  async (caller) => {
    caller.say('@RSYNCD: 31.0\n');
    await caller.line();
    if ((await caller.line()) === '#list') {
      caller.socket.end('imaging        \tx\n@RSYNCD: EXIT\n');
      return;
    }
    caller.say('@RSYNCD: OK\n');
    const words = await caller.arguments();
    if (words.includes('--sender')) serve(caller, (words.at(-1) ?? '').slice('imaging/'.length));
    else caller.socket.end(Buffer.concat([seed, frame(3, 'ERROR: module is read only\n')]));
  };

const entries = (files: readonly PeerFile[]) => Buffer.concat([seed, frame(0, fileList(files))]);

describe('lists of files', () => {
  const open = { access: 'open', rights: { create: 'no' } };
  it.each<[string, RsyncScript, object]>([
    ['without a seed', module(() => undefined), { ...open, rights: { read: 'unknown' } }],
    ['after hanging up', module((caller) => caller.socket.end(seed)), { ...open, rights: { read: 'unknown' } }],
    ['in frames of 16 MiB', module((caller) => caller.say(Buffer.concat([seed, Buffer.of(0xff, 0xff, 0xff, 7)]))), { ...open, rights: { read: 'unknown' } }],
    ['in frames of no kind', module((caller) => caller.say(Buffer.concat([seed, Buffer.alloc(64, 1)]))), { ...open, rights: { read: 'unknown' } }],
    ['with messages without end', module(({ socket }) => forEver(socket, Buffer.concat([seed, frame(2, `${canary}\n`)]))), open],
    [
      'with a name of 4 GiB',
      module((caller) => caller.say(Buffer.concat([seed, frame(0, Buffer.of(0x41, 255, 255, 255, 255))]))),
      { ...open, rights: { read: 'unknown' } },
    ],
    [
      'without end',
      module((caller) => {
        caller.say(seed);
        forEver(
          caller.socket,
          frame(
            0,
            fileList(
              Array.from({ length: 50 }, () => ({ name: 'IM0001' })),
              false,
            ),
          ),
        );
      }),
      { ...open, content: { files: { basis: 'at-least' } } },
    ],
    ['that stops in the middle', module((caller) => caller.say(entries([{ name: 'IM0001' }]).subarray(0, 20))), open],
    [
      'that leads elsewhere',
      module((caller, at) => caller.socket.end(entries(at === '' ? ['..', '../x', '/etc', 'a*', 'b\\'].map((name) => ({ name, mode: 0o040755 })) : []))),
      open,
    ],
    ['that names people', module((caller) => caller.socket.end(entries([{ name: `${canary}.dcm` }]))), { ...open, content: { images: { value: 1 } } }],
    ['with control characters', module((caller) => caller.socket.end(entries([{ name: '\x1b[2J\n\0' }]))), { ...open, content: { files: { value: 1 } } }],
  ])('%s', async (_, script, expected) => {
    const { modules } = evidenceOf(await look(script));
    expect(modules).toMatchObject([expected]);
    for (const said of peer.heard) expect(said).not.toMatch(/\.\.|\*|imaging\/\/|\/etc/);
  });

  it('of folders within folders without end', async () => {
    const { modules } = evidenceOf(
      await look(module((caller, at) => caller.socket.end(entries([{ name: 'again', mode: 0o040755 }, { name: `IM${String(at.length).padStart(4, '0')}` }])))),
    );
    expect(peer.connections).toBeLessThan(80);
    expect(modules[0]?.content?.files.basis).not.toBe('exact');
  });

  it('one byte at a time', async () => {
    const { modules } = evidenceOf(
      await look(
        module(({ socket }) => {
          const bytes = entries([{ name: 'IM0001' }]);
          let at = 0;
          const timer = setInterval(() => {
            if (at === bytes.length || !socket.writable) clearInterval(timer);
            else socket.write(bytes.subarray(at, ++at));
          }, 2);
        }),
      ),
    );
    expect(modules).toMatchObject([{ access: 'open' }]);
  });
});
