/** What the rights at a module of an rsync daemon rest on, in words. Decides no right. */
import type { DoorRights, Right } from '../../model/rights.js';
import { allFrom, type Share } from '../../model/share.js';

export function rsyncGrounds({ access, rights, rightsFrom }: Share): DoorRights['from'] {
  if (access !== 'open') return allFrom(rightsFrom);
  const write = uploadWords[rights.create];
  return { read: listWords[rights.read], create: write, edit: write, delete: write };
}

const listWords = {
  yes: 'the list of its first folder came',
  negotiated: 'the list of its first folder was offered',
  no: 'the list of its first folder was refused',
  unknown: 'it let the caller in, and the list of its first folder did not come',
} as const satisfies Record<Right, string>;

/** An upload is announced with `-n` and never sent. */
const uploadWords = {
  yes: 'an upload was taken',
  negotiated: 'it waited for the files of an upload that was announced and never sent',
  no: 'it said that it is read-only when an upload was announced',
  unknown: 'its answer to the announcement of an upload does not tell',
} as const satisfies Record<Right, string>;
