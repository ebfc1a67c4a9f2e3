/**
 * What a web server showed → which product it is. A table: one row a product, with what it is known by and where that was read.
 * Keeps nothing of a page but a version, and that only where it looks like one.
 */
import type { Product } from '../../model/product.js';

export type ProductKind = 'archive' | 'viewer' | 'portal' | 'gateway' | 'nas' | 'web-server';

/** One answer of the server. Names of headers are in lower case; the body is cut by the caller. */
export interface PageSeen {
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Of the icon that this answer was, if it was one. */
  readonly faviconHash: number | null;
}

/** What a page has to show. `at`: counts on a path that ends so only. */
export type Sign =
  | { readonly title: RegExp; readonly at?: string }
  | { readonly body: RegExp; readonly at?: string }
  | { readonly header: string; readonly matches: RegExp }
  | { readonly favicon: readonly number[] };

export interface WebProduct {
  /** Key of `Product.id`. */
  readonly id: string;
  readonly name: string;
  readonly kind: ProductKind;
  /** Any one is enough. */
  readonly signs: readonly Sign[];
  /** Group 1 is the version. */
  readonly version?: { readonly body: RegExp } | { readonly header: string; readonly matches: RegExp };
  /** Where the signs were read. */
  readonly source: string;
}

const orthancSource = 'https://orthanc.uclouvain.be/hg/orthanc/';
const nuclei = 'https://github.com/projectdiscovery/nuclei-templates';
const grinder = 'https://github.com/sdnewhop/grinder';
const kamerka = 'https://github.com/woj-ciech/Kamerka-GUI';
const openvas = 'https://github.com/greenbone/openvas-scanner';
const fingerprintHub = 'https://github.com/0x727/FingerprintHub';
const nmapProbes = 'https://github.com/nmap/nmap/blob/master/nmap-service-probes';

