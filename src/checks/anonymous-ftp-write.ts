/** May anyone change what lies on the FTP server? Read off its listings; no command that writes exists in the program. */
import { defineCheck, fail, pass, type Severity, unknown, type Verdict } from '../model/check.js';
import { type FtpEvidence, ftp } from '../protocols/ftp/evidence.js';
import { listed } from './amount-words.js';
import { ftpFacts, keptOut } from './ftp-facts.js';
import { fileZillaReadOnly, iisReadOnly, proftpdReadOnly, pureFtpdReadOnly, qnapReadOnlyFtp, synologyReadOnlyFtp, vsftpdReadOnly } from './ftp-remedies.js';
import { cwe, gdprArticle32, hipaaAccessControl, nistSp180024 } from './references.js';

export const anonymousFtpWrite = defineCheck({
  id: 'anonymous-ftp-write',
  title: 'Anyone may change files over FTP',
  severity: 'critical',
  why:
    'Open FTP storage that takes uploads is found by programs within days and filled with worms (Photo.scr, Info.zip), web shells and ransom notes; ' +
    'images there can be replaced, encrypted or deleted.',
  remedy: {
    text:
      'Let anonymous callers write nothing; better, let none in. Modalities that store images get accounts. Before anything else look for files that nobody knows. ' +
      'Where the verdict is "unknown", the lines below tell what the server itself does not.',
    products: [...[vsftpdReadOnly, proftpdReadOnly, pureFtpdReadOnly, iisReadOnly], ...[fileZillaReadOnly, synologyReadOnlyFtp, qnapReadOnlyFtp]],
    prove: 'dosimeter scan {host} --ports {port}   # other tools write a file to find out',
  },
  references: {
    requirement: [hipaaAccessControl, gdprArticle32],
    target: [nistSp180024],
    weakness: [cwe(306, 'Missing Authentication for Critical Function'), cwe(862, 'Missing Authorization')],
  },
  needs: { ftp },
  judge: ({ ftp }) => keptOut(ftp) ?? judge(ftp),
});

const names = ['create', 'edit', 'delete'] as const;
const words = { create: 'put files there', edit: 'change files', delete: 'delete files' } as const;

function judge(evidence: FtpEvidence): Verdict {
  const because = ftpFacts(evidence);
  const rights = evidence.shares[0]?.rights;
  if (!rights) return unknown('it lets anyone in, but what they may do could not be learnt', because);
  const offered = names.filter((name) => rights[name] === 'yes' || rights[name] === 'negotiated');
  if (offered.length > 0)
    return offeredTo(evidence, listed(offered.map((name) => words[name])), names.some((name) => rights[name] === 'yes') ? undefined : 'high');
  if (names.every((name) => rights[name] === 'no')) return pass('every folder was listed, and in none may an anonymous caller change anything', because);
  return evidence.permFacts
    ? unknown('in the folders that were listed nothing may be changed; there are more', because)
    : unknown('it lets anyone in, and does not tell who may write; only writing would show it, which Dosimeter never does', because);
}

/** ProFTPD reads its facts off the permissions of files, and a <Limit> above them, as its own sample configuration has one, does not show: a "fail" would often be false. */
function offeredTo(evidence: FtpEvidence, what: string, severity: Severity | undefined): Verdict {
  const because = ftpFacts(evidence);
  if (severity !== undefined && evidence.product?.id === 'proftpd')
    return unknown(`by the permissions of its files anyone may ${what}; whether a <Limit> in its configuration forbids it ProFTPD does not show`, because);
  return fail(`its listings say that anyone may ${what}, which was not tried`, because, severity);
}
