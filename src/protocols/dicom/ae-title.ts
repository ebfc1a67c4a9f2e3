/** What an AE title may be (PS3.5 section 6.2, VR AE). Opens no sockets. */

/** `undefined` when the title is good, else what is wrong with it. */
export function aeTitleProblem(title: string): string | undefined {
  if (title.trim() === '') return 'an AE title cannot be blank';
  if (title.length > 16) return `an AE title has at most 16 characters, this one has ${title.length}`;
  return /^[\x20-\x5b\x5d-\x7e]+$/.test(title) ? undefined : 'an AE title is printable ASCII without backslash';
}
