import { describe, expect, it } from 'vitest';
import { isImaging, type PageSeen, pathsWorthAsking, recogniseProducts, webProducts } from './products.js';

const seen = (more: Partial<PageSeen>): PageSeen => ({ path: '/', status: 200, headers: {}, body: '', faviconHash: null, ...more });
const titled = (title: string, path = '/'): PageSeen => seen({ path, body: `<!doctype html><html><head><title>${title}</title></head></html>` });
const marked = (body: string, path = '/'): PageSeen => seen({ path, body: `<html><body>${body}</body></html>` });
const headed = (name: string, value: string): PageSeen => seen({ headers: { [name]: value } });
const icon = (faviconHash: number): PageSeen => seen({ faviconHash });

/** For every row: what shows it, what only looks like it, and the version where the row has one. */
const samples: Readonly<Record<string, readonly [hit: PageSeen, miss: PageSeen, version?: string]>> = {
  orthanc: [titled('Orthanc Explorer'), titled('How we set up Orthanc Explorer')],
  'dcm4chee-arc': [titled('dcm4chee-arc-ui'), titled('dcm4chee-arc-ui in our hospital')],
  ohif: [titled('OHIF Viewer'), titled('About the OHIF Viewer')],
  dicoogle: [headed('server', 'dicoogle/3.3.1'), headed('server', 'mydicoogle'), '3.3.1'],
  clearcanvas: [marked('<a href="/ImageServer/Pages/Login/Default.aspx">in</a>'), titled('ClearCanvas is end of life', '/news')],
  conquest: [titled('Conquest DICOM server - version 1.4.17'), titled('How to use the Conquest DICOM server'), '1.4.17'],
  'vue-pacs': [titled('Philips Vue PACS'), titled('Vue PACS training')],
  'synapse-mobility': [titled('Synapse Mobility Login'), titled('Synapse Mobility')],
  'synapse-3d': [icon(394706326), icon(394706327)],
  infinitt: [marked('<script src="/webservices/WebUserLogin.asmx"></script>'), marked('INFINITT is our supplier')],
  meddream: [titled('MedDream DICOM Viewer'), titled('MedDream at the congress')],
  pacsone: [marked('<b>PacsOne Server 7.1.1</b>'), marked('we use PacsOne'), '7.1.1'],
  'sante-pacs': [icon(1185161484), titled('Sante PACS Server for you')],
  gxd5: [titled('GXD5 Pacs Connexion'), titled('The GXD5 Pacs')],
  animati: [marked('<script>pacs.login.sendPasswordRecoveryMail()</script>'), titled('Animati')],
  'merge-pacs': [marked('<option value="Merge PACS">Merge</option>'), marked('Merge PACS')],
  radone: [marked('<span>RadOne PACS</span>'), marked('RadOne PACS')],
  dicompacs: [icon(-297069493), titled('dicomPACS')],
  uniweb: [titled('UniWeb Server 4'), titled('My UniWeb Server')],
  solipacs: [icon(1320970403), titled('SoliPACS')],
  visage: [titled('Visage 7'), titled('Visage 70 years')],
  dicomcloud: [titled('DICOMcloud'), titled('DICOMcloud news')],
  'xero-viewer': [titled('Agfa XERO Viewer'), titled('XERO Viewer manual')],
  'mckesson-radiology': [titled('McKesson Radiology 12'), titled('A McKesson Radiology site')],
  'carestream-pacs': [titled('Carestream PACS'), titled('Our Carestream PACS')],
  'marco-pacs': [titled('Marco PACS'), titled('De Marco PACSystems')],
  claripacs: [titled('ClariPACS Login'), titled('The ClariPACS')],
  erez: [titled('eRez Imaging Server'), titled('Derez Imaging')],
  intellispace: [titled('Philips IntelliSpace Portal'), titled('New Philips IntelliSpace')],
  vitrea: [titled('Vitrea Intelligence'), titled('Vitrea')],
  'optos-advance': [titled('OptosAdvance'), titled('Optos')],
  'oct-webview': [titled('OCT Webview'), titled('OCT')],
  'philips-pathology': [titled('Philips Digital Pathology Solutions'), titled('Digital Pathology')],
  osirix: [titled('OsiriX Web Portal'), titled('OsiriX for beginners')],
  horos: [titled('Horos'), titled('Horos Project')],
  romexis: [titled('Planmeca Romexis Viewer'), titled('The Romexis')],
  'exa-pacs': [headed('x-super-powered-by', 'VIZTEK EXA'), headed('x-powered-by', 'VIZTEK EXA')],
  opalweb: [titled('Opal Web'), titled('Opals')],
  powerreader: [titled('PowerReader 6'), titled('A PowerReader')],
  medigration: [titled('Medigration'), titled('Immedigration')],
  'iis-pacs': [titled('IMAGE Information Systems'), titled('Medical IMAGE Information Systems')],
  medweb: [marked('EMERGENT CONNECT DBA Medweb'), marked('Medweb')],
  centricity: [icon(-458315012), titled('GE Centricity')],
  telemis: [icon(220883165), titled('Telemis')],
  xnat: [icon(-230640598), titled('XNAT')],
  medcon: [icon(-897903496), titled('Medcon')],
  intuitim: [icon(159662640), titled('intuitim')],
  omero: [icon(2140687598), titled('OMERO')],
  'synology-dsm': [titled('nas1&nbsp;-&nbsp;Synology DiskStation'), titled('Synology')],
  'qnap-qts': [titled('QNAP Turbo NAS'), titled('QNAP')],
  nginx: [headed('server', 'nginx/1.22.1'), headed('server', 'nginxish'), '1.22.1'],
  'apache-httpd': [headed('server', 'Apache/2.4.57 (Debian)'), headed('server', 'Apache-Coyote/1.1'), '2.4.57'],
  lighttpd: [headed('server', 'lighttpd/1.4.69'), headed('server', 'my lighttpd'), '1.4.69'],
  iis: [headed('server', 'Microsoft-IIS/10.0'), headed('server', 'Microsoft-HTTPAPI/2.0'), '10.0'],
  caddy: [headed('server', 'Caddy'), headed('server', 'Caddyshack')],
  'python-http': [headed('server', 'SimpleHTTP/0.6 Python/3.11.2'), headed('server', 'Python/3.11 aiohttp/3.8'), '3.11.2'],
};

