/**
 * Peers that behave as recorded up to one step of the conversation, and then do not. The steps come from the cassettes of
 * every protocol, so that a new protocol with cassettes is included by itself.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type CassetteEntry, fromHex, parseCassette } from '../../../src/net/cassette.js';
import { type Behaviour, drip, endless, type Line, say } from './behaviour.js';

interface Recording {
  readonly protocol: string;
  readonly name: string;
  /** What the peer said on each connection, piece by piece; `undefined`: it refused that one. */
  readonly connections: readonly (readonly Piece[] | undefined)[];
}

interface Piece {
  readonly bytes: Uint8Array;
  /** It came without being asked for, as greetings do. */
  readonly unasked: boolean;
}

/** Tests and `npm run fuzz` run at the root of the repository. */
const protocolsFolder = path.resolve('src/protocols');

interface Cassette {
  readonly protocol: string;
  readonly name: string;
  readonly entries: readonly CassetteEntry[];
}

let known: readonly Cassette[] | undefined;

export function cassettes(): readonly Cassette[] {
  known ??= readCassettes();
  return known;
}

function readCassettes(): readonly Cassette[] {
  return readdirSync(protocolsFolder)
    .sort()
    .flatMap((protocol) => {
      const folder = path.join(protocolsFolder, protocol, 'cassettes');
      const files = existsSync(folder) ? readdirSync(folder).sort() : [];
      return files.map((file) => ({ protocol, name: path.basename(file, '.cassette'), entries: parseCassette(readFileSync(path.join(folder, file), 'utf8')) }));
    });
}

function recording({ protocol, name, entries }: Cassette): Recording {
  const connections: (Piece[] | undefined)[] = [];
  let unasked = true;
  for (const entry of entries) {
    if ('open' in entry) {
      connections.push([]);
      unasked = true;
    } else if ('refuse' in entry) connections.push(undefined);
    else if ('send' in entry) unasked = false;
    else if ('receive' in entry) {
      connections.at(-1)?.push({ bytes: fromHex(entry.receive), unasked });
      unasked = true;
    }
  }
  return { protocol, name, connections };
}

const turns: readonly (readonly [string, (line: Line, instead: Uint8Array) => void])[] = [
  ['falls silent', () => undefined],
  ['closes', ({ socket }) => void socket.end()],
  ['resets', ({ reset }) => reset()],
  ['sends half and closes', ({ socket }, instead) => void socket.end(instead.subarray(0, instead.length >> 1))],
  ['sends half and is silent', ({ socket }, instead) => say(socket, instead.subarray(0, instead.length >> 1))],
  ['repeats itself for ever', (line, instead) => endless(instead)(line)],
  ['drips', (line, instead) => drip(instead)(line)],
  ['sends zeros', ({ socket }, instead) => say(socket, new Uint8Array(instead.length))],
  ['sends ones', ({ socket }, instead) => say(socket, new Uint8Array(instead.length).fill(0xff))],
  [
    'sends it with ones in it',
    ({ socket }, instead) =>
      say(
        socket,
        instead.map((byte, at) => (at % 7 === 3 ? 0xff : byte)),
      ),
  ],
];

/** Plays connection after connection; at `step`, counted over all of them, `turn` takes the place of the piece. */
function playing({ connections }: Recording, step: number, turn: (line: Line, instead: Uint8Array) => void): Behaviour['serve'] {
  return (line) => {
    const before = connections.slice(0, line.index).reduce((sum, each) => sum + (each?.length ?? 0), 0);
    const recorded = connections[line.index];
    if (!recorded) return void line.socket.end();
    const pieces = recorded.map((piece, index) => ({ ...piece, step: before + index }));
    const play = (asked: boolean) => {
      for (let may = asked; pieces[0] && (may || pieces[0].unasked); may = false) {
        const { bytes: piece, step: at } = pieces.shift() as (typeof pieces)[number];
        if (at === step) {
          pieces.length = 0;
          return turn(line, piece);
        }
        say(line.socket, piece);
      }
    };
    line.socket.on('data', () => play(true));
    play(false);
  };
}

/** At each step of each recording two of the turns, one after another in their order; for the protocol's own probe. */
export function recordedBehaviours(): readonly Behaviour[] {
  let count = 0;
  return cassettes()
    .map(recording)
    .flatMap((each) => {
      const steps = each.connections.reduce((sum, pieces) => sum + (pieces?.length ?? 0), 0);
      return Array.from({ length: 2 * steps }, (_, index) => {
        const [name, turn] = turns[count++ % turns.length] as (typeof turns)[number];
        const step = index >> 1;
        return { name: `${each.protocol} ${each.name}: ${name} at step ${step + 1}`, only: each.protocol, serve: playing(each, step, turn) };
      });
    });
}
