/** Asking to be let in without an account, and what the answers mean. Tries no password but the one that anonymous callers give, and that once. */
import { ConnectionFailure } from '../../model/connection.js';
import type { FtpControl } from './control.js';
import type { AnonymousLogin, ClearLogin } from './evidence.js';
import type { Reply } from './wire/reply.js';

/** vsftpd and Pure-FTPd take 3 to 8 seconds to say no, to a password or already to the name. Waited for once in a conversation. */
const slowRefusalMs = 10_000;
const slow = 2_000;

/** What was answered, in words that are looked at and dropped. */
export interface Asked<Answer> {
  readonly answer: Answer;
  readonly lines: readonly string[];
  /** The server hung up instead of answering. */
  readonly hungUp?: boolean;
}

/** RFC 4217 leaves the code to the server: 421, 503, 522, 530, 534 and 550 are in use, so the words decide. 534 is for nothing else (RFC 2228). */
export function wantsTls({ code, lines }: Reply): boolean {
  if (code === 534 || code === 522) return true;
  const words = lines.join(' ').slice(0, 1_000);
  return (
    code >= 400 &&
    /\b(?:TLS|SSL|encrypt\w*|secure connection|AUTH first|cleartext sessions?|plain ?(?:text )?(?:FTP|sessions?|connections?|logins?))\b/i.test(words)
  );
}

/** vsftpd `no_local`: "This FTP server is anonymous only." Pure-FTPd's greeting: "Only anonymous FTP is allowed here". */
export const saysAnonymousOnly = (lines: readonly string[]): boolean => /\banonymous only\b|\bonly anonymous\b/i.test(lines.join(' ').slice(0, 2_000));
/** Pure-FTPd's greeting: "This is a private system - No anonymous login". */
export const saysNoAnonymous = (lines: readonly string[]): boolean => /\bno anonymous (?:login|access|ftp)/i.test(lines.join(' ').slice(0, 2_000));

/** A name that nobody has, without a password: is a name taken in the clear? `letsIn`: it let that name in (Pure-FTPd takes every name for anonymous). */
export async function offerName(control: FtpControl): Promise<Asked<ClearLogin> & { readonly letsIn: boolean }> {
  try {
    const reply = await control.ask('USER nobody');
    return { answer: clearAnswer(reply), lines: reply.lines, letsIn: reply.code === 230 || reply.code === 232 };
  } catch (error) {
    if (!(error instanceof ConnectionFailure)) throw error;
    return { answer: 'no-answer', lines: [], letsIn: false };
  }
}

function clearAnswer(reply: Reply): ClearLogin {
  if (wantsTls(reply)) return 'tls-first';
  if (reply.code === 230 || reply.code === 232 || saysAnonymousOnly(reply.lines)) return 'anonymous-only';
  if (reply.code === 331 || reply.code === 332) return 'taken';
  return reply.code >= 500 ? 'refused' : 'no-answer';
}

/** RFC 1635. `mayWait`: whether a slow refusal is waited for. */
export async function loginAnonymously(control: FtpControl, mayWait: boolean): Promise<Asked<AnonymousLogin>> {
  try {
    const asked = performance.now();
    const user = await control.ask('USER anonymous', mayWait ? slowRefusalMs : undefined);
    if (user.code !== 331 && user.code !== 332) return { answer: loginAnswer(user), lines: user.lines };
    const hasWaited = performance.now() - asked > slow;
    const password = await control.ask('PASS', mayWait && !hasWaited ? slowRefusalMs : undefined);
    return { answer: loginAnswer(password), lines: [...user.lines, ...password.lines] };
  } catch (error) {
    if (!(error instanceof ConnectionFailure)) throw error;
    return { answer: 'no-answer', lines: [], hungUp: error.outcome === 'closed' };
  }
}

function loginAnswer(reply: Reply): AnonymousLogin {
  if (reply.code === 230 || reply.code === 232 || reply.code === 202) return 'accepted';
  if (wantsTls(reply)) return 'tls-first';
  if (reply.code === 421 || (reply.code >= 400 && reply.code < 500)) return 'busy';
  return reply.code >= 500 || reply.code === 332 ? 'refused' : 'no-answer';
}
