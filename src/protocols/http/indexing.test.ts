import { describe, expect, it } from 'vitest';
import type { HttpAnswer } from './conversation.js';
import { robotsOf, saysNoIndex } from './indexing.js';
import { readPage } from './page.js';

const answer = (status: number, body = '', headers: Readonly<Record<string, string>> = { 'content-type': 'text/plain' }): HttpAnswer => ({
  status,
  headers,
  cookies: [],
  body: new TextEncoder().encode(body),
  truncated: false,
  headless: false,
});
const robots = (text: string) => robotsOf(answer(200, text));

describe('robots.txt', () => {
  it.each([
    ['User-agent: *\nDisallow: /', 'disallowed'],
    ['User-agent: *\nDisallow:', 'allowed'],
    ['User-agent: *\nDisallow: /private/', 'allowed'],
    ['User-agent: *\nDisallow: /files', 'disallowed'],
    ['User-agent: *\nDisallow: /\nAllow: /files/', 'allowed'],
    ['User-agent: Googlebot\nDisallow: /', 'partly'],
    ['User-agent: *\nDisallow: /\n\nUser-agent: bingbot\nAllow: /', 'partly'],
    ['User-agent: *\nDisallow: /*.dcm$', 'allowed'],
    ['# nothing\nSitemap: https://x/s.xml', 'allowed'],
  ])('%j: /files/ is %s', (text, verdict) => {
    expect(robots(text).verdictOn('/files/')).toBe(verdict);
  });

  it.each<[string, HttpAnswer, string]>([
    ['is not there', answer(404), 'absent'],
    ['is forbidden', answer(403), 'absent'],
    ['leads elsewhere', answer(302), 'absent'],
    ['is a page that stands for everything', answer(200, '<!doctype html>User-agent: *\nDisallow: /', { 'content-type': 'text/html' }), 'absent'],
    ['is a page under another media type', answer(200, '<html>Disallow: /'), 'absent'],
    ['is a text of something else', answer(200, 'hello'), 'absent'],
    ['cannot be had', answer(503), 'unclear'],
  ])('%s', (_, seen, verdict) => {
    expect(robotsOf(seen).verdictOn('/')).toBe(verdict);
  });

  it('is unclear where its rules and the path together would take seconds to match', () => {
    const rules = `User-agent: *\n${`Disallow: /${'*a'.repeat(50)}$\n`.repeat(500)}`;
    expect(robots(rules).verdictOn(`/${'a'.repeat(2_000)}b`)).toBe('unclear');
    expect(robots(rules).verdictOn('/b')).toBe('allowed');
  });

  it('of a thousand rules is matched all the same', () => {
    const rules = Array.from({ length: 1_000 }, (_, index) => `Disallow: /private-${index}/*.php$`).join('\n');
    expect(robots(`User-agent: *\n${rules}\nDisallow: /files`).verdictOn('/files/studies/2026/')).toBe('disallowed');
  });

  it('names sitemaps', () => expect(robots('User-agent: *\nDisallow:\nSitemap: /map.xml').sitemaps).toEqual(['/map.xml']));
});

describe('noindex', () => {
  const page = (content: string) => readPage(`<meta name="robots" content="${content}">`);

  it.each<[string, HttpAnswer, ReturnType<typeof page> | null, boolean]>([
    ['in the header', answer(200, '', { 'x-robots-tag': 'noindex, nofollow' }), null, true],
    ['as none', answer(200, '', { 'x-robots-tag': 'none' }), null, true],
    ['for another crawler only', answer(200, '', { 'x-robots-tag': 'otherbot: noindex' }), null, false],
    ['in the page', answer(200), page('NOINDEX'), true],
    ['not there', answer(200), page('index, follow'), false],
    ['nothing said', answer(200), null, false],
  ])('%s', (_, seen, read, expected) => {
    expect(saysNoIndex(seen, read)).toBe(expected);
  });
});
