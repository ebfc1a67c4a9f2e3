/** What the rights at an NFS export rest on, in words. Decides no right. */
import type { DoorRights, Rights } from '../../model/rights.js';
import { allFrom, type Share } from '../../model/share.js';

type Bits = readonly string[] | 'refused' | 'no-answer' | 'not-tried';

interface NfsFacts extends Share {
  readonly sourcePort: 'unprivileged' | 'privileged';
  readonly granted: { readonly nobody: Bits; readonly owner: Bits; readonly root: Bits };
  readonly inside: { readonly asked: number; readonly rights: Rights };
}

/** Bits of ACCESS on a folder that make a right (RFC 1813 section 3.3.4). */
const needed = {
  read: ['read', 'lookup'],
  create: ['extend', 'lookup'],
  edit: ['modify', 'lookup'],
  delete: ['delete', 'lookup'],
} as const satisfies Record<keyof Rights, readonly string[]>;

const callers = { nobody: 'nobody', owner: 'the owner', root: 'root' } as const;
type Caller = keyof typeof callers;

export function nfsGrounds(share: NfsFacts): DoorRights['from'] {
  const asked = (Object.keys(callers) as Caller[]).filter((caller) => share.granted[caller] !== 'not-tried');
  if (asked.length === 0 || asked.every((caller) => typeof share.granted[caller] === 'string')) return allFrom(refusal(share));
  return {
    read: ground(share, 'read', asked),
    create: ground(share, 'create', asked),
    edit: ground(share, 'edit', asked),
    delete: ground(share, 'delete', asked),
  };
}

function refusal({ access, rights, sourcePort }: NfsFacts): string {
  if (access !== 'login' && access !== 'forbidden') return 'ACCESS was not answered';
  const words = access === 'login' ? 'the export was refused: it asks for another kind of authentication' : 'the export was refused';
  return rights.read === 'unknown' && sourcePort === 'unprivileged' ? `${words}; a source port below 1024 may be let in` : words;
}

/** Whoever needs to claim least to be granted it; where nobody is, all that were asked for. */
function ground({ granted, inside, rights }: NfsFacts, name: keyof Rights, asked: readonly Caller[]): string {
  const granting = asked.find((caller) => needed[name].every((bit) => typeof granted[caller] !== 'string' && granted[caller].includes(bit)));
  if (granting) return `ACCESS as ${callers[granting]} on its first folder: ${bitsIn(granted[granting])}`;
  if (rights[name] === 'yes' && inside.rights[name] === 'yes')
    return `ACCESS on ${inside.asked === 1 ? 'the file or folder' : `one of ${inside.asked} files and folders`} in it that was asked about`;
  const all = asked.map((caller) => `as ${callers[caller]} ${bitsIn(granted[caller])}`).join(', ');
  return `ACCESS on its first folder: ${all}${inside.asked > 0 ? `; no more on ${inside.asked} ${inside.asked === 1 ? 'file or folder' : 'files and folders'} in it` : ''}`;
}

function bitsIn(bits: Bits): string {
  if (typeof bits === 'string') return bits === 'no-answer' ? 'no answer' : bits;
  return bits.length === 0 ? 'nothing' : bits.map((bit) => bit.toUpperCase()).join('|');
}