/** More telling rows first: the first one that fits is the product. */
export const webProducts: readonly WebProduct[] = [
  {
    id: 'orthanc',
    name: 'Orthanc',
    kind: 'archive',
    signs: [{ title: /^Orthanc Explorer(?: 2)?$/ }, { header: 'www-authenticate', matches: /realm="Orthanc Secure Area"/ }],
    source: orthancSource,
  },
  {
    id: 'dcm4chee-arc',
    name: 'dcm4chee-arc',
    kind: 'archive',
    signs: [{ title: /^dcm4chee-arc-ui$/i }],
    source: 'https://github.com/dcm4che/dcm4chee-arc-light',
  },
  {
    id: 'ohif',
    name: 'OHIF Viewer',
    kind: 'viewer',
    signs: [{ title: /^OHIF Viewer$/ }, { body: /^(?=[\s\S]*window\.config\s{0,20}=)(?=[\s\S]*dataSources)/, at: '/app-config.js' }],
    source: 'https://github.com/OHIF/Viewers',
  },
  {
    id: 'dicoogle',
    name: 'Dicoogle',
    kind: 'archive',
    signs: [{ title: /^Dicoogle(?: PACS)?$/ }, { header: 'server', matches: /^dicoogle\//i }],
    version: { header: 'server', matches: /^dicoogle\/([\d.]{1,20})/i },
    source: 'https://github.com/bioinformatics-ua/dicoogle',
  },
  {
    id: 'clearcanvas',
    name: 'ClearCanvas ImageServer',
    kind: 'archive',
    signs: [{ title: /^ClearCanvas/, at: '/ImageServer/Pages/Login/Default.aspx' }, { body: /\/ImageServer\/Pages\/Login\/Default\.aspx/ }],
    source: 'https://github.com/ClearCanvas/ClearCanvas',
  },
  {
    id: 'conquest',
    name: 'Conquest',
    kind: 'archive',
    signs: [{ title: /^Conquest DICOM server(?: - version|$)/ }],
    version: { body: /<title>Conquest DICOM server - version ?([\d.]{3,20})/i },
    source: 'https://github.com/marcelvanherk/Conquest-DICOM-Server',
  },
  {
    id: 'vue-pacs',
    name: 'Vue PACS',
    kind: 'portal',
    signs: [{ title: /^(?:Philips |Carestream )?Vue PACS$/ }, { body: /id="loginUsernameHidden"/, at: '/portal/WebLogin.aspx' }],
    version: { body: /WebLogin\.aspx[^"']{0,200}version=([\d.]{3,20})/ },
    source: nuclei,
  },
  { id: 'synapse-mobility', name: 'Synapse Mobility', kind: 'viewer', signs: [{ title: /^Synapse Mobility Login$/ }], source: nuclei },
  { id: 'synapse-3d', name: 'Synapse 3D', kind: 'viewer', signs: [{ favicon: [394706326] }], source: kamerka },
  {
    id: 'infinitt',
    name: 'INFINITT PACS',
    kind: 'archive',
    signs: [{ favicon: [1474455751, 702238928, -255936262] }, { body: /\/webservices\/WebUserLogin\.asmx/i }],
    source: nuclei,
  },
  {
    id: 'meddream',
    name: 'MedDream',
    kind: 'viewer',
    signs: [{ body: /^(?=[\s\S]*loginSplash)(?=[\s\S]*Softneta)/ }, { title: /^MedDream(?: DICOM Viewer)?$/ }],
    source: openvas,
  },
  {
    id: 'pacsone',
    name: 'PacsOne Server',
    kind: 'archive',
    signs: [{ body: /PacsOne Server [\d.]{1,20}/ }, { title: /^PacsOne Server/ }],
    version: { body: /PacsOne Server ([\d.]{3,20})/ },
    source: openvas,
  },
  { id: 'sante-pacs', name: 'Sante PACS Server', kind: 'archive', signs: [{ favicon: [1185161484] }], source: nuclei },
  { id: 'gxd5', name: 'NGI GXD5', kind: 'portal', signs: [{ title: /^GXD5 Pacs/ }], source: fingerprintHub },
  { id: 'animati', name: 'Animati PACS', kind: 'portal', signs: [{ body: /pacs\.login\.sendPasswordRecoveryMail\(/ }], source: fingerprintHub },
  { id: 'merge-pacs', name: 'Merge PACS', kind: 'portal', signs: [{ body: /<option value="Merge PACS">/ }, { favicon: [-74870968] }], source: fingerprintHub },
  { id: 'radone', name: 'RadOne PACS', kind: 'portal', signs: [{ body: /<span>RadOne PACS<\/span>/ }], source: fingerprintHub },
  { id: 'dicompacs', name: 'dicomPACS', kind: 'portal', signs: [{ favicon: [-297069493] }], source: grinder },
  { id: 'uniweb', name: 'EBM UniWeb', kind: 'portal', signs: [{ favicon: [1257616065] }, { title: /^UniWeb Server/ }], source: grinder },
  { id: 'solipacs', name: 'SoliPACS', kind: 'portal', signs: [{ favicon: [1320970403] }], source: grinder },
  { id: 'visage', name: 'Visage 7', kind: 'viewer', signs: [{ title: /^Visage 7(?:\b|$)/ }], source: grinder },
  { id: 'dicomcloud', name: 'DICOMcloud', kind: 'archive', signs: [{ title: /^DICOMcloud$/i }], source: grinder },
  { id: 'xero-viewer', name: 'Agfa XERO Viewer', kind: 'viewer', signs: [{ title: /^(?:Agfa )?XERO Viewer$/i }], source: grinder },
  { id: 'mckesson-radiology', name: 'McKesson Radiology', kind: 'portal', signs: [{ title: /^McKesson Radiology\b/i }], source: grinder },
  { id: 'carestream-pacs', name: 'Carestream PACS', kind: 'portal', signs: [{ title: /^Carestream PACS\b/i }], source: grinder },
  { id: 'marco-pacs', name: 'Marco PACS', kind: 'portal', signs: [{ title: /^Marco PACS\b/i }], source: grinder },
  { id: 'claripacs', name: 'ClariPACS', kind: 'portal', signs: [{ title: /^ClariPACS\b/i }], source: grinder },
  { id: 'erez', name: 'eRez Imaging Server', kind: 'viewer', signs: [{ title: /^eRez Imaging\b/i }], source: grinder },
  { id: 'intellispace', name: 'Philips IntelliSpace', kind: 'viewer', signs: [{ title: /^(?:Philips )?IntelliSpace\b/i }], source: grinder },
  { id: 'vitrea', name: 'Vitrea Intelligence', kind: 'viewer', signs: [{ title: /^Vitrea Intelligence\b/i }], source: grinder },
  { id: 'optos-advance', name: 'OptosAdvance', kind: 'viewer', signs: [{ title: /^OptosAdvance\b/i }], source: grinder },
  { id: 'oct-webview', name: 'OCT Webview', kind: 'viewer', signs: [{ title: /^OCT Webview\b/i }], source: grinder },
  { id: 'philips-pathology', name: 'Philips Digital Pathology', kind: 'portal', signs: [{ title: /^Philips Digital Pathology\b/i }], source: grinder },
  { id: 'osirix', name: 'OsiriX', kind: 'viewer', signs: [{ title: /^OsiriX(?: Web Portal)?$/i }], source: grinder },
  { id: 'horos', name: 'Horos', kind: 'viewer', signs: [{ favicon: [398467600] }, { title: /^Horos(?: Web Portal)?$/i }], source: kamerka },
  { id: 'romexis', name: 'Planmeca Romexis', kind: 'viewer', signs: [{ title: /^(?:Planmeca )?Romexis\b/i }], source: grinder },
  { id: 'exa-pacs', name: 'Exa PACS', kind: 'portal', signs: [{ header: 'x-super-powered-by', matches: /VIZTEK EXA/i }], source: kamerka },
  { id: 'opalweb', name: 'Opal Web', kind: 'viewer', signs: [{ title: /^Opal ?Web\b/i }], source: kamerka },
  { id: 'powerreader', name: 'RamSoft PowerReader', kind: 'viewer', signs: [{ title: /^PowerReader\b/i }], source: kamerka },
  { id: 'medigration', name: 'Medigration', kind: 'portal', signs: [{ title: /^Medigration\b/i }], source: kamerka },
  { id: 'iis-pacs', name: 'IMAGE Information Systems', kind: 'portal', signs: [{ title: /^IMAGE Information Systems\b/i }], source: kamerka },
  { id: 'medweb', name: 'Medweb', kind: 'portal', signs: [{ body: /DBA Medweb/ }], source: kamerka },
  { id: 'centricity', name: 'GE Centricity', kind: 'portal', signs: [{ favicon: [-458315012] }], source: kamerka },
  { id: 'telemis', name: 'Telemis', kind: 'viewer', signs: [{ favicon: [220883165] }], source: kamerka },
  { id: 'xnat', name: 'XNAT', kind: 'archive', signs: [{ favicon: [-230640598] }], source: kamerka },
  { id: 'medcon', name: 'Medcon', kind: 'portal', signs: [{ favicon: [-897903496] }], source: kamerka },
  { id: 'intuitim', name: 'intuitim', kind: 'portal', signs: [{ favicon: [159662640] }], source: kamerka },
  { id: 'omero', name: 'OMERO', kind: 'archive', signs: [{ favicon: [2140687598] }], source: kamerka },
  {
    id: 'synology-dsm',
    name: 'Synology DSM',
    kind: 'nas',
    signs: [{ title: /^(?:[^<>]{0,60}&nbsp;-&nbsp;|[^<>]{0,60} - )?Synology (?:Disk|Rack)Station$/ }, { body: /SYNO\.SDS\.Session/ }],
    source: nmapProbes,
  },
  {
    id: 'qnap-qts',
    name: 'QNAP QTS',
    kind: 'nas',
    signs: [{ title: /^QNAP Turbo NAS$/ }, { header: 'server', matches: /^http server 1\.0$/ }],
    source: nmapProbes,
  },
  {
    id: 'nginx',
    name: 'nginx',
    kind: 'web-server',
    signs: [{ header: 'server', matches: /^nginx(?:\/|$)/i }],
    version: { header: 'server', matches: /^nginx\/([\d.]{3,20})/i },
    source: nmapProbes,
  },
  {
    id: 'apache-httpd',
    name: 'Apache httpd',
    kind: 'web-server',
    signs: [{ header: 'server', matches: /^Apache(?:\/[\d.]+)?(?: |$)/ }],
    version: { header: 'server', matches: /^Apache\/([\d.]{3,20})/ },
    source: nmapProbes,
  },
  {
    id: 'lighttpd',
    name: 'lighttpd',
    kind: 'web-server',
    signs: [{ header: 'server', matches: /^lighttpd(?:\/|$)/ }],
    version: { header: 'server', matches: /^lighttpd\/([\d.]{3,20})/ },
    source: nmapProbes,
  },
  {
    id: 'iis',
    name: 'Microsoft IIS',
    kind: 'web-server',
    signs: [{ header: 'server', matches: /^Microsoft-IIS\// }],
    version: { header: 'server', matches: /^Microsoft-IIS\/([\d.]{3,20})/ },
    source: nmapProbes,
  },
  { id: 'caddy', name: 'Caddy', kind: 'web-server', signs: [{ header: 'server', matches: /^Caddy$/ }], source: nmapProbes },
  {
    id: 'python-http',
    name: 'Python http.server',
    kind: 'web-server',
    signs: [{ header: 'server', matches: /^SimpleHTTP\/[\d.]+ Python\// }],
    version: { header: 'server', matches: /Python\/([\d.]{3,20})/ },
    source: nmapProbes,
  },
];

const kinds: ReadonlyMap<string, ProductKind> = new Map(webProducts.map(({ id, kind }) => [id, kind]));

/** An archive, viewer, portal or gateway of medical images; neither storage nor a plain web server. */
export function isImaging(product: Product | null): boolean {
  const kind = product ? kinds.get(product.id) : undefined;
  return kind !== undefined && kind !== 'nas' && kind !== 'web-server';
}

/** What a proxy in front of anything shows. */
export const isWebServer = ({ id }: Product): boolean => kinds.get(id) === 'web-server';

/** In the order of the table. */
export function recogniseProducts(pages: readonly PageSeen[]): readonly Product[] {
  return webProducts.flatMap((row) => {
    const basis = pages.flatMap((page) => row.signs.flatMap((sign) => basisOf(sign, page)))[0];
    return basis === undefined ? [] : [{ id: row.id, name: row.name, version: versionIn(row, pages), basis }];
  });
}

/** Bodies are looked at so far only: signs stand near the top, and a hostile page is long. */
const lookedAt = 65_536;

/** Of the first title element alone: a page may begin thousands that never end. */
function titleOf(body: string): string {
  const text = body.slice(0, lookedAt);
  const at = text.search(/<title[\s>]/i);
  return at < 0 ? '' : (/^<title[^>]{0,200}>([^<]{0,300})/i.exec(text.slice(at, at + 600))?.[1] ?? '').trim();
}

function basisOf(sign: Sign, page: PageSeen): readonly string[] {
  if ('favicon' in sign) return page.faviconHash !== null && sign.favicon.includes(page.faviconHash) ? ['icon of the site'] : [];
  if ('header' in sign) return sign.matches.test((page.headers[sign.header] ?? '').slice(0, 500)) ? [`header ${sign.header}`] : [];
  if (sign.at !== undefined && !page.path.split('?')[0]?.endsWith(sign.at)) return [];
  if ('title' in sign) return sign.title.test(titleOf(page.body)) ? ['title of a page'] : [];
  return sign.body.test(page.body.slice(0, lookedAt)) ? ['mark in a page'] : [];
}

/** Digits and dots only: nothing else that a page says may leave this function. */
function versionIn({ version }: WebProduct, pages: readonly PageSeen[]): string | null {
  if (!version) return null;
  const found = pages.flatMap((page) => {
    const text = 'header' in version ? (page.headers[version.header] ?? '').slice(0, 500) : page.body.slice(0, lookedAt);
    return ('header' in version ? version.matches : version.body).exec(text)?.[1] ?? [];
  })[0];
  return found !== undefined && /^\d{1,5}(?:\.\d{1,5}){0,4}$/.test(found) ? found : null;
}

/** Pages that tell products whose front page does not, commonest first; of any host, only these few are asked for. */
const tellingPaths = ['/app-config.js', '/portal/WebLogin.aspx', '/dcm4chee-arc/ui2/'];

export function pathsWorthAsking(product: Product | null, seen: readonly string[]): readonly string[] {
  if (isImaging(product) || (product && kinds.get(product.id) === 'nas')) return [];
  return tellingPaths.filter((path) => !seen.includes(path));
}