describe('every product of the table', () => {
  it('has a sample, and is one of at least forty that a hospital would have', () => {
    expect(Object.keys(samples).sort()).toEqual(webProducts.map(({ id }) => id).sort());
    expect(webProducts.filter(({ kind }) => kind !== 'web-server').length).toBeGreaterThanOrEqual(40);
    expect(new Set(webProducts.map(({ id }) => id)).size).toBe(webProducts.length);
  });

  it.each(Object.entries(samples))('%s is recognised by what shows it, and not by its name in passing', (id, [hit, miss, version = null]) => {
    const [product] = recogniseProducts([hit]);
    expect(product).toMatchObject({ id, version, basis: expect.stringMatching(/^(?:title of a page|mark in a page|icon of the site|header [a-z-]+)$/) });
    expect(recogniseProducts([miss]).map((each) => each.id)).not.toContain(id);
  });

  it.each(webProducts.map((row) => [row.id, row] as const))('%s names its source', (_, { source, signs }) => {
    expect(source).toMatch(/^https:\/\//);
    expect(signs.length).toBeGreaterThan(0);
  });
});

describe('recognition', () => {
  it.each([
    ['the first title', '<html><head><title lang="en">Orthanc Explorer</title></head><svg><title>x</title></svg>', 'orthanc'],
    ['a title in capitals', '<HTML><TITLE>Orthanc Explorer</TITLE>', 'orthanc'],
    ['no title of an element that is called alike', '<titlebar>Orthanc Explorer</titlebar>', undefined],
    ['no title behind thousands that never end', `${'<title '.repeat(5_000)}>Orthanc Explorer</title>`, undefined],
    ['two marks far apart, in either order', `Softneta${' '.repeat(5_000)}loginSplash`, 'meddream'],
    ['two marks the other way round', `loginSplash${' '.repeat(10)}Softneta`, 'meddream'],
    ['no half of two marks', 'loginSplash'.repeat(50), undefined],
  ])('reads %s', (_, body, id) => {
    expect(recogniseProducts([{ path: '/', status: 200, headers: {}, body, faviconHash: null }])[0]?.id).toBe(id);
  });

  it('names the product before the web server that stands in front of it', () => {
    const page = { ...titled('Orthanc Explorer'), headers: { server: 'nginx/1.22.1' } };
    expect(recogniseProducts([page]).map(({ id }) => id)).toEqual(['orthanc', 'nginx']);
  });

  it.each(['Smith^John', '<b>1.2</b>', `1.${'2'.repeat(200)}`, '1.2.3.4.5.6.7', ''])('keeps no version that is none: %s', (version) => {
    const [product] = recogniseProducts([headed('server', `nginx/${version}`)]);
    expect(product?.version ?? null).toBeNull();
  });

  it('looks at the beginning of a page only, and at nothing of a page that is not there', () => {
    expect(recogniseProducts([marked(`${' '.repeat(100_000)}<span>RadOne PACS</span>`)])).toEqual([]);
    expect(recogniseProducts([])).toEqual([]);
  });

  it('tells what holds images from what only serves pages', () => {
    const imaging = (id: string) => isImaging({ id, name: id, version: null, basis: '' });
    expect(['orthanc', 'ohif', 'pacsone'].map(imaging)).toEqual([true, true, true]);
    expect(['nginx', 'synology-dsm', 'nobody'].map(imaging)).toEqual([false, false, false]);
    expect(isImaging(null)).toBe(false);
  });

  it('asks for telling pages only where nothing telling was seen, and for none twice', () => {
    expect(pathsWorthAsking(null, ['/app-config.js'])).toEqual(['/portal/WebLogin.aspx', '/dcm4chee-arc/ui2/']);
    expect(pathsWorthAsking({ id: 'orthanc', name: '', version: null, basis: '' }, [])).toEqual([]);
  });
});
