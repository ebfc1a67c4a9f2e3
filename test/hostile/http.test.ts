/** Web servers that are broken or mean it: each conversation ends in bounded time and memory, with what was learnt. */
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { ConnectionFailure, NotThisProtocol } from '../../src/model/connection.js';
import { BudgetSpent, defaultHttpLimits, HttpConversation, type HttpRequest } from '../../src/protocols/http/conversation.js';
import { answer, forEver, type WebPeer, type WebScript, webPeer } from './web-peer.js';

const hasty = { connectMs: 2_000, answerMs: 400, totalMs: 3_000 };
const limits = { ...defaultHttpLimits, answerMs: 600, bodyBytes: 10_000 };
const get = (path = '/'): HttpRequest => ({ method: 'GET', path });
const text = (body: Uint8Array): string => Buffer.from(body).toString('latin1');
let peer: WebPeer;
afterEach(() => peer.stop());

async function converse(script: WebScript, budget = 10): Promise<HttpConversation> {
  peer = await webPeer(script);
  return new HttpConversation(peer.dial(hasty), peer.endpoint, 'plain', { userAgent: 'DOSIMETER/0', budget, limits });
}

describe('bodies', () => {
  const big = new Uint8Array(50_000).fill(0x61);
  const bodies: readonly (readonly [string, WebScript, { status: number; length: number; truncated: boolean }])[] = [
    ['one without end', (_, socket) => forEver(socket, big, 'HTTP/1.1 200 OK\r\n\r\n'), { status: 200, length: 10_000, truncated: true }],
    ['one longer than said', () => `${answer(200, { 'content-length': '3' }, 'abcdef')}`, { status: 200, length: 3, truncated: false }],
    ['one shorter than said', () => answer(200, { 'content-length': '300' }, 'abc'), { status: 200, length: 3, truncated: true }],
    ['one of a petabyte', () => answer(200, { 'content-length': '1000000000000000' }, 'abc'), { status: 200, length: 3, truncated: true }],
    ['two lengths', () => 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 5\r\n\r\nabcde', { status: 200, length: 2, truncated: false }],
    ['a negative length', (_, socket) => void socket.end('HTTP/1.1 200 OK\r\ncontent-length: -5\r\n\r\nabc'), { status: 200, length: 3, truncated: false }],
    ['chunks', () => 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\n\r\n', { status: 200, length: 5, truncated: false }],
    ['chunks that lie', () => 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nffffffff\r\nabc', { status: 200, length: 3, truncated: true }],
    ['chunks that are none', () => 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n<html>\r\n', { status: 200, length: 0, truncated: true }],
    [
      'chunks without end',
      (_, socket) => forEver(socket, Buffer.from('5\r\nabcde\r\n'.repeat(1_000)), 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'),
      { status: 200, length: 10_000, truncated: true },
    ],
    [
      'gzip that nobody asked for',
      () => Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\nconnection: close\r\ncontent-length: 23\r\n\r\n'), gzipSync('abc')]),
      { status: 200, length: 3, truncated: false },
    ],
    [
      'a gzip bomb',
      (_, socket) => void socket.end(Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n'), gzipSync(new Uint8Array(5_000_000))])),
      { status: 200, length: 0, truncated: true },
    ],
    ['broken gzip', (_, socket) => void socket.end('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\nabc'), { status: 200, length: 0, truncated: true }],
    [
      'one that stops in the middle',
      (_, socket) => void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc'),
      { status: 200, length: 3, truncated: true },
    ],
    ['a page without a head', (_, socket) => void socket.end('<html><title>x</title>'), { status: 200, length: 22, truncated: false }],
    ['nothing to say', () => 'HTTP/1.1 204 No Content\r\n\r\n', { status: 204, length: 0, truncated: false }],
    [
      'interim answers first',
      () => `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\n\r\n${answer(200, {}, 'ok')}`,
      { status: 200, length: 2, truncated: false },
    ],
    [
      'bytes that are no text',
      () => Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\nserver: \xff\xfe\r\ncontent-length: 2\r\n\r\n', 'latin1'), Buffer.of(0xc3, 0x28)]),
      { status: 200, length: 2, truncated: false },
    ],
  ];

  it.each(bodies)('%s', async (_, script, expected) => {
    const conversation = await converse(script);
    const { status, body, truncated } = await conversation.request(get());
    expect({ status, length: body.length, truncated }).toEqual(expected);
    conversation.close();
  });
});

describe('what is no answer', () => {
  const others: readonly (readonly [string, WebScript, object])[] = [
    ['silence', () => undefined, { outcome: 'timed-out' }],
    ['hanging up', (_, socket) => void socket.end(), { outcome: 'closed' }],
    ['a reset', (_, socket) => void socket.resetAndDestroy(), { outcome: 'closed' }],
    ['half a head', (_, socket) => void socket.write('HTTP/1.1 200 OK\r\nServer:'), { outcome: 'timed-out' }],
    ['a head that breaks off', (_, socket) => void socket.end('HTTP/1.1 200 OK\r\nServer:'), { outcome: 'closed' }],
    ['headers without end', (_, socket) => forEver(socket, Buffer.from('a: b\r\n'.repeat(1_000)), 'HTTP/1.1 200 OK\r\n'), { heard: 'unknown' }],
    ['one header without end', (_, socket) => forEver(socket, new Uint8Array(9_000).fill(0x61), 'HTTP/1.1 200 OK\r\na: '), { heard: 'unknown' }],
    ['interim answers without end', (_, socket) => void forEver(socket, Buffer.from('HTTP/1.1 100 Continue\r\n\r\n'.repeat(100))), { heard: 'unknown' }],
    ['a shell', () => 'SSH-2.0-OpenSSH_9\r\n', { heard: 'ssh' }],
    ['a file server', () => '220 FTP ready\r\n', { heard: 'ftp' }],
    ['a TLS alert', () => Uint8Array.of(0x15, 3, 1, 0, 2, 2, 10, 0, 0), { heard: 'tls' }],
    ['an association rejection', () => Uint8Array.of(3, 0, 0, 0, 0, 4, 0, 1, 1, 1), { heard: 'dicom' }],
    ['noise', () => Uint8Array.from({ length: 60 }, (_, index) => (index * 37) % 256), { heard: 'unknown' }],
    ['a status that is none', () => 'HTTP/1.1 OK\r\n\r\n', { heard: 'unknown' }],
  ];

  it.each(others)('%s', async (_, script, expected) => {
    const conversation = await converse(script);
    const error = await conversation.request(get()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf('heard' in expected ? NotThisProtocol : ConnectionFailure);
    expect(error).toMatchObject(expected);
  });

  it('one byte at a time: until the time is over', async () => {
    const timers: NodeJS.Timeout[] = [];
    let sent = 0;
    const conversation = await converse((_, socket) => {
      timers.push(setInterval(() => socket.destroyed || socket.write('HTTP/1.1 200'[sent++ % 12] ?? ''), 50));
      return undefined;
    });
    await expect(conversation.request(get())).rejects.toMatchObject({ outcome: 'timed-out' });
    for (const timer of timers) clearInterval(timer);
  });
});

describe('a conversation', () => {
  it('stays on one connection as long as the server keeps it', async () => {
    const conversation = await converse(() => answer(200, {}, 'ok'));
    for (const path of ['/a', '/b', '/c']) expect(text((await conversation.request(get(path))).body)).toBe('ok');
    expect(peer.connections).toBe(1);
    expect(peer.requests.map(({ path }) => path)).toEqual(['/a', '/b', '/c']);
  });

  it('opens another where the server closes, and asks again where it closed just then', async () => {
    const conversation = await converse((_, socket) => {
      socket.end(answer(200, {}, 'ok')); // without saying so
      return undefined;
    });
    for (const path of ['/a', '/b']) expect((await conversation.request(get(path))).status).toBe(200);
    expect(peer.connections).toBe(2);
  });

  it('keeps to its budget', async () => {
    const conversation = await converse(() => answer(200, {}), 2);
    await conversation.request(get());
    await conversation.request(get());
    await expect(conversation.request(get())).rejects.toThrow(BudgetSpent);
    expect(peer.requests).toHaveLength(2);
  });

  it('counts what it sends again, and keeps no connection of a server whose answers run on', async () => {
    const conversation = await converse(() => `${answer(200, {}, 'ok')}junk that belongs to no answer\r\n`);
    for (const path of ['/a', '/b', '/c', '/d']) expect((await conversation.request(get(path))).status).toBe(200);
    expect(conversation.requests).toBe(peer.requests.length);
    expect(peer.requests.map(({ path }) => path)).toEqual(['/a', '/b', '/b', '/c', '/d']);
  });

  it('keeps to its budget also where every answer runs on', async () => {
    const conversation = await converse(() => `${answer(200, {}, 'ok')}junk\r\n`, 2);
    await conversation.request(get());
    await expect(conversation.request(get())).rejects.toThrow(BudgetSpent);
    expect(peer.requests).toHaveLength(2);
  });

  it('ends when all requests together have had their time', async () => {
    peer = await webPeer(() => answer(200, {}, 'ok'));
    const ended = { ...limits, siteMs: -1 };
    const conversation = new HttpConversation(peer.dial(hasty), peer.endpoint, 'plain', { userAgent: 'DOSIMETER/0', budget: 10, limits: ended });
    await conversation.request(get());
    await expect(conversation.request(get())).rejects.toThrow(BudgetSpent);
    expect(peer.requests).toHaveLength(1);
    conversation.close();
  });

  it.each(['x', '/a b', '/a\r\nhost: evil', '/ä'])('does not send the path %j', async (path) => {
    const conversation = await converse(() => answer(200, {}));
    await expect(conversation.request(get(path))).rejects.toThrow(/request/);
    expect(peer.requests).toEqual([]);
  });

  it('says who it is, and sends no body', async () => {
    const conversation = await converse(() => answer(400, {}));
    await conversation.request({ method: 'POST', path: '/instances' });
    expect(peer.requests[0]).toMatchObject({
      method: 'POST',
      headers: { 'user-agent': 'DOSIMETER/0', 'content-length': '0', host: `127.0.0.1:${peer.endpoint.port}` },
    });
  });
});
