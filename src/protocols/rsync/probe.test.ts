import { afterEach, describe, expect, it } from 'vitest';
import { strangerSettings } from '../../../test/hostile/probing.js';
import { frame, ordinaryDaemon, type RsyncPeer, type RsyncScript, rsyncPeer, seed } from '../../../test/hostile/rsync-peer.js';
import { NotThisProtocol } from '../../model/connection.js';
import type { ProbeSettings } from '../../model/probe.js';
import type { RsyncEvidence } from './evidence.js';
import { rsyncProbe } from './probe.js';

let peer: RsyncPeer;
afterEach(() => peer.stop());

async function probe(script: RsyncScript, settings: Partial<ProbeSettings> = {}): Promise<RsyncEvidence> {
  peer = await rsyncPeer(script);
  const target = { endpoint: peer.endpoint, transport: 'plain' as const, settings: { ...strangerSettings, ...settings } };
  const evidence = await rsyncProbe.run(target, peer.dial({ answerMs: 1_000, totalMs: 10_000 }));
  await peer.allClosed();
  return evidence;
}

const folder = (name: string) => ({ name, mode: 0o040755 });
const images = { '': [folder('a'), { name: 'DICOMDIR' }], 'a/': [{ name: 'IM0001' }, { name: 'IM0002' }, { name: 'up', mode: 0o120777 }] };

describe('modules', () => {
  it('are listed, counted, and asked whether they would take an upload', async () => {
    const evidence = await probe(
      ordinaryDaemon(
        { imaging: images, backup: images, 'Quimbly Hortensia': null },
        { writable: ['backup'], motd: 'Welcome\n\n', greeting: '@RSYNCD: 32.0 sha512 md5\n' },
      ),
    );
    expect(evidence).toMatchObject({ protocol: 32, digests: ['sha512', 'md5'], listing: 'listed', moduleCount: 3 });
    expect(evidence.modules).toMatchObject([
      {
        label: 'imaging',
        access: 'open',
        rights: { read: 'yes', create: 'no', edit: 'no', delete: 'no' },
        content: { images: { value: 2, basis: 'exact' }, ended: 'whole' },
      },
      { label: 'backup', access: 'open', rights: { read: 'yes', create: 'negotiated', delete: 'negotiated' } },
      { label: 'Aaaaaaa Aaaaaaaaa', access: 'login', rights: { read: 'no', create: 'no' }, content: null },
    ]);
    expect(JSON.stringify(evidence)).not.toMatch(/Quimbly|comment|IM0001|Welcome/);
  });

  it('get an upload question with -n and nothing behind it', async () => {
    await probe(ordinaryDaemon({ imaging: images }, { writable: ['imaging'] }));
    const questions = peer.heard.filter((said) => said.includes('--server') && !said.includes('--sender'));
    expect(questions).toEqual(['@RSYNCD: 29\nimaging\n--server\n-n\n.\nimaging/\n\n']);
  });

  it('that refuse to be read say so', async () => {
    const { modules } = await probe(ordinaryDaemon({ imaging: {} }));
    expect(modules).toMatchObject([{ access: 'open', rights: { read: 'no', create: 'no' }, content: null }]);
  });

  it('that are for writing only hang up after saying so', async () => {
    const { modules } = await probe(async (caller) => {
      caller.say('@RSYNCD: 31.0\n');
      await caller.line();
      const name = await caller.line();
      if (name === '#list') caller.say(`${'inbox'.padEnd(15)}\tx\n@RSYNCD: EXIT\n`);
      else {
        caller.say('@RSYNCD: OK\n');
        const words = await caller.arguments();
        caller.say(seed);
        if (!words.includes('--sender')) return;
        caller.say(frame(3, 'ERROR: module is write only\n'));
      }
      caller.socket.end();
    });
    expect(modules).toMatchObject([{ access: 'open', rights: { read: 'no', create: 'negotiated' }, content: null }]);
  });

  it('beyond the sixteenth are named only', async () => {
    const names = Array.from({ length: 18 }, (_, index) => `ct${index}`);
    const { modules, moduleCount } = await probe(ordinaryDaemon(Object.fromEntries(names.map((name) => [name, null]))));
    expect(moduleCount).toBe(18);
    expect(modules.map(({ access }) => access)).toEqual([...Array.from({ length: 16 }, () => 'login'), 'not-tried', 'not-tried']);
    expect(peer.connections).toBe(17);
  });

  it('that are hidden are not seen', async () => {
    expect(await probe(ordinaryDaemon({ imaging: images }, { hidden: ['imaging'] }))).toMatchObject({ listing: 'listed', moduleCount: 0, modules: [] });
  });

  it('of a daemon that is too old are not read', async () => {
    const { modules } = await probe(ordinaryDaemon({ imaging: images }, { greeting: '@RSYNCD: 26\n' }));
    expect(modules).toMatchObject([{ access: 'open', rights: { read: 'unknown', create: 'unknown' }, content: null }]);
  });

  it.each([
    ['refuses the address', '@ERROR: access denied to imaging from unknown (10.0.0.1)\n', 'forbidden'],
    ['has no connection left', '@ERROR: max connections (1) reached -- try again later\n', 'unclear'],
    ['has a fault', '@ERROR: chdir failed\n', 'unclear'],
    ['hangs up', '', 'unclear'],
  ])('of a daemon that %s', async (_, answer, access) => {
    const { modules } = await probe(async (caller) => {
      caller.say('@RSYNCD: 31.0\n');
      await caller.line();
      const name = await caller.line();
      caller.say(name === '#list' ? `${'imaging'.padEnd(15)}\tx\n@RSYNCD: EXIT\n` : answer);
      caller.socket.end();
    });
    expect(modules).toMatchObject([{ access }]);
  });
});

it('at touch handshake the greeting is all', async () => {
  const evidence = await probe(ordinaryDaemon({ imaging: images }), { touch: 'handshake' });
  expect(evidence).toEqual({ transport: 'plain', protocol: 31, digests: [], listing: 'not-tried', moduleCount: 0, modules: [] });
  expect(peer.heard).toEqual(['']);
});

it.each([
  ['@ERROR: access denied\n', 'refused'],
  ['', 'no-answer'],
])('a list that is refused: %j', async (answer, listing) => {
  const evidence = await probe(async (caller) => {
    caller.say('@RSYNCD: 31.0\n');
    await caller.line();
    caller.say(answer);
    caller.socket.end();
  });
  expect(evidence).toMatchObject({ listing, modules: [] });
});

it.each([
  ['SSH-2.0-x\r\n', 'ssh'],
  ['220 FTP ready\r\n', 'ftp'],
  ['@RSYNCD: many\n', 'unknown'],
])('%j is left alone', async (greeting, heard) => {
  const error = await probe(async (caller) => caller.say(greeting)).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(NotThisProtocol);
  expect(error).toMatchObject({ heard });
  expect(peer.heard).toEqual(['']);
});
