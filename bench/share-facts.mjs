// What Dosimeter and nmap's scripts say of one server of bench/share-servers.mjs, beside what is so. Reads the report of the one and the text of the other.
import { truth } from './share-servers.mjs';

/** `null`: it says nothing about that. A word that is not so is marked. */
function fact(name, so, ours, theirs) {
  const said = (word) => (word === null || word === undefined || word === 'unknown' ? '-' : word === so ? word : `${word} (wrong)`);
  return { fact: name, 'is so': so, Dosimeter: said(ours), nmap: said(theirs) };
}

const evidenceOf = ({ endpoints }, kind, holds = () => true) =>
  endpoints.flatMap(({ observations }) => observations.map(({ evidence }) => ({ kind, ...evidence }))).find(holds) ?? {};
const yesNo = (is) => (is ? 'yes' : 'no');
const counted = (estimate) => (estimate?.basis === 'exact' ? String(estimate.value) : null);
const changes = ({ create, edit, delete: remove }) =>
  [create, edit, remove].includes('yes') ? 'yes' : [create, edit, remove].every((right) => right === 'no') ? 'no' : 'unknown';
export const traces = (ours, theirs) => fact('files or folders written by the examination', 'none', ours, theirs);

export function ftpFacts(report, text) {
  const ftp = evidenceOf(report, 'ftp', ({ anonymous }) => anonymous !== undefined);
  const [share] = ftp.shares ?? [];
  return [
    fact('anyone may log in', 'yes', yesNo(ftp.anonymous?.direct === 'accepted'), yesNo(/Anonymous FTP login allowed/.test(text))),
    fact('anyone may write', 'no', share && changes(share.rights), /NSE: writeable/.test(text) ? 'yes' : null),
    fact('TLS is offered', 'no', yesNo(ftp.tls?.offer === 'offered'), null),
    fact('an account may log in in the clear', 'no', ftp.clearLogin === 'anonymous-only' ? 'no' : 'yes', null),
    fact('product', 'vsftpd 3.0.3', ftp.product && `${ftp.product.name} ${ftp.product.version}`, null),
    fact('files', String(truth.files), counted(share?.content?.files), null),
    fact('images', String(truth.images), counted(share?.content?.images), null),
  ];
}

/** Lines of one share of smb-enum-shares. */
const shareIn = (text, name) => text.split(/\n\|\s+\\\\/).find((part) => part.startsWith(`127.9.30.1\\${name}:`));
const accessIn = (text, name) => /Anonymous access: (\S+)/.exec(shareIn(text, name) ?? '')?.[1];

const listedIn = (text) => {
  const shares = [...text.matchAll(/^\|\s+\\\\/gm)].length;
  return shares > 0 ? String(shares) : null;
};

export function smbFacts(takesSmb1) {
  return (report, text) => {
    const smb = evidenceOf(report, 'smb', ({ smb1 }) => smb1 !== undefined);
    const shares = smb.shares ?? [];
    // in the order of smb.conf: labels are reduced to shapes
    const named = ['imaging', 'backup$', 'incoming', 'drop', 'staff'].map((name, index) => ({ name, share: shares[index], access: accessIn(text, name) }));
    const dialects = [...text.matchAll(/^\|_?\s+(202|210|300|302|311)$/gm)].map(([, digits]) => [...digits].join('.').replace(/\.0$/, ''));
    const isSo = { imaging: 'no', backup$: 'no', incoming: 'no', drop: 'yes', staff: 'no' };
    return [
      fact(
        'dialects of SMB 2 and 3',
        '2.0.2 to 3.1.1',
        `${smb.oldestDialect} to ${smb.dialect}`,
        dialects.length > 0 ? `${dialects[0]} to ${dialects.at(-1)}` : null,
      ),
      fact('speaks SMB 1', yesNo(takesSmb1), yesNo(smb.smb1?.answer === 'accepted'), yesNo(/SMBv1/.test(text))),
      fact('signing is required', 'no', yesNo(smb.signing === 'required'), yesNo(!/not required/.test(text))),
      fact('encryption is required', 'no', smb.encryption?.required, null),
      fact('strangers become guests', 'yes', yesNo(smb.guestSession?.as === 'guest'), /account_used: guest/.test(text) ? 'yes' : null),
      fact('shares listed, hidden ones too', '6', String(shares.length), listedIn(text)),
      ...named.map(({ name, share, access }) =>
        fact(`a guest reads "${name}"`, yesNo(name !== 'staff'), share?.rights.read, access && yesNo(access.includes('READ'))),
      ),
      ...named.map(({ name, share, access }) =>
        fact(`a guest changes something in "${name}"`, isSo[name], share && changes(share.rights), access && yesNo(access.includes('WRITE'))),
      ),
      fact('images in "imaging"', String(truth.images), counted(shares[0]?.content?.images), null),
    ];
  };
}

export function nfsFacts(report, text) {
  const nfs = evidenceOf(report, 'nfs', ({ role }) => role === 'nfs');
  const [share] = nfs.shares ?? [];
  const said = /access: (.*)/.exec(text)?.[1] ?? '';
  const listed = Object.entries(nfs.versions ?? {}).filter(([, answer]) => answer === 'offered');
  return [
    fact(
      'versions',
      '3, 4.0, 4.1, 4.2',
      listed
        .map(([version]) => version)
        .sort()
        .join(', '),
      null,
    ),
    fact('an export that everyone may mount', 'yes', yesNo(share?.clients?.everyone), /nfs-ls: Volume/.test(text) ? 'yes' : null),
    fact('anyone may read', 'yes', share?.rights.read, said ? yesNo(/\bRead\b/.test(said)) : null),
    fact('anyone may change something', 'no', share && changes(share.rights), said ? yesNo(!/NoModify NoExtend NoDelete/.test(said)) : null),
    fact('security flavours', 'sys', share?.flavours?.join(', '), null),
    fact('TLS is offered', 'no', nfs.tls === 'not-offered' ? 'no' : nfs.tls === 'offered' ? 'yes' : null, null),
    fact('files', String(truth.files), counted(share?.content?.files), null),
    fact('images', String(truth.images), counted(share?.content?.images), null),
  ];
}
