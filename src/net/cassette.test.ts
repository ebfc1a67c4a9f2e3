/** Record and replay: a tape gives a probe the same conversation, cut as small as one byte. */
import { describe, expect, it } from 'vitest';
import { type Connection, ConnectionFailure, type Dial } from '../model/connection.js';
import { type Decode, WireError } from '../model/wire.js';
import { type CassetteEntry, formatCassette, parseCassette } from './cassette.js';
import { recordDial } from './record.js';
import { replayDial } from './replay.js';

const line: Decode<string> = (bytes) => {
  if (bytes[0] === 0x21) throw new WireError('line', 0, 'begins with an exclamation mark');
  const end = bytes.indexOf(10);
  return end < 0 ? undefined : { message: String.fromCharCode(...bytes.subarray(0, end)), consumed: end + 1 };
};
const bytesOf = (text: string) => Uint8Array.from([...text].map((character) => character.charCodeAt(0)));

/** A dial whose connections give these texts, then fail as said. */
function scriptedDial(...connections: readonly (readonly [string, ConnectionFailure] | ConnectionFailure)[]): Dial {
  const left = [...connections];
  return {
    pause: async () => undefined,
    async open() {
      const next = left.shift();
      if (!next || next instanceof ConnectionFailure) throw next ?? new Error('no more connections');
      let [text, failure] = next;
      const connection: Connection = {
        secure: undefined,
        send: async () => undefined,
        close: () => undefined,
        startTls: async () => connection,
        async receive(decode) {
          const decoded = decode(bytesOf(text));
          if (!decoded) throw failure;
          text = text.slice(decoded.consumed);
          return decoded.message;
        },
      };
      return connection;
    },
  };
}

async function recorded(dial: Dial, conversation: (dial: Dial) => Promise<unknown>): Promise<readonly CassetteEntry[]> {
  const entries: CassetteEntry[] = [];
  await conversation(recordDial(dial, (entry) => void entries.push(entry)));
  return parseCassette(formatCassette('a legend\nof two lines', entries));
}

/** What the conversation came to: its lines, and how it ended. */
async function talk(dial: Dial, lines: number): Promise<readonly string[]> {
  const heard: string[] = [];
  let connection: Connection | undefined;
  try {
    connection = await dial.open('plain');
    await connection.send(bytesOf('go'));
    for (let count = 0; count < lines; count += 1) heard.push(await connection.receive(line));
  } catch (error) {
    if (error instanceof ConnectionFailure) heard.push(`${error.outcome} connected=${error.connected} spoke=${error.spoke} alert=${error.alert ?? 'none'}`);
    else if (error instanceof WireError) heard.push(error.field);
    else throw error;
  }
  connection?.close();
  return heard;
}

const at = (outcome: ConnectionFailure['outcome'], connected: boolean, spoke: boolean, alert?: string) =>
  new ConnectionFailure(outcome, 'x', { connected, spoke, alert });

describe('a tape', () => {
  it.each([
    ['two lines', [['one\ntwo\n', at('closed', true, true)]], 2],
    ['hung up in the middle', [['one\ntw', at('closed', true, true)]], 2],
    ['hung up without a word', [['', at('closed', true, false)]], 1],
    ['silence', [['', at('timed-out', true, false)]], 1],
    ['refused', [at('refused', false, false)], 1],
    ['unreachable', [at('unreachable', false, false)], 1],
    ['a TLS handshake ended by an alert', [at('closed', true, true, 'handshake_failure')], 1],
    ['an alert later', [['', at('closed', true, true, 'certificate_required')]], 1],
    ['over the limit', [['one\nxxxx', at('over-limit', true, true)]], 2],
    ['malformed', [['one\n!rest of it that is never needed\n', at('closed', true, true)]], 2],
  ] as const)('of %s plays as it was', async (_, connections, lines) => {
    const original = await talk(scriptedDial(...connections), lines);
    const tape = await recorded(scriptedDial(...connections), (dial) => talk(dial, lines));
    for (const bytesPerRead of [1, 3, 4096]) expect(await talk(replayDial(tape, { bytesPerRead }), lines)).toEqual(original);
  });

  it('of a malformed connection goes on with the next, whatever was left of it', async () => {
    const connections = [
      ['one\n!rest of it', at('closed', true, true)],
      ['two\n', at('closed', true, true)],
    ] as const;
    const both = async (dial: Dial) => [await talk(dial, 2), await talk(dial, 2)];
    const original = await both(scriptedDial(...connections));
    const tape = await recorded(scriptedDial(...connections), both);
    for (const bytesPerRead of [1, 3, 4096]) expect(await both(replayDial(tape, { bytesPerRead }))).toEqual(original);
  });

  it('of more than four kilobytes that came to nothing plays as it was', async () => {
    const long = 'x'.repeat(10_000);
    const untilNine: Decode<string> = (bytes) => {
      if (bytes.length >= 9_000) throw new WireError('line', 0, 'is too long');
      return undefined;
    };
    const read = async (dial: Dial) => (await dial.open('plain')).receive(untilNine).catch((error: unknown) => (error instanceof Error ? error.name : 'none'));
    const tape = await recorded(scriptedDial([long, at('closed', true, true)]), read);
    expect(await read(replayDial(tape))).toBe('WireError');
  });

  it('records the same when it is played', async () => {
    const connections = [['one\ntwo\n', at('closed', true, true)]] as const;
    const tape = await recorded(scriptedDial(...connections), (dial) => talk(dial, 3));
    expect(await recorded(replayDial(tape), (dial) => talk(dial, 3))).toEqual(tape);
  });

  it('keeps the session of a secure connection', async () => {
    const startTls = () => Promise.reject(new Error('not here'));
    const secure = { version: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256', chain: [Uint8Array.of(1, 2), Uint8Array.of(3)] };
    const dial: Dial = {
      pause: async () => undefined,
      open: async () => ({
        secure,
        startTls,
        send: async () => undefined,
        receive: async () => Promise.reject(at('closed', true, false)),
        close: () => undefined,
      }),
    };
    const tape = await recorded(dial, (recording) => recording.open('tls'));
    expect((await replayDial(tape).open('tls')).secure).toEqual(secure);
  });
});

describe('a replay refuses', () => {
  const tape = parseCassette('# legend\n\n{"open":"plain"}\n{"send":"676f"}\n{"receive":"6f6e650a"}\n');

  it('other bytes than were recorded', async () => {
    const connection = await replayDial(tape).open('plain');
    await expect(connection.send(bytesOf('no'))).rejects.toThrow(/other bytes than recorded[\s\S]*676f[\s\S]*6e6f/);
  });

  it('another transport, or a connection more', async () => {
    await expect(replayDial(tape).open('tls')).rejects.toThrow(/does not open tls here/);
    await expect(replayDial([]).open('plain')).rejects.toThrow(/does not open plain here/);
  });

  it('a send or a receive that was not there', async () => {
    await expect((await replayDial(tape).open('plain')).receive(line)).rejects.toThrow(/nothing to receive here/);
    const connection = await replayDial(tape).open('plain');
    await connection.send(bytesOf('go'));
    await expect(connection.send(bytesOf('go'))).rejects.toThrow(/does not expect a send here/);
  });
});

describe('the text of a cassette', () => {
  it('has its legend in front and one entry a line', () => {
    expect(formatCassette('first\n\nsecond', [{ open: 'plain' }, { send: '00' }])).toBe('# first\n#\n# second\n{"open":"plain"}\n{"send":"00"}\n');
  });
});
