/** The web servers of the live tests: Orthanc's interface, nginx, Apache httpd and lighttpd, each with a folder of synthetic files. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, type LiveServer, type Place, type Start } from './processes.js';
import { liveCanary, liveCorpus, syntheticInstance } from './synthetic-instance.js';

export const dicomWebPlugin = '/usr/share/orthanc/plugins/libOrthancDicomWeb.so';

/** The port that is scanned is the web port. */
export function orthancWeb(settings: Readonly<Record<string, unknown>>): Start {
  return async ({ home, port }) => {
    const file = join(home, 'orthanc.json');
    const base = {
      Name: 'live test',
      StorageDirectory: join(home, 'db'),
      IndexDirectory: join(home, 'db'),
      Plugins: [dicomWebPlugin],
      DicomPort: await freePort(),
      HttpPort: port,
      RemoteAccessAllowed: true,
      AuthenticationEnabled: false,
      ConcurrentJobs: 1,
      HttpThreadsCount: 4,
      DicomWeb: { Enable: true, Root: '/dicom-web/' },
    };
    writeFileSync(file, JSON.stringify({ ...base, ...settings }));
    return ['Orthanc', file];
  };
}

const basic = (account: string | undefined): Record<string, string> => (account === undefined ? {} : { authorization: `Basic ${btoa(account)}` });

/** The test's own set-up, not the program's. `account`: `name:password` where it asks for one. */
export async function fill(server: LiveServer, account?: string): Promise<void> {
  for (const spec of liveCorpus) {
    const url = `http://127.0.0.1:${server.port}/instances`;
    const response = await fetch(url, { method: 'POST', headers: basic(account), body: Buffer.from(syntheticInstance(spec)) });
    if (!response.ok) throw new Error(`Orthanc did not take an instance: ${response.status}`);
  }
}

/** What a write would change: counts, and the number of the last change. */
export async function stateOf(server: LiveServer, account?: string): Promise<unknown> {
  const get = async (path: string): Promise<unknown> => (await fetch(`http://127.0.0.1:${server.port}${path}`, { headers: basic(account) })).json();
  return [await get('/statistics'), await get('/changes?last')];
}

/** Folders named after people, images, a DICOMDIR and a database. */
function writeFiles(home: string): string {
  const root = join(home, 'www');
  const folder = join(root, `${liveCanary.slice(0, 12)}_study`);
  mkdirSync(folder, { recursive: true });
  for (const [index, spec] of liveCorpus.slice(0, 4).entries()) writeFileSync(join(folder, `IM${index}000.dcm`), syntheticInstance(spec));
  writeFileSync(join(root, 'DICOMDIR'), 'none');
  writeFileSync(join(root, 'backup.sql'), 'none');
  return root;
}

export const loginPage = (action: string): string =>
  `<!doctype html><title>Reading room</title><form method="post" action="${action}"><input name="u"><input type="password" name="p"></form>`;

interface NginxOptions {
  /** Lines of the server block; `ROOT` and `HOME` are filled in. */
  readonly server?: string;
  readonly tls?: boolean;
  /** What stands at `/`, instead of the folder of files. */
  readonly page?: string;
}

export function nginx({ server = 'autoindex on;', tls = false, page }: NginxOptions): Start {
  return async ({ home, port, folder }) => {
    const root = writeFiles(home);
    if (page !== undefined) writeFileSync(join(root, 'index.html'), page);
    writeFileSync(join(home, 'htpasswd'), 'reader:{PLAIN}synthetic\n');
    const certificate = tls ? `ssl_certificate ${folder}/server.crt; ssl_certificate_key ${folder}/server.key;` : '';
    const config = `
      daemon off; pid ${home}/pid; worker_processes 1; ${process.getuid?.() === 0 ? 'user root;' : ''}
      error_log ${home}/error.log;
      events { worker_connections 64; }
      http {
        types { text/html html; text/plain txt; }
        log_format short '$request_method $request_uri $request_length "$http_range"';
        access_log ${home}/access.log short;
        client_body_temp_path ${home}/t1; proxy_temp_path ${home}/t2; fastcgi_temp_path ${home}/t3; uwsgi_temp_path ${home}/t4; scgi_temp_path ${home}/t5;
        server { listen 127.0.0.1:${port}${tls ? ' ssl' : ''}; ${certificate} root ${root};
          ${server.replaceAll('ROOT', root).replaceAll('HOME', home)} }
      }`;
    writeFileSync(join(home, 'nginx.conf'), config);
    return ['nginx', '-p', home, '-e', `${home}/error.log`, '-c', join(home, 'nginx.conf')];
  };
}

const apacheModules = [
  ...['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'authn_file', 'auth_basic', 'alias', 'dir', 'mime', 'autoindex', 'headers', 'dav', 'dav_fs'],
];
const modulePath = '/usr/lib/apache2/modules';

/** `inside` stands in the `<Directory>` of the files, `server` beside it. */
export function apache({ inside = 'Options +Indexes', server = '' }: { readonly inside?: string; readonly server?: string }): Start {
  return async ({ home, port }) => {
    const root = writeFiles(home);
    writeFileSync(join(home, 'htpasswd'), 'reader:{SHA}OF/NZ2D2Qy/NxRxfmV6mGjHVu6s=\n');
    writeFileSync(join(home, 'mime.types'), 'text/html html\n');
    const modules = apacheModules
      .filter((name) => existsSync(`${modulePath}/mod_${name}.so`))
      .map((name) => `LoadModule ${name}_module ${modulePath}/mod_${name}.so`);
    const config = [
      ...modules,
      `ServerRoot ${home}`,
      'ServerName localhost',
      `PidFile ${home}/pid`,
      `ErrorLog ${home}/error.log`,
      `Mutex file:${home} default`,
      ...(process.getuid?.() === 0 ? ['User www-data', 'Group www-data'] : []),
      `Listen 127.0.0.1:${port}`,
      `TypesConfig ${home}/mime.types`,
      `DavLockDB ${home}/dav-lock`,
      `DocumentRoot ${root}`,
      `<Directory ${root}>`,
      'Require all granted',
      inside.replaceAll('HOME', home),
      '</Directory>',
      server.replaceAll('HOME', home),
    ];
    writeFileSync(join(home, 'apache.conf'), config.join('\n'));
    return ['apache2', '-d', home, '-f', join(home, 'apache.conf'), '-DFOREGROUND'];
  };
}

export function lighttpd(lines: string): Start {
  return async ({ home, port }: Place) => {
    const root = writeFiles(home);
    const config = `server.document-root = "${root}"\nserver.port = ${port}\nserver.bind = "127.0.0.1"\nserver.modules = ( "mod_dirlisting" )\n${lines}\n`;
    writeFileSync(join(home, 'lighttpd.conf'), config);
    return ['lighttpd', '-D', '-f', join(home, 'lighttpd.conf')];
  };
}
