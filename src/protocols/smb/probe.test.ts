/** Turns of the conversation that no cassette shows: port 139, a server that grants one credit at a time, interim answers. */
import type net from 'node:net';
import { describe, expect, it } from 'vitest';
import { guestNas, oldNas, type SmbPeer, smbPeer, smbSettings } from '../../../test/fixtures/smb-peer.js';
import { newDeviceLog } from '../../estate/device-log.js';
import { smbMessages } from '../../estate/smb-answers.js';
import { serveSmb } from '../../estate/smb-device.js';
import { SmbSession } from '../../estate/smb-session.js';
import { ConnectionFailure, type Dial } from '../../model/connection.js';
import type { SmbEvidence } from './evidence.js';
import { smbProbe } from './probe.js';
import { decodeFrame, encodeFrame } from './wire/frame.js';
import { decodeMessages } from './wire/message.js';
import { isSmb1 } from './wire/smb1-message.js';
import { statuses } from './wire/status.js';

const probe = (dial: Dial, port: number): Promise<SmbEvidence> =>
  smbProbe.run({ endpoint: { host: '127.0.0.1', address: '127.0.0.1', port }, transport: 'plain', settings: smbSettings }, dial);

async function withPeer<Result>(serve: Parameters<typeof smbPeer>[0], act: (peer: SmbPeer) => Promise<Result>): Promise<Result> {
  const peer = await smbPeer(serve);
  try {
    const result = await act(peer);
    await peer.allClosed();
    return result;
  } finally {
    await peer.stop();
  }
}

/** Port 445 of the same address is open or closed, whatever else runs on this machine. */
function besides(dial: Dial, directPort: 'open' | 'closed'): Dial {
  return {
    ...dial,
    open: (transport, beside) => {
      if (beside?.port === 445 && directPort === 'closed') throw new ConnectionFailure('refused', 'the port is closed');
      return dial.open(transport);
    },
  };
}

describe('port 139', () => {
  it('calls by a NetBIOS session, and asks all where port 445 is closed', () =>
    withPeer(guestNas, async (peer) => {
      const evidence = await probe(besides(peer.dial(), 'closed'), 139);
      expect(evidence).toMatchObject({ over: 'netbios', isTwin: false, guestSession: { answer: 'granted' }, shareList: { answer: 'listed' } });
      expect(evidence.shares[0]?.content?.images.value).toBe(3);
    }));

  it('negotiates only beside port 445, which leads to the same shares', () =>
    withPeer(guestNas, async (peer) => {
      const evidence = await probe(besides(peer.dial(), 'open'), 139);
      expect(evidence).toMatchObject({ over: 'netbios', isTwin: true, dialect: '3.1.1', nullSession: { answer: 'not-tried' }, shares: [] });
      expect(peer.log.accepted).toBe(0);
    }));

  it('a session that is refused is no answer', () =>
    withPeer(
      (socket) => void socket.once('data', () => socket.write(Uint8Array.of(0x83, 0, 0, 1, 0x82))),
      (peer) => expect(probe(besides(peer.dial(), 'closed'), 139)).rejects.toMatchObject({ outcome: 'closed' }),
    ));
});

/** The estate's server whose frames are changed on the way out. */
const changed =
  (change: (frame: Uint8Array, session: SmbSession) => readonly Uint8Array[]) =>
  (socket: net.Socket): void => {
    const write = socket.write.bind(socket) as (bytes: Uint8Array) => boolean;
    const session = new SmbSession(guestNas, newDeviceLog());
    const outward = (bytes: Uint8Array): boolean => change(bytes, session).every((part) => write(part) || true);
    serveSmb(new Proxy(socket, { get: (target, name) => (name === 'write' ? outward : bound(target, name)) }), guestNas, newDeviceLog());
  };

function bound(target: net.Socket, name: string | symbol): unknown {
  const value: unknown = Reflect.get(target, name);
  return typeof value === 'function' ? value.bind(target) : value;
}

const messagesIn = (frame: Uint8Array) => {
  const decoded = decodeFrame(frame);
  return decoded?.message.type === 'message' && !isSmb1(decoded.message.payload) ? decodeMessages(decoded.message.payload) : [];
};

describe('servers with ways of their own', () => {
  const usual = () => withPeer(guestNas, (peer) => probe(peer.dial(), 445));

  it('one credit at a time: one command a frame, and the same evidence', async () => {
    const stingy = changed((frame) => {
      for (const { bytes } of messagesIn(frame)) new DataView(bytes.buffer, bytes.byteOffset).setUint16(14, 1, true);
      return [frame];
    });
    const evidence = await withPeer(stingy, (peer) => probe(peer.dial(), 445));
    expect(evidence).toEqual(await usual());
  });

  it('an interim answer before each: waited through', async () => {
    const hesitant = changed((frame) => {
      const interim = messagesIn(frame).map(({ command, messageId }) => ({
        command,
        messageId,
        status: statuses.pending,
        treeId: 0,
        sessionId: 0n,
        body: new Uint8Array(9),
      }));
      return interim.length === 0 ? [frame] : [encodeFrame(smbMessages(interim)), frame];
    });
    const evidence = await withPeer(hesitant, (peer) => probe(peer.dial(), 445));
    expect(evidence).toEqual(await usual());
  });
});

describe('SMB 1 alone', () => {
  it.each([
    ['Samba 3.0.24', 'negotiated'],
    ['', 'negotiated'], // it may be one
    ['Windows 2000 LAN Manager', 'yes'],
  ])('what folders say is believed of whoever says that it is no Samba: "%s"', (nativeLanMan, create) =>
    withPeer({ ...oldNas, nativeLanMan }, async (peer) => {
      const { shares } = await probe(peer.dial(), 445);
      expect(shares.find(({ label }) => label === 'incoming$')?.rights).toMatchObject({ create });
    }),
  );
});
