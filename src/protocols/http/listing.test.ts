import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readListing } from './listing.js';
import { bodyText, readPage } from './page.js';

const listed = (html: string, folder = '/dicom/') => readListing(readPage(html), html, folder);

/** As the servers print them, shortened. */
const pages: Readonly<Record<string, string>> = {
  nginx:
    '<html><head><title>Index of /dicom/</title></head><body><h1>Index of /dicom/</h1><hr><pre><a href="../">../</a>\n<a href="2019/">2019/</a>\n<a href="IM0001.dcm">IM0001.dcm</a></pre></body></html>',
  apache:
    '<html><head><title>Index of /dicom</title></head><body><table><tr><th><a href="?C=N;O=D">Name</a></th></tr><tr><td><a href="/">Parent Directory</a></td></tr><tr><td><a href="2019/">2019/</a></td></tr><tr><td><a href="IM0001.dcm">IM0001.dcm</a></td></tr></table></body></html>',
  lighttpd:
    '<html><head><title>Index of /dicom/</title></head><body><table><tbody><tr><td><a href="../">..</a>/</td></tr><tr><td><a href="2019/">2019</a>/</td></tr><tr><td><a href="IM0001.dcm">IM0001.dcm</a></td></tr></table></body></html>',
  python:
    '<html><head><title>Directory listing for /dicom/</title></head><body><ul><li><a href="2019/">2019/</a></li><li><a href="IM0001.dcm">IM0001.dcm</a></li></ul></body></html>',
  iis: '<html><head><title>files.example - /dicom/</title></head><body><pre><A HREF="/">[To Parent Directory]</A><br><A HREF="/dicom/2019/">2019</A><br><A HREF="/dicom/IM0001.dcm">IM0001.dcm</A></pre></body></html>',
  jetty:
    '<html><head><title>Directory: /dicom/</title></head><body><table class="listing"><tr><td><a href="/dicom/2019/">2019/</a></td></tr><tr><td><a href="/dicom/IM0001.dcm">IM0001.dcm</a></td></tr></table></body></html>',
};

describe('a listing', () => {
  it.each(Object.entries(pages))('of %s', (_, html) => {
    expect(listed(html)).toEqual({ content: { folder: 1, dicom: 1 }, dicomLike: ['IM0001.dcm'], folders: ['2019/'] });
  });

  it('may be empty', () => expect(listed('<title>Index of /</title><h1>Index of /</h1><hr><pre><a href="../">../</a></pre>')?.content).toEqual({}));

  it.each([
    ['a page about indexes', '<title>Index of terms</title><p>none</p>'],
    ['a home page', '<title>Hospital</title><a href="about.html">About</a><pre></pre>'],
    ['a path as a title', '<title>Radiology - Home</title><a href="a.dcm">a</a>'],
    ['nothing', ''],
  ])('is not %s', (_, html) => expect(listed(html)).toBeNull());

  it('counts names by kind and keeps encoded ones apart', () => {
    const html = `<title>Index of /</title><pre>${['DICOMDIR', 'pacs.sql.gz', 'cd.iso', 'old%20study.zip', 'b%C3%A9.dcm', '%', 'x.pdf'].map((name) => `<a href="${name}">x</a>`).join('')}</pre>`;
    expect(listed(html)?.content).toEqual({ dicomdir: 1, database: 1, 'disc-image': 1, archive: 1, dicom: 1, other: 1, report: 1 });
  });

  it.each([
    '../a.dcm',
    '/other/a.dcm',
    '//elsewhere.example/a.dcm',
    'https://x/a.dcm',
    '..%2f..%2fa.dcm',
    '%2e%2e/',
    '..',
    './',
    'a%5cb.dcm',
    'a\\b.dcm',
    '?C=N',
    '#top',
  ])('takes no entry that leads elsewhere: %s', (link) => {
    expect(listed(`<title>Index of /</title><pre><a href="../">../</a><a href="${link}">x</a></pre>`)).toEqual({ content: {}, dicomLike: [], folders: [] });
  });

  it('of a hundred thousand rows is counted once through', () => {
    const rows = Array.from({ length: 100_000 }, (_, index) => `<a href="IM${index}.dcm">x</a>`).join('\n');
    expect(listed(`<title>Index of /</title><pre>${rows}</pre>`)?.content.dicom).toBe(100_000);
  });
});

describe('a page', () => {
  it('gives title, forms and meta elements', () => {
    const page = readPage(
      '<title> A\n B &amp; C</title><META NAME="Robots" content="noindex"><form action="https://x/"><input type=PASSWORD></form><input type=password>',
    );
    expect(page).toMatchObject({ title: 'A B & C', meta: { robots: 'noindex' }, passwordForms: ['https://x/', ''] });
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        (text) => void readListing(readPage(`<title>Index of /</title><a href="${text}">${text}`), text, '/'),
      ),
    );
  });

  it('reads other repertoires, and invalid bytes', () => {
    expect(bodyText(Uint8Array.of(0xe9), 'text/html; charset=ISO-8859-1')).toBe('é');
    expect(bodyText(Uint8Array.of(0xe9), 'text/html')).toBe('\ufffd');
    expect(bodyText(Uint8Array.of(0x61), 'text/html; charset=nonsense')).toBe('a');
  });
});
