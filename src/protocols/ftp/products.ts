/** What greetings and answers of FTP servers say about the product, as a table. Only digits, dots and a letter of a version leave this file. */
import type { Product } from '../../model/product.js';

/** What was heard, by the command it answered; `greeting` before any. One line an item. */
export type HeardLines = Readonly<Partial<Record<'greeting' | 'login' | 'system' | 'status' | 'help', readonly string[]>>>;

export interface FtpProduct {
  /** Key of `Product.id`. */
  readonly id: string;
  readonly name: string;
  readonly signs: readonly { readonly in: keyof HeardLines; readonly matches: RegExp }[];
  /** Group 1 is the version. */
  readonly version?: RegExp;
  readonly source: string;
}

const nmapProbes = 'https://github.com/nmap/nmap/blob/master/nmap-service-probes';

/** More telling rows first: QNAP and Synology run other people's servers under their own greeting. */
export const ftpProducts: readonly FtpProduct[] = [
  {
    id: 'qnap-qts',
    name: 'QNAP QTS',
    signs: [{ in: 'greeting', matches: /^NASFTPD Turbo station\b/ }],
    source: 'https://www.qnap.com/en/how-to/faq (greeting of its ProFTPD)',
  },
  {
    id: 'synology-dsm',
    name: 'Synology DSM',
    signs: [{ in: 'greeting', matches: /^(?:Synology|(?:Disk|Rack|Cube) ?Station(?:-[\w.-]{1,40})?) FTP server (?:at [\w.-]{1,200} )?ready/ }],
    source: nmapProbes,
  },
  {
    id: 'vsftpd',
    name: 'vsftpd',
    signs: [
      { in: 'greeting', matches: /\(vsFTPd \d/ },
      { in: 'status', matches: /^ *vsFTPd \d/ }, // names itself there even where the greeting was changed
      { in: 'login', matches: /^Please specify the password\.$/ },
      { in: 'login', matches: /^(?:This FTP server is anonymous only|(?:Non-a|A)nonymous sessions must use encryption)\.$/ },
    ],
    version: /vsFTPd (\d[\d.]{0,11})/,
    source: nmapProbes,
  },
  {
    id: 'proftpd',
    name: 'ProFTPD',
    signs: [{ in: 'greeting', matches: /\bProFTPD (?:\d[\w.]{0,15} )?Server\b|\(ProFTPD \d/ }],
    version: /ProFTPD (\d[\d.]{0,11}(?:rc\d|[a-z])?)\b/,
    source: nmapProbes,
  },
  {
    id: 'pure-ftpd',
    name: 'Pure-FTPd',
    signs: [
      { in: 'greeting', matches: /\bPure-?FTPd\b/i },
      { in: 'help', matches: /^Pure-FTPd - / },
    ],
    version: /Pure-?FTPd (\d[\d.]{0,11})/,
    source: nmapProbes,
  },
  {
    id: 'iis',
    name: 'Microsoft IIS',
    signs: [{ in: 'greeting', matches: /\bMicrosoft FTP Service\b/ }],
    source: nmapProbes, // the service's own number ("Version 5.0") is not that of IIS
  },
  {
    id: 'filezilla-server',
    name: 'FileZilla Server',
    signs: [
      { in: 'greeting', matches: /\bFileZilla Server\b|^FTP Server - FileZilla$/ },
      { in: 'system', matches: /\bFileZilla$/ }, // "UNIX emulated by FileZilla"
    ],
    version: /FileZilla Server (?:version )?(\d[\d.]{0,11})/,
    source: nmapProbes,
  },
  { id: 'serv-u', name: 'Serv-U', signs: [{ in: 'greeting', matches: /^Serv-U FTP[ -]Server\b/ }], version: /Server v(\d[\d.]{0,11})/, source: nmapProbes },
  {
    id: 'wing-ftp',
    name: 'Wing FTP Server',
    signs: [{ in: 'greeting', matches: /^Wing FTP Server\b/ }],
    version: /Wing FTP Server (\d[\d.]{0,11})/,
    source: nmapProbes,
  },
  {
    id: 'xlight',
    name: 'Xlight FTP Server',
    signs: [{ in: 'greeting', matches: /^Xlight (?:FTP )?Server\b/ }],
    version: /Server (\d[\d.]{0,11})/,
    source: nmapProbes,
  },
  { id: 'bftpd', name: 'bftpd', signs: [{ in: 'greeting', matches: /\bbftpd \d/ }], version: /bftpd (\d[\d.]{0,11})/, source: nmapProbes },
  { id: 'pyftpdlib', name: 'pyftpdlib', signs: [{ in: 'greeting', matches: /^pyftpdlib\b/ }], version: /^pyftpdlib (\d[\d.]{0,11})/, source: nmapProbes },
];

const bases: Readonly<Record<keyof HeardLines, string>> = {
  greeting: 'its greeting',
  login: 'its words at the login',
  system: 'its answer to SYST',
  status: 'its answer to STAT',
  help: 'its answer to HELP',
};

/** The first row that fits. */
export function recogniseFtp(heard: HeardLines): Product | null {
  for (const row of ftpProducts) {
    const sign = row.signs.find((each) => linesOf(heard, each.in).some((line) => each.matches.test(line)));
    if (sign) return { id: row.id, name: row.name, version: versionOf(row, heard), basis: bases[sign.in] };
  }
  return null;
}

/** Long lines are looked at so far only. */
const linesOf = (heard: HeardLines, where: keyof HeardLines): readonly string[] => (heard[where] ?? []).slice(0, 40).map((line) => line.slice(0, 300));

function versionOf({ version, signs }: FtpProduct, heard: HeardLines): string | null {
  if (!version) return null;
  const places = [...new Set(signs.map((sign) => sign.in))];
  return places.flatMap((where) => linesOf(heard, where).flatMap((line) => version.exec(line)?.[1] ?? []))[0]?.replace(/\.$/, '') ?? null;
}
