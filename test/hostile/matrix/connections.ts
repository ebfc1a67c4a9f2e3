/** Peers that misuse the connection itself: silence, haste, resets, half-closed ends. What they say, if anything, means nothing. */
import { atOnce, type Behaviour, bytes, drip, endless, onceAsked, say, toEverything } from './behaviour.js';

const noise = Buffer.from(Array.from({ length: 4_096 }, (_, index) => (index * 167 + (index >> 3) * 31) & 0xff));

const silence: readonly Behaviour[] = [
  { name: 'is silent', serve: ({ socket }) => void socket.resume() },
  { name: 'never reads', serve: ({ socket }) => void socket.pause(), beneathTls: true },
  { name: 'is silent after one byte', serve: atOnce(Buffer.of(0)) },
  { name: 'is silent after half a line', serve: atOnce('220 half a gree') },
  { name: 'reads and is silent after the first answer', serve: onceAsked(({ socket }) => say(socket, '200 ok')) },
  { name: 'drips zeros', serve: drip(Buffer.of(0)) },
  { name: 'drips noise', serve: drip(noise) },
  { name: 'drips a line without end', serve: drip('220-') },
  { name: 'drips a head of HTTP', serve: onceAsked(drip('HTTP/1.1 200 OK\r\nserver: x\r\nx: y\r\nx: y\r\nx: y\r\nx: y\r\nx: y\r\nx: y\r\n')) },
  { name: 'drips a body of HTTP', serve: toEverything('HTTP/1.1 200 OK\r\n\r\n<'), only: 'http' },
  { name: 'drips TLS', serve: drip(Buffer.of(0x16, 3, 3, 0x40, 0, 2, 0, 0x3f, 0xfc, 3, 3)), beneathTls: true },
];

const endings: readonly Behaviour[] = [
  { name: 'resets at once', serve: ({ reset }) => reset(), beneathTls: true },
  { name: 'closes at once', serve: ({ socket }) => void socket.end() },
  { name: 'resets when asked', serve: onceAsked(({ reset }) => reset()) },
  { name: 'resets in the middle of its answer', serve: onceAsked(({ socket, reset }) => void socket.write(bytes('220'), reset)) },
  { name: 'closes when asked', serve: onceAsked(({ socket }) => void socket.end()) },
  { name: 'closes in the middle of its answer', serve: onceAsked(({ socket }) => void socket.end(Buffer.of(2, 0, 0))) },
  { name: 'closes its half and stays', serve: ({ socket }) => void socket.resume().end() },
  { name: 'closes its half and never reads', serve: ({ socket }) => void socket.pause().end(), beneathTls: true },
  {
    name: 'closes slowly',
    serve: onceAsked(({ socket }) => {
      say(socket, 'x');
      setTimeout(() => socket.end(), 60);
    }),
  },
  {
    name: 'speaks on after we closed',
    serve: (line) => {
      line.socket.resume().once('end', () => endless(noise)(line));
      say(line.socket, '?');
    },
  },
  {
    name: 'takes the first connection only',
    serve: ({ socket, index, reset }) => {
      if (index > 0) reset();
      else say(socket.resume(), 'x');
    },
  },
  {
    name: 'speaks only to those that come back',
    serve: (line) => (line.index === 0 ? void line.socket.end() : atOnce(noise)(line)),
  },
];

const floods: readonly Behaviour[] = [
  { name: 'sends zeros for ever', serve: endless(Buffer.alloc(4_096)) },
  { name: 'sends ones for ever', serve: endless(Buffer.alloc(4_096, 0xff)) },
  { name: 'sends noise for ever', serve: endless(noise) },
  { name: 'sends line ends for ever', serve: endless('\r\n') },
  { name: 'sends a line for ever', serve: endless('A'.repeat(1_024)) },
  { name: 'sends what it was asked for ever', serve: (line) => void line.socket.once('data', (heard: Buffer) => endless(heard)(line)) },
  {
    name: 'sends for ever and never reads',
    serve: (line) => {
      line.socket.pause();
      endless(noise)(line);
    },
    beneathTls: true,
  },
  { name: 'echoes', serve: toEverything((heard) => heard) },
  { name: 'sends a megabyte and closes', serve: ({ socket }) => void socket.end(Buffer.alloc(1_000_000, 0x20)) },
];

const garbage: readonly Behaviour[] = [
  { name: 'sends noise', serve: atOnce(noise) },
  { name: 'answers with noise', serve: toEverything(noise) },
  { name: 'answers with one zero', serve: toEverything(Buffer.of(0)) },
  { name: 'answers with a line end', serve: toEverything('\n') },
  { name: 'answers with half of a character', serve: toEverything(Buffer.of(0xe2, 0x82)) },
  { name: 'answers with terminal escapes', serve: toEverything('\x1b]0;x\x07\x1b[2J\x9b31m\r\n') },
];

export const connectionBehaviours: readonly Behaviour[] = [...silence, ...endings, ...floods, ...garbage];
