/** Folders of files as nginx lists them. Every file is computed: a preamble and the prefix DICM, or nothing. Opens no sockets. */
import type { WebAnswer, WebSite } from './behaviour.js';
import { notFound } from './web-pages.js';

/** Folder (`/`, `/2024/`) → its entries; those of folders end with a slash. */
export type Folders = Readonly<Record<string, readonly string[]>>;

export function listedFiles(folders: Folders): WebSite {
  return ({ method, path }) => {
    if (method === 'OPTIONS' || method === 'POST' || method === 'PROPFIND') return { status: 405, headers: server };
    const entries = Object.hasOwn(folders, path) ? folders[path] : undefined;
    if (entries) return listing(path, entries);
    return isListed(folders, path) ? file(path) : { ...notFound, headers: server };
  };
}

const server = { server: 'nginx/1.22.1' };

function listing(path: string, entries: readonly string[]): WebAnswer {
  const lines = entries.map((entry) => `<a href="${entry}">${entry}</a>                05-Mar-2025 10:00   1024`);
  const up = '<a href="../">../</a>';
  const body = `<html>\r\n<head><title>Index of ${path}</title></head>\r\n<body>\r\n<h1>Index of ${path}</h1><hr><pre>${[up, ...lines].join('\r\n')}\r\n</pre><hr></body>\r\n</html>\r\n`;
  return { status: 200, headers: { ...server, 'content-type': 'text/html' }, body };
}

function isListed(folders: Folders, path: string): boolean {
  const at = path.lastIndexOf('/') + 1;
  return Object.hasOwn(folders, path.slice(0, at)) && (folders[path.slice(0, at)] ?? []).includes(path.slice(at));
}

/** PS3.10 section 7.1: 128 bytes of nothing, then DICM. There is never more of it. */
function file(path: string): WebAnswer {
  const bytes = new Uint8Array(132);
  if (path.endsWith('.dcm')) bytes.set([0x44, 0x49, 0x43, 0x4d], 128);
  return { status: 206, headers: { ...server, 'content-type': 'application/octet-stream', 'content-range': 'bytes 0-131/524288' }, body: bytes };
}
