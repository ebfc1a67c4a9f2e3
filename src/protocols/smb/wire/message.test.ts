/** Headers and chains of messages, on any bytes; and that nothing but asking can be said. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { survivesAnything } from '../../../../test/fixtures/decoding.js';
import { smbMessages } from '../../../estate/smb-answers.js';
import { commands, decodeMessages, encodeMessages, type Request } from './message.js';

const request = fc.record({
  command: fc.constantFrom(...(Object.keys(commands) as (keyof typeof commands)[])),
  messageId: fc.bigInt(0n, 0xffffffffffffffffn),
  treeId: fc.nat(0xffffffff),
  sessionId: fc.bigInt(0n, 0xffffffffffffffffn),
  credits: fc.nat(0xffff),
  isRelated: fc.boolean(),
  body: fc.uint8Array({ maxLength: 60 }),
});
const answer = { command: 5, status: 0, messageId: 1n, treeId: 2, sessionId: 3n, body: new Uint8Array(9) };
const good = [smbMessages([answer]), smbMessages([answer, answer, answer])];

describe('decodeMessages', () => {
  it('gives messages or a WireError for any bytes', () => survivesAnything(decodeMessages, good));

  it('reads back what encodeMessages writes, padded to eight between messages', () => {
    fc.assert(
      fc.property(fc.array(request, { minLength: 1, maxLength: 5 }), (requests: Request[]) => {
        const decoded = decodeMessages(encodeMessages(requests));
        expect(decoded.map(({ command, messageId, treeId, sessionId, isResponse }) => ({ command, messageId, treeId, sessionId, isResponse }))).toEqual(
          requests.map(({ command, messageId, treeId, sessionId }) => ({ command: commands[command], messageId, treeId, sessionId, isResponse: false })),
        );
        for (const [index, { body }] of requests.entries()) expect(decoded[index]?.bytes.subarray(64, 64 + body.length)).toEqual(body);
      }),
    );
  });

  it('is nothing where another protocol speaks', () => {
    expect(decodeMessages(new Uint8Array(80))).toEqual([]);
  });

  it('does not follow a chain for ever', () => {
    expect(() => decodeMessages(smbMessages(Array.from({ length: 9 }, () => answer)))).toThrow(/NextCommand/);
  });
});

it('has no command that could change a file', () => {
  // MS-SMB2 section 2.2.1.2: FLUSH 7, WRITE 9, LOCK 10, CHANGE_NOTIFY 15, QUERY_INFO 16, SET_INFO 17, OPLOCK_BREAK 18
  expect(Object.values(commands).filter((number) => [7, 9, 10, 15, 16, 17, 18].includes(number))).toEqual([]);
});
