import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withFreeText } from '../../test/golden/free-text.js';
import { goldenReport } from '../../test/golden/golden-report.js';
import { hostileText } from '../../test/golden/hostile-text.js';
import type { Report, ReportEndpoint } from '../model/report.js';
import { escapeHtml, html, webAddress } from './html/markup.js';
import { renderHtml } from './html.js';

const tag = /<\/?[a-z!][^<>]*>/gi;

/** Every tag with the names of its attributes; their values are left out. */
const skeleton = (page: string) => (page.match(tag) ?? []).map((text) => text.replace(/="[^"]*"/g, ''));
const many = (count: number): Report => {
  const golden = goldenReport();
  return {
    ...golden,
    endpoints: Array.from(
      { length: count },
      (_, index): ReportEndpoint => ({ ...(golden.endpoints[index % 7] as ReportEndpoint), host: `10.0.${index >> 8}.${index & 255}` }),
    ),
  };
};

describe('renderHtml', () => {
  it('has the same tags and attributes whatever the report says', () => {
    const put = (part: string, before: boolean) => (text: string) => (before ? part + text : text + part);
    const harmless = {
      before: skeleton(renderHtml(withFreeText(goldenReport(), put('x', true)))),
      after: skeleton(renderHtml(withFreeText(goldenReport(), put('x', false)))),
    };
    fc.assert(
      fc.property(hostileText, fc.boolean(), (payload, before) => {
        const page = renderHtml(withFreeText(goldenReport(), put(payload, before)));
        expect(skeleton(page)).toEqual(before ? harmless.before : harmless.after);
        expect(page.replace(tag, '')).not.toContain('<');
        expect(page.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 60 },
    );
  });

  it('runs nothing and asks nobody', () => {
    const page = renderHtml(goldenReport());
    expect(page).toContain(`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`);
    expect(page).not.toMatch(/<script|<iframe|<object|<form|\son[a-z]+="|@import|url\((?!#)|\ssrc=/i);
    const loads = [...page.matchAll(/<(link|img|use|image)[^>]*href="([^"]*)"/g)].map((match) => match[2]);
    expect(loads.filter((address) => !address?.startsWith('#') && address !== 'data:,')).toEqual([]);
  });

  it('links out only to web pages, without a word of where from', () => {
    const links = [...renderHtml(goldenReport()).matchAll(/<a ([^>]*)href="(?!#)([^"]*)"([^>]*)>/g)];
    expect(links.length).toBeGreaterThan(10);
    for (const [, , address, rest] of links) {
      expect(address).toMatch(/^https:\/\//);
      expect(rest).toContain('rel="noreferrer"');
    }
  });

  it('has every id once, and every inner link leads somewhere', () => {
    const page = renderHtml(many(60));
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
  });

  it('has its headings in order, one of them the first', () => {
    const levels = [...renderHtml(goldenReport()).matchAll(/<h([1-6])/g)].map((match) => Number(match[1]));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels[0]).toBe(1);
    levels.forEach((level, index) => {
      expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 1) + 1);
    });
  });

  it('shows failures before what was not learnt, and that before what is closed', () => {
    const page = renderHtml(goldenReport());
    const card = page.slice(page.indexOf('id="e2"'), page.indexOf('id="e3"'));
    const order = ['Anyone can query the archive', 'Could not be learnt', 'Checked and closed'].map((text) => card.indexOf(text));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order).not.toContain(-1);
  });

  it('shows the settings of the recognised product alone, and folds all of them where none was', () => {
    const page = renderHtml(goldenReport());
    const card = (id: number) => page.slice(page.indexOf(`id="e${id}"`), page.indexOf(`id="e${id + 1}"`));
    expect(card(1)).toContain('&quot;DicomAlwaysAllowFind&quot; : false,');
    expect(card(1)).not.toContain('dcmAcceptedCallingAETitle');
    expect(card(2)).toContain('The product was not recognised; settings of Orthanc, dcm4chee-arc and DCMTK');
  });

  it('says what is missing from a scan that ended early and found nothing', () => {
    const golden = goldenReport();
    const page = renderHtml({
      ...golden,
      scan: { ...golden.scan, complete: false, finishedAt: null },
      endpoints: [],
      summary: { ...golden.summary, endpoints: 0 },
    });
    expect(page).toContain('Nothing answered on 126 addresses so far');
    expect(page).toContain('This scan ended before every target was asked');
    expect(page).not.toContain('id="endpoints"');
  });

  it('stays under 3 MB with 500 endpoints, and points to remedies that were shown', () => {
    const page = renderHtml(many(500));
    expect(page.length).toBeLessThan(3_000_000);
    expect(page).toContain('What to change and how to prove it: <a href="#e1-f1">as for 10.0.0.0:4242</a>');
  });
});

describe('markup', () => {
  it('escapes what a template did not make', () => {
    const inner = html`<b>${'<&>'}</b>`;
    expect(html`<i title="${`"'\``}">${inner}${[inner, 1, null, false]}</i>`.text).toBe(
      '<i title="&quot;&#39;&#96;"><b>&lt;&amp;&gt;</b><b>&lt;&amp;&gt;</b>1</i>',
    );
  });

  it('takes nobody’s word for being markup', () => {
    const parsed = JSON.parse('{"text":"<b>"}') as { text: string };
    expect(() => html`${parsed as never}`.text).toThrow();
  });

  it('can be read back', () => {
    const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"', '&#39;': "'", '&#96;': '`' };
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeHtml(text).replace(/&[a-z#\d]+;/g, (entity) => entities[entity] ?? entity)).toBe(text);
      }),
    );
  });

  it.each([
    ['https://cwe.mitre.org/data/definitions/306.html', true],
    ['http://example.org/', true],
    ['javascript:alert(1)', false],
    ['data:text/html,x', false],
    ['//example.org', false],
    ['https://example.org/" onclick="x', false],
    ['https://example.org/\u0000', true],
    [' https://example.org', false],
  ])('links %j: %s', (url, linked) => {
    expect(webAddress(url) !== null).toBe(linked);
  });
});
