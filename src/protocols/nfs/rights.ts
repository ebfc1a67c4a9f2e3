/** From bits of ACCESS to rights, and to who is squashed. Asks nothing. */
import { type Right, type Rights, unknownRights } from '../../model/rights.js';
import type { Grant, Squash } from './evidence.js';
import type { AccessBit } from './wire/access-bits.js';
import type { FileKind } from './wire/attributes.js';

const isGranted = (grant: Grant, ...bits: readonly AccessBit[]): Right =>
  typeof grant !== 'string' ? (bits.every((bit) => grant.includes(bit)) ? 'yes' : 'no') : grant === 'refused' ? 'no' : 'unknown';

/** RFC 1813 section 3.3.4: of a folder, EXTEND lets entries be made in it and DELETE lets them go; of a file, both are about what is in it. */
export function rightsOf(grant: Grant, kind: FileKind): Rights {
  if (kind !== 'folder') return { read: isGranted(grant, 'read'), create: 'unknown', edit: isGranted(grant, 'modify'), delete: 'unknown' };
  return {
    read: isGranted(grant, 'read', 'lookup'),
    create: isGranted(grant, 'extend', 'lookup'),
    edit: isGranted(grant, 'modify', 'lookup'),
    delete: isGranted(grant, 'delete', 'lookup'),
  };
}

const rank: readonly Right[] = ['yes', 'negotiated', 'no', 'unknown'];

/** What a caller may do who claims to be whoever is granted most; a refusal is known, silence is not. */
export function mostOf(all: readonly Rights[]): Rights {
  const of = (name: keyof Rights): Right => rank.find((right) => all.some((rights) => rights[name] === right)) ?? 'unknown';
  return all.length === 0 ? unknownRights : { read: of('read'), create: of('create'), edit: of('edit'), delete: of('delete') };
}

/** What three callers were granted on one file or folder. `owner`: whoever it belongs to. */
export interface Compared {
  readonly kind: FileKind;
  readonly nobody: Grant;
  readonly owner: Grant;
  readonly root: Grant;
}

/** A server that does not squash root grants root every reading, and every writing that it grants to anybody (RFC 1813 section 4.4 asks for that). */
export function squashOf(compared: readonly Compared[]): Squash {
  const all = compared.map(squashSeenOn);
  return (['none', 'everyone', 'root'] as const).find((squash) => all.includes(squash)) ?? (all.includes('unclear') ? 'unclear' : 'not-tried');
}

const readings = { folder: ['read', 'lookup'], file: ['read'], link: [], other: [] } as const;

function squashSeenOn({ kind, nobody, owner, root }: Compared): Squash {
  if (typeof nobody === 'string' || typeof root === 'string') return 'not-tried';
  if (root.some((bit) => !nobody.includes(bit))) return 'none';
  const isRefusedReading = readings[kind].some((bit) => !root.includes(bit));
  if (typeof owner !== 'string') {
    if (readings[kind].some((bit) => !owner.includes(bit)) && isRefusedReading) return 'everyone';
    if (owner.some((bit) => !root.includes(bit))) return 'root';
  }
  return isRefusedReading ? 'root' : 'unclear';
}
