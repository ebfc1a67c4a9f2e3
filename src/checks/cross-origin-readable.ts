/** May a page from anywhere read the archive through the browser of somebody inside? */
import { defineCheck, fail, pass, type Verdict } from '../model/check.js';
import { type HttpEvidence, http, type WebDoor } from '../protocols/http/evidence.js';
import { cwe, gdprArticle32, hipaaAccessControl, nistSp180024 } from './references.js';
import { doorFacts, judgeDoors } from './web-doors.js';
import { nginxNoCors } from './web-remedies.js';

export const crossOriginReadable = defineCheck({
  id: 'cross-origin-readable',
  title: 'Any web page may read it through a browser inside',
  severity: 'medium',
  why: 'A page that somebody in the hospital opens can then query the archive from within the network and send on what it reads, past every firewall.',
  remedy: {
    text: 'Name the one viewer that has to read it, and never answer with * or with whatever origin asks.',
    products: [nginxNoCors],
    prove: 'curl -sI -H "Origin: https://elsewhere.example" "{url}/dicom-web/studies?limit=1" | grep -i access-control-allow-origin   # must print nothing',
  },
  references: {
    requirement: [hipaaAccessControl, gdprArticle32],
    target: [nistSp180024],
    weakness: [cwe(942, 'Permissive Cross-domain Security Policy with Untrusted Domains')],
  },
  needs: { http },
  judge: ({ http }) => judgeSite(http),
});

const judgeSite = (evidence: HttpEvidence) =>
  judgeDoors(
    evidence,
    evidence.doors.filter(({ kind, access }) => (access === 'open' || access === 'login') && (kind === 'dicomweb' || kind === 'archive-api')),
    'no interface was found that a browser could read',
    judge,
  );

function judge(door: WebDoor): Verdict {
  const because = { ...doorFacts(door), crossOrigin: door.crossOrigin };
  // Without its user's session a page gets nothing but the refusal (Fetch standard, CORS protocol and credentials).
  if (door.access === 'login' && door.crossOrigin !== 'reflected-with-credentials')
    return pass('it asks for credentials, and lends nobody those of a browser', because);
  switch (door.crossOrigin) {
    case 'none':
      return pass('it lets no other origin read its answers', because);
    case 'any':
      return fail('it lets pages of any origin read its answers (*)', because);
    case 'reflected':
      return fail('it lets whatever origin asks read its answers', because);
    case 'reflected-with-credentials':
      return fail('it lets whatever origin asks read its answers, with the credentials of the person at the browser', because, 'high');
  }
}
