/**
 * Files that do not belong on imaging storage, as data: by name, by form, by place. A name is no proof: a title says what is known, and no more.
 * The order counts, the first rule that matches speaks. Knows no listing; suspicious.ts matches.
 */
import type { Severity } from '../model/check.js';

/** `among-images`: beside DICOM files. `on-media`, `off-media`: in or below a folder with a DICOMDIR, or not. `beside-note`: a ransom note is there. */
export type RulePlace = 'anywhere' | 'among-images' | 'on-media' | 'off-media' | 'beside-note' | 'cron-folder' | 'ssh-folder';

/** `double-extension`: a document's ending before a program's. `turned-text`: a character that makes the name read backwards. */
export type RuleForm = 'double-extension' | 'turned-text';

export interface MaliciousRule {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly place: RulePlace;
  /** Whole names, in small letters; these, and no others, are shown in a report. */
  readonly names?: readonly string[];
  /** Last extensions, in small letters. */
  readonly extensions?: readonly string[];
  readonly form?: RuleForm;
  /** Only a look at the first bytes finds it. */
  readonly isByContent?: true;
  /** What was read, and where. */
  readonly source: { readonly title: string; readonly url: string };
}

/** What Windows starts when somebody opens it. */
export const programExtensions = ['exe', 'scr', 'com', 'pif', 'cpl', 'msi', 'dll'] as const;
export const scriptExtensions = ['bat', 'cmd', 'vbs', 'vbe', 'js', 'jse', 'wsf', 'wsh', 'hta', 'ps1', 'lnk', 'sh', 'jar'] as const;
/** What people expect to open without harm. */
export const documentExtensions = [
  'pdf',
  'doc',
  'docx',
  'xls',
  'xlsx',
  'rtf',
  'txt',
  'jpg',
  'jpeg',
  'png',
  'gif',
  'bmp',
  'tif',
  'dcm',
  'mp4',
  'avi',
  'zip',
  'hl7',
  'csv',
] as const;

// Read: ibtimes.co.uk of 2016-09-12 and goodgearguide.com.au, on the study of Sophos: 7,263 writable FTP servers, 5,137 of them held it.
const minerOnNas = {
  title: 'IBTimes: thousands of Seagate NAS devices hit by cryptocurrency mining malware',
  url: 'https://www.ibtimes.co.uk/thousands-seagate-nas-devices-hit-cryptocurrency-mining-malware-1581071',
};
// Read: center-for-threat-informed-defense.github.io, ATT&CK 16.1, T1091.
const removableMedia = { title: 'MITRE ATT&CK T1091 Replication Through Removable Media', url: 'https://attack.mitre.org/techniques/T1091/' };
// Read: raw.githubusercontent.com/SigmaHQ/sigma, rule file_event_win_susp_double_extension, tagged attack.t1036.007.
const doubleExtension = {
  title: 'Sigma: Suspicious Double Extension Files (ATT&CK T1036.007)',
  url: 'https://github.com/SigmaHQ/sigma/blob/master/rules/windows/file/file_event/file_event_win_susp_double_extension.yml',
};
// Read: a copy of the slides of IHE's Portable Data for Imaging: other content "will not be placed in DICOM or IHE_PDI directories".
const portableData = {
  title: 'IHE Portable Data for Imaging: where other content may lie on a medium',
  url: 'https://www.ihe.net/resources/technical_frameworks/',
};

