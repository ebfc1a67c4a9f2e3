/** What several rsync checks read off the evidence. Judges nothing by itself. */
import { pass, type SubjectVerdict, unknown, type Verdict } from '../model/check.js';
import type { Share } from '../model/share.js';
import type { RsyncEvidence } from '../protocols/rsync/evidence.js';

export const rsyncFacts = (evidence: RsyncEvidence): Verdict['because'] => ({
  protocol: evidence.protocol,
  listing: evidence.listing,
  modules: evidence.moduleCount,
});

export const moduleFacts = (module: Share): Verdict['because'] => ({
  module: module.label,
  access: module.access,
  ...module.rights,
  rightsFrom: module.rightsFrom,
  ...(module.content && { files: module.content.files.value, images: module.content.images.value, ended: module.content.ended }),
});

/** One verdict a module; one for the daemon where it lists none: modules that it hides cannot be seen, so that is no pass. */
export function judgeModules(evidence: RsyncEvidence, judge: (module: Share) => Verdict): Verdict | readonly SubjectVerdict[] {
  const { modules, listing } = evidence;
  if (modules.length > 0) return modules.map((module) => ({ subject: String(module.number), verdict: closedOr(module, judge) }));
  const because = rsyncFacts(evidence);
  if (listing === 'listed') return unknown('it lists no module; one that it hides opens to whoever knows its name', because);
  return unknown(listing === 'not-tried' ? 'its modules were not asked for' : 'it does not tell its modules', because);
}

function closedOr(module: Share, judge: (module: Share) => Verdict): Verdict {
  const because = moduleFacts(module);
  if (module.access === 'login') return pass('it asks for a password', because);
  if (module.access === 'forbidden') return pass('it refuses this computer', because);
  if (module.access === 'not-tried') return unknown('it was not looked into: others came first', because);
  return module.access === 'unclear' ? unknown('it neither opened nor refused', because) : judge(module);
}
