/**
 * The lines that several web checks recommend. Those for Orthanc, nginx, Apache and lighttpd were tried on Debian's packages
 * (`test/live/web.test.ts`), but for Orthanc's own https, which Debian's Orthanc cannot do; those for dcm4chee-arc are from its documentation and build files.
 */
import type { ProductRemedy } from '../model/check.js';

const orthancBase = { product: 'orthanc', name: 'Orthanc', where: 'the JSON configuration file (orthanc.json), then restart' } as const;
const nginxBase = { product: 'nginx', name: 'nginx', where: 'the server or location block, then "nginx -t && systemctl reload nginx"' } as const;
const apacheBase = {
  product: 'apache-httpd',
  name: 'Apache httpd',
  where: 'the virtual host, then "apachectl configtest && systemctl reload apache2"',
} as const;
const lighttpdBase = { product: 'lighttpd', name: 'lighttpd', where: 'lighttpd.conf, then restart' } as const;
const dcm4cheeBase = { product: 'dcm4chee-arc', name: 'dcm4chee-arc' } as const;

export const orthancLogin: ProductRemedy = {
  ...orthancBase,
  lines: ['"AuthenticationEnabled" : true,', '"RegisteredUsers" : { "pacs-admin" : "a long random password" }'],
  rollback: 'Set "AuthenticationEnabled" to false and restart.',
  note:
    'Without "RegisteredUsers" versions up to 1.12 create the user orthanc with the password orthanc. If no other computer needs the web interface, ' +
    'set "RemoteAccessAllowed" to false instead. Everybody who logs in may do everything: finer rights need the authorization plugin.',
};

export const orthancTls: ProductRemedy = {
  ...orthancBase,
  lines: ['"SslEnabled" : true,', '"SslCertificate" : "/etc/orthanc/web.pem",', '"SslMinimumProtocolVersion" : 4'],
  rollback: 'Set "SslEnabled" to false and restart.',
  note: 'The file holds the certificate and its key. On Debian 12 Orthanc 1.10.1 fails at TLS handshakes: put nginx in front of it there.',
};

export const dcm4cheeSecure: ProductRemedy = {
  ...dcm4cheeBase,
  where: 'the container image, then start it again',
  lines: ['image: dcm4che/dcm4chee-arc-psql:5.35.0-secure'],
  rollback: 'Name the former image again.',
  note: 'The plain image has no login at all, and "-secure-ui" guards the pages but not the REST interface behind them. "-secure" needs Keycloak beside it.',
};

export const nginxLogin: ProductRemedy = {
  ...nginxBase,
  lines: ['auth_basic           "PACS";', 'auth_basic_user_file /etc/nginx/pacs.htpasswd;'],
  rollback: 'Take both lines out and reload.',
  note: 'Over https only, else the password travels in the clear. Better: ssl_verify_client on; with a certificate authority of your own.',
};

export const apacheLogin: ProductRemedy = {
  ...apacheBase,
  lines: ['AuthType Basic', 'AuthName "PACS"', 'AuthUserFile /etc/apache2/pacs.htpasswd', 'Require valid-user'],
  rollback: 'Take the lines out and reload.',
  note: 'Within <Location "/">. Over https only, else the password travels in the clear.',
};

export const nginxNoListing: ProductRemedy = {
  ...nginxBase,
  lines: ['autoindex off;'],
  rollback: 'Set it to on and reload.',
  note: 'The files themselves stay open to whoever knows their names: demand a login as well.',
};
export const apacheNoListing: ProductRemedy = {
  ...apacheBase,
  lines: ['Options -Indexes'],
  rollback: 'Write Options +Indexes and reload.',
  note: 'The files themselves stay open to whoever knows their names: demand a login as well.',
};
export const lighttpdNoListing: ProductRemedy = {
  ...lighttpdBase,
  lines: ['dir-listing.activate = "disable"'],
  rollback: 'Set it to "enable" and restart.',
  note: 'The files themselves stay open to whoever knows their names: demand a login as well.',
};

export const nginxHttps: ProductRemedy = {
  ...nginxBase,
  lines: ['server { listen 80; return 301 https://$host$request_uri; }', 'add_header Strict-Transport-Security "max-age=31536000" always;'],
  rollback: 'Take the lines out and reload; browsers keep to https until max-age is over.',
  note: 'The second line belongs in the server block of port 443.',
};

export const apacheHttps: ProductRemedy = {
  ...apacheBase,
  lines: ['Redirect permanent "/" "https://pacs.hospital.example/"', 'Header always set Strict-Transport-Security "max-age=31536000"'],
  rollback: 'Take the lines out and reload; browsers keep to https until max-age is over.',
  note: 'The first line belongs in the virtual host of port 80, the second in that of 443; it needs mod_headers.',
};

export const nginxReadOnly: ProductRemedy = {
  ...nginxBase,
  lines: ['limit_except GET { deny all; }', 'dav_methods off;'],
  rollback: 'Take the lines out and reload.',
  note: 'Modalities that store through this server need a location of their own with a login.',
};

export const apacheReadOnly: ProductRemedy = {
  ...apacheBase,
  lines: ['<LimitExcept GET HEAD OPTIONS>', '  Require valid-user', '</LimitExcept>', 'Dav Off'],
  rollback: 'Take the lines out and reload.',
};

export const orthancNoWebDav: ProductRemedy = {
  ...orthancBase,
  lines: ['"WebDavEnabled" : false,', ...orthancLogin.lines],
  rollback: 'Set "WebDavEnabled" back to true and "AuthenticationEnabled" to false, and restart.',
  note: 'WebDAV is on as shipped and takes uploads. Without a login everybody may also store, change and delete through the REST interface.',
};

export const nginxNoIndex: ProductRemedy = {
  ...nginxBase,
  lines: ['add_header X-Robots-Tag "noindex, nofollow" always;'],
  rollback: 'Take the line out and reload.',
  note: 'A stopgap: crawlers of search engines heed it, nobody else does. A login closes the hole.',
};

export const apacheNoIndex: ProductRemedy = {
  ...apacheBase,
  lines: ['Header always set X-Robots-Tag "noindex, nofollow"'],
  rollback: 'Take the line out and reload.',
  note: 'A stopgap: crawlers of search engines heed it, nobody else does. A login closes the hole.',
};

export const nginxNoCors: ProductRemedy = {
  ...nginxBase,
  lines: ['proxy_hide_header Access-Control-Allow-Origin;', 'add_header Access-Control-Allow-Origin "https://viewer.hospital.example" always;'],
  rollback: 'Take the lines out and reload.',
  note: 'Name the one viewer that has to read it. Without a viewer on another host leave the second line out.',
};
