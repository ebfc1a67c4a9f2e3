/** What the rights at an FTP server rest on, in words. Decides no right. */
import { type DoorRights, groundsOf, type Right, type RightsFrom } from '../../model/rights.js';
import { allFrom, groundsOfShares, type Share } from '../../model/share.js';

interface FtpFacts {
  readonly anonymous: { readonly direct: string; readonly overTls: string };
  readonly greeting: 'ready' | 'busy';
  readonly permFacts: boolean;
  readonly shares: readonly Share[];
}

/** `isKeptOut`: anonymous callers were refused. */
export function ftpGrounds(facts: FtpFacts, isKeptOut: boolean): RightsFrom {
  const { direct, overTls } = facts.anonymous;
  if (isKeptOut) return alike('no', refusedWords[direct] ?? `${refusedWords[overTls] ?? 'the anonymous login was refused'}, over TLS`);
  if (facts.shares.length === 0)
    return alike('unknown', facts.greeting === 'busy' ? 'the server was too busy to take a caller' : (loginWords[direct] ?? 'no anonymous login was tried'));
  return groundsOfShares(facts.shares, (share) => shareGrounds(share, facts.permFacts));
}

const alike = (right: Right, text: string): RightsFrom =>
  groundsOf([{ door: '', rights: { read: right, create: right, edit: right, delete: right }, from: allFrom(text) }]);

const refusedWords: Readonly<Record<string, string>> = {
  refused: 'the anonymous login was refused',
  'announced-refused': 'its greeting says that it lets nobody in without an account',
};

const loginWords: Readonly<Record<string, string>> = {
  accepted: 'the anonymous login was accepted, and no folder could be listed after it',
  'tls-first': 'the anonymous login was refused until TLS runs, and none inside TLS was answered',
  busy: 'the server was too busy to let an anonymous caller in',
  'no-answer': 'the anonymous login was not answered',
};

function shareGrounds({ access, rights }: Share, permFacts: boolean): DoorRights['from'] {
  if (access === 'forbidden') return { ...allFrom('nothing was listed'), read: 'the anonymous login was accepted, and the listing refused' };
  const read = rights.read === 'no' ? 'no file in the listing has the fact perm=r' : 'a folder was listed after an anonymous login';
  if (!permFacts) return { ...allFrom('the server does not say who may write (no fact "perm" in its listings)'), read };
  return {
    read,
    create: perm(rights.create, 'c or m', 'folder'),
    edit: perm(rights.edit, 'w', 'file'),
    delete: perm(rights.delete, 'p', 'folder'),
  };
}

/** RFC 3659 section 7.5.5: what the server believes, not what it granted. */
function perm(right: Right, letters: string, kind: 'file' | 'folder'): string {
  if (right === 'no') return `no ${kind} has the fact perm=${letters}, and every folder was listed`;
  if (right === 'unknown') return `no ${kind} seen has the fact perm=${letters}, and not every folder was listed`;
  return `the fact perm=${letters} of a ${kind} in the listing`;
}
