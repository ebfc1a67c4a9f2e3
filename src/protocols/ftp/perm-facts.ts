/**
 * What the facts `perm` (RFC 3659 section 7.5.5) of the entries seen say together. They are what the server believes, not an operation that it granted:
 * ProFTPD reads them off the permissions of files, so that a `<Limit>` that forbids writing is not in them. A letter is therefore `negotiated`, and only
 * its absence everywhere is `no`. Letters that ProFTPD gives whether or not they hold (`a`, `d` and `f` of files and folders) are left out of it.
 */
import type { Right, Rights } from '../../model/rights.js';
import type { ListedEntry } from './wire/entry.js';

export class PermFacts {
  #folders = 0;
  #files = 0;
  #create = false;
  #edit = false;
  #delete = false;
  #read = false;

  note(kind: ListedEntry['kind'], perm: string | null): void {
    if (perm === null) return;
    if (kind === 'file') {
      this.#files += 1;
      this.#edit ||= perm.includes('w');
      this.#read ||= perm.includes('r');
    } else if (kind === 'folder' || kind === 'this-folder') {
      this.#folders += 1;
      this.#create ||= perm.includes('c') || perm.includes('m');
      this.#delete ||= perm.includes('p');
    }
  }

  get seen(): boolean {
    return this.#folders + this.#files > 0;
  }

  /** `wholeTree`: every folder was listed, so that what was not seen is not there. */
  rights(wholeTree: boolean): Rights {
    const right = (said: boolean, asked: boolean): Right => (said ? 'negotiated' : asked && wholeTree ? 'no' : 'unknown');
    const create = right(this.#create, this.#folders > 0);
    return {
      read: this.#read || this.#files === 0 ? 'yes' : 'no',
      create,
      edit: right(this.#edit, this.#files > 0 || this.#folders > 0),
      delete: right(this.#delete, this.#folders > 0),
    };
  }
}
