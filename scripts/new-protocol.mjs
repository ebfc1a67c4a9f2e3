// npm run new:protocol <name>: a folder with decoder, evidence and probe that compiles, passes `npm run check` and is to be rewritten.
import { camelCase, edit, nameArgument, tidy, writeNew } from './scaffold.mjs';

const id = nameArgument('use: npm run new:protocol <name>   the protocol in lower case, for example hl7');
const name = camelCase(id);
const Name = `${name[0].toUpperCase()}${name.slice(1)}`;
const folder = `src/protocols/${id}`;

writeNew({
  [`${folder}/wire/greeting.ts`]: `/** Bytes → the line with which a server greets. Opens no sockets and waits for nothing. */
import { type Decoded, WireError } from '../../../model/wire.js';

export interface Greeting {
  readonly code: number;
}

const lineFeed = 0x0a;

/** \`maximumLength\`: bytes of the line with its end; a longer one is malformed. Three digits, then anything. */
export function decodeGreeting(bytes: Uint8Array, maximumLength: number): Decoded<Greeting> | undefined {
  const end = bytes.subarray(0, maximumLength).indexOf(lineFeed);
  if (end < 0 && bytes.length >= maximumLength) throw new WireError('greeting', maximumLength, 'the line does not end');
  if (end < 0) return undefined;
  const digits = String.fromCharCode(...bytes.subarray(0, Math.min(end, 3)));
  if (!/^\\d{3}$/.test(digits)) throw new WireError('code', 0, 'not three digits');
  return { message: { code: Number(digits) }, consumed: end + 1 };
}
`,
  [`${folder}/wire/greeting.test.ts`]: `import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WireError } from '../../../model/wire.js';
import { decodeGreeting } from './greeting.js';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe('the greeting', () => {
  it('is a line with a code', () => {
    expect(decodeGreeting(bytesOf('220 ready\\r\\n'), 100)).toEqual({ message: { code: 220 }, consumed: 11 });
  });

  it('is one of three things for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        try {
          const decoded = decodeGreeting(bytes, 20);
          if (decoded) expect(decoded.consumed).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(WireError);
        }
      }),
    );
  });

  it('is the same one byte at a time', () => {
    const line = bytesOf('530 no\\n');
    for (let length = 0; length < line.length; length += 1) expect(decodeGreeting(line.subarray(0, length), 100)).toBeUndefined();
    expect(decodeGreeting(line, 100)?.consumed).toBe(line.length);
  });
});
`,
  [`test/fuzz/targets/${id}.ts`]: `/** ${id}: the greeting. */
import { decodeGreeting } from '../../../src/protocols/${id}/wire/greeting.js';
import { streamed, type Target } from '../target.js';

const greeting = new TextEncoder().encode('220 ready\\r\\n');

export const ${name}Targets: readonly Target[] = [streamed('${id}/greeting.decodeGreeting', () => [greeting], (bytes) => decodeGreeting(bytes, 512))];
`,
  [`${folder}/evidence.ts`]: `/** What can be learnt from a ${id} server: facts, no opinion, nothing that names a person. */
import { evidenceKind } from '../../model/evidence.js';

export interface ${Name}Evidence {
  readonly greeting: number;
}

export const ${name} = evidenceKind<${Name}Evidence>('${id}', 1, { service: () => '${id}' });
`,
  [`${folder}/probe.ts`]: `/** The conversation with a ${id} server. Says nothing: it waits for the greeting and hangs up. */
import { NotThisProtocol } from '../../model/connection.js';
import { defineProbe } from '../../model/probe.js';
import { WireError } from '../../model/wire.js';
import { type ${Name}Evidence, ${name} } from './evidence.js';
import { decodeGreeting } from './wire/greeting.js';

const longestGreeting = 512;

export const ${name}Probe = defineProbe<${Name}Evidence>({
  id: '${id}',
  produces: ${name},
  ports: [],
  tried: 'own-ports',
  touch: 'credentials', // until the conversation is written and its every byte is in docs/safety.md
  transports: ['plain'],
  async run(target, dial) {
    const connection = await dial.open(target.transport);
    try {
      const greeting = await connection.receive((bytes) => decodeGreeting(bytes, longestGreeting));
      return { greeting: greeting.code };
    } catch (error) {
      if (error instanceof WireError) throw new NotThisProtocol('unknown');
      throw error;
    } finally {
      connection.close();
    }
  },
});
`,
  [`${folder}/probe.test.ts`]: `/** Whole conversations, replayed. */
import { describe, expect, it } from 'vitest';
import { NotThisProtocol } from '../../model/connection.js';
import { replayDial } from '../../net/replay.js';
import { strangerSettings } from '../../../test/hostile/probing.js';
import { ${name}Probe } from './probe.js';

const endpoint = { host: '127.0.0.1', address: '127.0.0.1', port: 9 };
const hear = (hex: string) =>
  ${name}Probe.run(
    { endpoint, transport: 'plain', settings: strangerSettings },
    replayDial([{ open: 'plain' }, { receive: hex }]),
  );

describe('the ${id} probe', () => {
  it('keeps the code of the greeting', async () => {
    expect(await hear('3232300d0a')).toEqual({ greeting: 220 });
  });

  it('leaves a peer alone that speaks something else', async () => {
    await expect(hear('ff0a')).rejects.toThrow(NotThisProtocol);
  });
});
`,
});
edit('test/fuzz/targets/index.ts', [
  ["import type { Target } from '../target.js';\n", `import type { Target } from '../target.js';\nimport { ${name}Targets } from './${id}.js';\n`],
  ['  ...contentTargets,\n', `  ...contentTargets,\n  ...${name}Targets,\n`],
]);
edit('src/protocols/index.ts', [
  [
    "import type { AnyProbe } from '../model/probe.js';\n",
    `import type { AnyProbe } from '../model/probe.js';\nimport { ${name}Probe } from './${id}/probe.js';\n`,
  ],
  ['Probe];\n', `Probe, ${name}Probe];\n`],
]);
tidy();
process.stdout.write(`\nNext: rewrite ${folder}; docs/adding-a-protocol.md goes through it. npm run check says when it holds.\n`);
