/** Other services on the port: what each says first or in answer, as its specification has it, with synthetic names. One row a service. */
import { always, atOnce, type Behaviour, endless, hex, toEverything } from './behaviour.js';

const speaksFirst: readonly (readonly [string, string | Uint8Array])[] = [
  ['SSH', 'SSH-2.0-OpenSSH_9.2p1\r\n'],
  ['SMTP', '220 mail.example ESMTP\r\n'],
  ['FTP', '220 (vsFTPd 3.0.3)\r\n'],
  ['FTP that is full', '421 Too many users\r\n'],
  ['POP3', '+OK ready\r\n'],
  ['IMAP', '* OK [CAPABILITY IMAP4rev1] ready\r\n'],
  ['NNTP', '200 news.example ready\r\n'],
  ['rsync', '@RSYNCD: 31.0 sha512 sha256 sha1 md5 md4\n'],
  ['VNC', 'RFB 003.008\n'],
  ['Telnet', hex('fffd18 fffd20 fffd23 fffd27')],
  ['MySQL', hex('4a0000000a382e302e333200080000003a4b5c6d7e0f102100ffffff0200ffdf1500000000000000000000')],
  ['IRC', ':irc.example NOTICE * :*** Looking up your hostname...\r\n'],
  ['Asterisk', 'Asterisk Call Manager/5.0.2\r\n'],
  ['a service that is busy', 'Too many connections\n'],
];

const answers: readonly (readonly [string, string | Uint8Array])[] = [
  ['HTTP', 'HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n'],
  ['HTTP/2', hex('000012040000000000000300000080000400010000000500ffffff')],
  ['HTTP without a head', '<html><title>x</title></html>'],
  ['RTSP', 'RTSP/1.0 400 Bad Request\r\n\r\n'],
  ['SIP', 'SIP/2.0 400 Bad Request\r\n\r\n'],
  ['ICY', 'ICY 200 OK\r\n\r\n'],
  ['Redis', "-ERR unknown command 'GET'\r\n"],
  ['memcached', 'ERROR\r\n'],
  ['PostgreSQL', hex('450000000a53464154414c00')],
  ['MongoDB', hex('2400000001000000000000000100000000000000000000000000000001000000')],
  ['LDAP', hex('300c02010161070a010204000400')],
  ['RDP', hex('030000130ed000001234000300080005000000')],
  ['MQTT', hex('20020005')],
  ['Modbus', hex('000000000003008001')],
  ['HL7', '\x0bMSH|^~\\&|X|X|X|X|20240101||ACK|1|P|2.3\rMSA|AR|1\r\x1c\r'],
  ['a printer', '@PJL INFO STATUS\r\nCODE=10001\r\n\x0c'],
  ['TLS that refuses', hex('15030300020228')],
  ['TLS that warns', hex('15030100020170')],
  ['SSLv2', hex('800300000001')],
  ['DICOM that rejects', hex('03000000000400010103')],
  ['DICOM that aborts', hex('07000000000400000200')],
  ['SMB that refuses', hex('00000023ff534d4272 160000c0 98 0128 0000 0000000000000000 0000 0000 fffe 0000 0000 00 0000')],
  ['NetBIOS that refuses', hex('8300000182')],
  ['RPC that refuses', hex('80000018 0d050001 00000001 00000001 00000000 00000002 00000004')],
];

export const greetingBehaviours: readonly Behaviour[] = [
  ...speaksFirst.map(([name, what]) => ({ name: `is ${name}`, serve: atOnce(what) })),
  ...speaksFirst.slice(0, 8).map(([name, what]) => ({ name: `is ${name}, whatever it is asked`, serve: always(what) })),
  ...answers.map(([name, what]) => ({ name: `answers as ${name}`, serve: toEverything(what) })),
  ...[...speaksFirst, ...answers].map(([name, what]) => ({ name: `is ${name} for ever`, serve: endless(what) })),
];