export const maliciousRules: readonly MaliciousRule[] = [
  {
    id: 'nas-miner-dropper',
    title: 'named like the program that a mining worm leaves on open FTP storage, with the icon of a folder',
    severity: 'critical',
    place: 'anywhere',
    names: ['photo.scr'],
    source: minerOnNas,
  },
  {
    // No account of it could be opened: the name is known from open storage only together with Photo.scr, and ordinary archives are called so too.
    id: 'nas-miner-archive',
    title: 'named like the archive that is found beside a mining worm on open storage; other archives are called so too',
    severity: 'medium',
    place: 'anywhere',
    names: ['info.zip'],
    source: minerOnNas,
  },
  {
    id: 'ransom-note',
    title: 'named like the note of a ransom gang that encrypts network storage',
    severity: 'critical',
    place: 'anywhere',
    // Read: help.prohacktive.io (Qlocker); digitalrecovery.com (QNAPCrypt, eCh0raix); cybersecurity-help.cz (the misspelt ending of December 2021).
    names: ['!!!read_me.txt', 'readme_for_decrypt.txt', 'readme_for_decrypt.txtt'],
    source: { title: 'Attingo: Qlocker leaves !!!READ_ME.txt', url: 'https://attingo.li/symptome/datenrettung-bei-ransomware/qlocker' },
  },
  {
    id: 'ransom-deadbolt',
    title: 'ends as DeadBolt renames what it has encrypted',
    severity: 'critical',
    place: 'anywhere',
    extensions: ['deadbolt'],
    source: {
      title: 'Varutra: DeadBolt ransomware targets QNAP devices, suffix .deadbolt',
      url: 'https://www.varutra.com/ctp/posts/postDetails/UUk2Z1pwODNCVkgrWWpOT0NUUDVadz09/New-DeadBolt-Ransomware-Targets-QNAP-Devices,-Demands-50-BTC-for-Master-Key',
    },
  },
  {
    id: 'ransom-ech0raix',
    title: 'ends as eCh0raix (QNAPCrypt) renames what it has encrypted',
    severity: 'high',
    place: 'anywhere',
    extensions: ['encrypt'],
    source: {
      title: 'Anomali: eCh0raix on Synology storage, extension .encrypt',
      url: 'https://www.anomali.com/blog/threat-actors-utilizing-ech0raix-ransomware-change-nas-targeting',
    },
  },
  {
    id: 'ransom-qlocker',
    title: 'a 7z archive beside a ransom note, as Qlocker leaves them',
    severity: 'critical',
    place: 'beside-note',
    extensions: ['7z'],
    source: { title: 'Attingo: Qlocker packs files into 7z archives with a password', url: 'https://attingo.li/symptome/datenrettung-bei-ransomware/qlocker' },
  },
  {
    id: 'web-shell',
    title: 'named like a well-known web shell, which hands the server to whoever calls it',
    severity: 'critical',
    place: 'anywhere',
    // Read: copies of the signatures "from files c99.php, c66.php, c99-shadows-mod.php, c99shell.php" (F. Roth); github.com/b374k/b374k.
    names: ['c99.php', 'c66.php', 'c99shell.php', 'c99-shadows-mod.php', 'r57.php', 'b374k.php'],
    source: {
      title: 'NSA: Detect and Prevent Web Shell Malware (U/OO/134094-20)',
      url: 'https://media.defense.gov/2020/Jun/09/2002313081/-1/-1/0/CSI-DETECT-AND-PREVENT-WEB-SHELL-MALWARE-20200422.PDF',
    },
  },
  {
    id: 'linux-miner',
    title: 'named like the Kinsing miner for Linux servers',
    severity: 'critical',
    place: 'anywhere',
    names: ['kdevtmpfsi', 'kinsing'],
    source: {
      title: 'Guardian Digital: Kinsing and kdevtmpfsi',
      url: 'https://guardiandigital.com/resources/blog/how-phishing-email-leads-to-kinsing-cryptominer',
    },
  },
  {
    id: 'turned-name',
    title: 'a program whose name is written backwards in part, so that it reads like a document',
    severity: 'critical',
    place: 'anywhere',
    form: 'turned-text',
    source: { title: 'MITRE ATT&CK T1036.002 Masquerading: Right-to-Left Override', url: 'https://attack.mitre.org/techniques/T1036/002/' },
  },
  {
    id: 'double-extension',
    title: 'a program whose name reads like a document where Windows hides endings',
    severity: 'high',
    place: 'anywhere',
    form: 'double-extension',
    source: doubleExtension,
  },
  {
    id: 'screen-saver',
    title: 'a screen saver, which is a program: the form in which worms lie on open shares',
    severity: 'high',
    place: 'anywhere',
    extensions: ['scr', 'pif'],
    source: minerOnNas,
  },
  {
    id: 'program-among-images',
    title: 'a program in a folder of images; viewers of patient media lie in folders of their own',
    severity: 'high',
    place: 'among-images',
    extensions: programExtensions,
    source: portableData,
  },
  {
    id: 'script-among-images',
    title: 'a script in a folder of images',
    severity: 'high',
    place: 'among-images',
    extensions: scriptExtensions,
    source: portableData,
  },
  {
    id: 'server-page-among-images',
    title: 'a page that a web server would run, in a folder of images',
    severity: 'high',
    place: 'among-images',
    extensions: ['php', 'phtml', 'asp', 'aspx', 'jsp', 'cgi'],
    source: {
      title: 'NSA: Detect and Prevent Web Shell Malware (U/OO/134094-20)',
      url: 'https://media.defense.gov/2020/Jun/09/2002313081/-1/-1/0/CSI-DETECT-AND-PREVENT-WEB-SHELL-MALWARE-20200422.PDF',
    },
  },
  {
    id: 'autorun',
    title: 'a file that starts a program from a drive, away from any patient medium',
    severity: 'medium',
    place: 'off-media',
    names: ['autorun.inf'],
    source: removableMedia,
  },
  {
    id: 'autorun-on-medium',
    title: 'the autorun file of a patient medium: usual there, and a good place to hide; not malicious as such',
    severity: 'low',
    place: 'on-media',
    names: ['autorun.inf'],
    source: removableMedia,
  },
  {
    id: 'cron-job',
    title: 'a file in a folder from which cron starts commands: whoever may write there may command the server',
    severity: 'medium',
    place: 'cron-folder',
    source: { title: 'MITRE ATT&CK T1053.003 Scheduled Task/Job: Cron', url: 'https://attack.mitre.org/techniques/T1053/003/' },
  },
  {
    id: 'ssh-keys',
    title: 'a list of keys that open a login: whoever may write there may log in; it may be nobody else than the owner',
    severity: 'medium',
    place: 'ssh-folder',
    names: ['authorized_keys', 'authorized_keys2'],
    source: { title: 'MITRE ATT&CK T1098.004 Account Manipulation: SSH Authorized Keys', url: 'https://attack.mitre.org/techniques/T1098/004/' },
  },
  {
    id: 'program-named-like-image',
    title: 'named like an image, but its first bytes are those of a program',
    severity: 'critical',
    place: 'anywhere',
    isByContent: true,
    source: { title: 'CVE-2019-11687: executable headers in the preamble of DICOM files', url: 'https://nvd.nist.gov/vuln/detail/CVE-2019-11687' },
  },
];
