/** May a search engine find and list open pages? */
import { defineCheck, fail, pass, unknown, type Verdict } from '../model/check.js';
import { type HttpEvidence, handsOutData, http, openDoors, type WebDoor } from '../protocols/http/evidence.js';
import { cwe, gdprArticle32, hipaaAccessControl, nistSp180024 } from './references.js';
import { isTelling } from './telling-content.js';
import { doorFacts, judgeDoors } from './web-doors.js';
import { robotsExclusion } from './web-references.js';
import { apacheNoIndex, nginxNoIndex } from './web-remedies.js';

export const searchEngineIndexable = defineCheck({
  id: 'search-engine-indexable',
  title: 'Search engines may list what lies open',
  severity: 'high',
  why: 'Open pages of archives have stood in search engines with the names of patients. Once listed, anyone finds them, and copies outlive the repair.',
  remedy: {
    text: 'Close the page with a login. Until then tell crawlers to stay out, and ask the search engines to drop what they have listed.',
    products: [nginxNoIndex, apacheNoIndex],
    prove: 'curl -sI "{url}/" | grep -i x-robots-tag   # must say noindex, or the page must ask for a login',
  },
  references: {
    requirement: [hipaaAccessControl, gdprArticle32],
    target: [robotsExclusion, nistSp180024],
    weakness: [cwe(359, 'Exposure of Private Personal Information to an Unauthorized Actor')],
  },
  needs: { http },
  judge: ({ http }) => judgeSite(http),
});

/** Pages with something to hide behind them: an open listing of medical files, or a viewer whose data lie open. */
function judgeSite(evidence: HttpEvidence) {
  const feeds = openDoors(evidence).some(handsOutData);
  const pages = openDoors(evidence).filter((door) => (door.kind === 'viewer' || door.kind === 'portal' ? feeds : door.kind === 'listing' && isTelling(door)));
  return judgeDoors(evidence, pages, 'no open page with medical data was seen', judge);
}

function judge(door: WebDoor): Verdict {
  const { indexing } = door;
  const because = {
    ...doorFacts(door),
    robots: indexing?.robots ?? null,
    noindex: indexing?.noindex ?? null,
    inSitemap: indexing?.inSitemap ?? null,
    canonical: indexing?.canonical ?? null,
  };
  if (!indexing || indexing.robots === 'unclear') return unknown('what it tells crawlers could not be read', because);
  if (indexing.noindex) return pass('the page tells crawlers not to list it', because);
  if (indexing.robots === 'disallowed') return pass('robots.txt keeps crawlers out (the address itself may still be listed)', because);
  const invited = indexing.inSitemap ? ', and the sitemap invites them to it' : '';
  return fail(`${indexing.robots === 'partly' ? 'robots.txt keeps only some crawlers out' : 'nothing keeps crawlers from listing it'}${invited}`, because);
}
