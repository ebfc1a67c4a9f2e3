/**
 * Every command that Dosimeter can say to an FTP server. What is not here cannot be sent: no STOR, APPE, STOU, DELE, MKD, RMD, RNFR, RNTO, SITE or
 * PORT. RETR is only said after the server agreed to a range of 132 bytes (see `tree.ts`).
 */

/** Commands without anything to fill in. */
const fixed = {
  /** A name that nobody has, which says who we are: shows whether names are taken in the clear. No password follows it. */
  'USER nobody': 'USER dosimeter',
  'USER anonymous': 'USER anonymous',
  /** RFC 1635 asks for an address; this one says who we are. */
  PASS: 'PASS dosimeter@',
  /** RFC 4217. */
  'AUTH TLS': 'AUTH TLS',
  PBSZ: 'PBSZ 0',
  'PROT P': 'PROT P',
  FEAT: 'FEAT',
  SYST: 'SYST',
  HELP: 'HELP',
  /** About the session; with an argument it would list. */
  STAT: 'STAT',
  PWD: 'PWD',
  'TYPE I': 'TYPE I',
  EPSV: 'EPSV',
  PASV: 'PASV',
  /** Of the folder that was changed to: its name would be taken for a pattern or an option by some servers. */
  LIST: 'LIST',
  /** draft-bryan-ftp-range: the next RETR brings bytes 0 to 131 and no more. */
  RANG: 'RANG 0 131',
  QUIT: 'QUIT',
} as const;

const withPath = ['CWD', 'MLSD', 'RETR'] as const;

export type FixedCommand = keyof typeof fixed;
export type PathCommand = (typeof withPath)[number];
export type FtpCommand = FixedCommand | { readonly verb: PathCommand; readonly path: string };

const longestPath = 1024;

/** Paths are strings of bytes, one character a byte, as the server gave them. What would end the line, or is too long, cannot be said. */
export const isSayable = (path: string): boolean => path.length > 0 && path.length <= longestPath && ![...path].some((character) => !isPathByte(character));

function isPathByte(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code >= 0x20 && code !== 0x7f && code <= 0xff;
}

/** Throws `RangeError` for a path that cannot be said. */
export function encodeCommand(command: FtpCommand): Uint8Array {
  if (typeof command === 'string') return bytesOf(`${fixed[command]}\r\n`);
  if (!isSayable(command.path)) throw new RangeError('a path that would not fit in one command');
  return bytesOf(`${command.verb} ${command.path.replaceAll('\xff', '\xff\xff')}\r\n`); // Telnet's IAC is doubled (RFC 854)
}

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
