import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeCommand, type FixedCommand, isSayable, type PathCommand } from './command.js';

const said = (command: Parameters<typeof encodeCommand>[0]): string => String.fromCharCode(...encodeCommand(command));

/** RFC 959, 2228, 2640, 3659, 4217 and what servers have besides: whatever changes, stores, renames, deletes, or has data sent elsewhere. */
const neverSaid =
  /^(?:STOR|STOU|APPE|DELE|MKD|XMKD|RMD|XRMD|RNFR|RNTO|SITE|MFMT|MFCT|MFF|MDTM|ALLO|PORT|EPRT|LPRT|ACCT|SMNT|REIN|CCC|OPTS|REST|SSCN|CPFR|CPTO|XCRC|HASH|COMB)/;

const fixedCommands: readonly FixedCommand[] = [
  ...(['USER nobody', 'USER anonymous', 'PASS', 'AUTH TLS', 'PBSZ', 'PROT P', 'FEAT', 'SYST', 'HELP'] as const),
  ...(['STAT', 'PWD', 'TYPE I', 'EPSV', 'PASV', 'LIST', 'RANG', 'QUIT'] as const),
];
const pathCommands: readonly PathCommand[] = ['CWD', 'MLSD', 'RETR'];

describe('what can be said', () => {
  it.each(fixedCommands)('%s', (command) => {
    expect(said(command)).toMatch(/^[A-Z]{3,4}(?: [a-zA-Z0-9@ ]+)?\r\n$/);
    expect(said(command)).not.toMatch(neverSaid);
  });

  it('says who we are, and asks for 132 bytes of a file', () => {
    expect(said('PASS')).toBe('PASS dosimeter@\r\n');
    expect(said('USER nobody')).toBe('USER dosimeter\r\n');
    expect(said('RANG')).toBe('RANG 0 131\r\n');
    expect(said('STAT')).toBe('STAT\r\n');
  });

  it('is one line for any path', () => {
    fc.assert(
      fc.property(fc.constantFrom(...pathCommands), fc.string({ unit: 'binary', maxLength: 40 }), (verb, path) => {
        if (!isSayable(path)) {
          expect(() => encodeCommand({ verb, path })).toThrow(RangeError);
          return;
        }
        const line = said({ verb, path });
        expect(line.slice(0, -2)).not.toMatch(/[\r\n\0]/);
        expect(line.startsWith(`${verb} `) && line.endsWith('\r\n')).toBe(true);
      }),
    );
  });

  it.each(['', 'a\r\nDELE b', 'a\nb', 'a\0b', 'a\u007f', '\u0102', 'x'.repeat(1025)])('refuses the path %j', (path) => {
    expect(isSayable(path)).toBe(false);
  });

  it('doubles the byte that Telnet has for itself', () => {
    expect(said({ verb: 'CWD', path: '/\xff' })).toBe('CWD /\xff\xff\r\n');
  });
});
