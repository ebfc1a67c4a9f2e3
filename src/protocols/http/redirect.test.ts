import { describe, expect, it } from 'vitest';
import { readRedirect } from './redirect.js';

const endpoint = { host: 'pacs.example', address: '127.0.0.1', port: 8080 };
const lead = (location: string, from = '/a/b') => readRedirect(location, from, endpoint, 'plain');

describe('a redirect', () => {
  it.each([
    ['app/explorer.html', '/a/app/explorer.html'],
    ['/ui/?x=1', '/ui/?x=1'],
    ['http://pacs.example:8080/z', '/z'],
    ['HTTP://PACS.example:8080', '/'],
    ['../../../c', '/c'],
    ['/ü b', '/%C3%BC%20b'],
    ['?q', '/a/b?q'],
  ])('%s stays here', (location, path) => expect(lead(location)).toEqual({ to: 'same-endpoint', path }));

  it.each([
    ['https://pacs.example/', 'https-same-host'],
    ['https://pacs.example:8443/x', 'https-same-host'],
    ['http://pacs.example/', 'same-host-other-port'],
    ['http://other.example:8080/', 'elsewhere'],
    ['//other.example/', 'elsewhere'],
    ['http://pacs.example@other.example:8080/', 'elsewhere'],
    ['javascript:alert(1)', 'unreadable'],
    ['http://[', 'unreadable'],
    ['ftp://pacs.example:8080/', 'unreadable'],
  ])('%s leads away', (location, to) => expect(lead(location)).toEqual({ to, path: null }));

  it('knows the usual port, and addresses', () => {
    expect(readRedirect('https://[::1]/x', '/', { host: '::1', address: '::1', port: 443 }, 'tls')).toEqual({ to: 'same-endpoint', path: '/x' });
    expect(readRedirect('http://127.0.0.1/x', '/', { host: '127.0.0.1', address: '127.0.0.1', port: 80 }, 'plain')).toEqual({
      to: 'same-endpoint',
      path: '/x',
    });
  });
});
