/** The HTTP side of a device of the estate: hands requests to its site and writes down what no scan may send. Decides no answer. */
import http from 'node:http';
import type { Socket } from 'node:net';
import type { WebAnswer, WebBehaviour } from './behaviour.js';
import type { DeviceLog } from './device-log.js';

export function serveWeb(socket: Socket, { site }: WebBehaviour, log: DeviceLog): void {
  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://estate');
    log.requests += 1;
    const { method = 'GET' } = request;
    if (changesOrFetches(method, url, request.headers)) log.violations.push(`${method} ${url.pathname}`);
    request.resume();
    write(response, method, site({ method, path: url.pathname, query: url.searchParams }));
  });
  server.emit('connection', socket);
}

/** An empty POST changes nothing; a file may be looked at by its first 132 bytes (a preamble of 128 and DICM). */
function changesOrFetches(method: string, { pathname: path, searchParams }: URL, headers: http.IncomingHttpHeaders): boolean {
  if (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0) return true;
  if (!['GET', 'HEAD', 'OPTIONS', 'PROPFIND', 'POST'].includes(method)) return true;
  if (/\.dcm$/i.test(path)) return headers.range !== 'bytes=0-131';
  return /\/(?:instances|series)\/(?!count$)[^/]+|\/(?:frames|rendered|thumbnail|bulkdata)\b/i.test(path) || searchParams.has('requestType'); // WADO-URI
}

function write(response: http.ServerResponse, method: string, { status, headers = {}, body = '' }: WebAnswer): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers, 'content-length': String(Buffer.byteLength(body)) });
  response.end(method === 'HEAD' ? undefined : body);
}
