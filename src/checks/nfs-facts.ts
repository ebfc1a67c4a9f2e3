/** What several NFS checks read off the evidence. Judges nothing by itself. */
import { notApplicable, pass, type SubjectVerdict, unknown, type Verdict } from '../model/check.js';
import type { ExportClients, NfsEvidence, NfsShare } from '../protocols/nfs/evidence.js';
import { amount, isCounted } from './amount-words.js';

export const nfsFacts = (evidence: NfsEvidence): Verdict['because'] => ({
  role: evidence.role,
  versions: Object.entries(evidence.versions).flatMap(([version, offer]) => (offer === 'offered' ? [version] : [])),
  tls: evidence.tls,
  portmapper: evidence.portmapper.answer,
  exportList: evidence.exportList,
  pseudoTree: evidence.pseudoTree,
  privilegedPort: evidence.privilegedPort,
  exports: evidence.shares.length,
});

export const exportFacts = (share: NfsShare): Verdict['because'] => ({
  export: share.label,
  over: share.alsoOver4 ? 'nfs3 and nfs4' : share.over,
  access: share.access,
  clients: share.clients === 'not-told' ? 'not-told' : clientWords(share.clients),
  flavours: share.flavours === 'not-told' ? 'not-told' : [...share.flavours],
  sourcePort: share.sourcePort,
  ...share.rights,
  rightsFrom: share.rightsFrom,
  squash: share.squash,
  ...(share.content && { files: share.content.files.value, images: share.content.images.value, ended: share.content.ended }),
});

const plural = (count: number, one: string, many: string): readonly string[] => (count === 0 ? [] : [`${count} ${count === 1 ? one : many}`]);

/** `everyone`, or `2 networks, 1 host`. */
export function clientWords({ everyone, networks, hosts, domains, netgroups }: ExportClients): string {
  if (everyone) return 'everyone';
  return [
    ...plural(networks, 'network', 'networks'),
    ...plural(hosts, 'host', 'hosts'),
    ...plural(domains, 'domain', 'domains'),
    ...plural(netgroups, 'netgroup', 'netgroups'),
  ].join(', ');
}

/** `: exactly 12 files, of which exactly 10 images`, where they were counted. */
export const amountsOf = ({ content }: NfsShare): string =>
  content && isCounted(content.files) ? `: ${amount(content.files, 'file', 'files')}, of which ${amount(content.images, 'image', 'images')}` : '';

/** rpcbind and mountd tell where NFS is; what is exported is judged there. */
export function askedElsewhere(evidence: NfsEvidence): Verdict | undefined {
  if (evidence.role === 'nfs') return undefined;
  const { nfsPort } = evidence.portmapper;
  return notApplicable(nfsPort === null ? 'NFS is judged at its own port' : `NFS is judged at its own port, ${nfsPort}`, nfsFacts(evidence));
}

/** One verdict an export; one for the server where none is known. */
export function judgeExports(evidence: NfsEvidence, judge: (share: NfsShare) => Verdict): Verdict | readonly SubjectVerdict[] {
  const { shares, exportList, pseudoTree, privilegedPort } = evidence;
  const elsewhere = askedElsewhere(evidence);
  if (elsewhere) return elsewhere;
  if (shares.length > 0) return shares.map((share) => ({ subject: String(share.number), verdict: judge(share) }));
  const because = nfsFacts(evidence);
  if (exportList === 'not-tried' && pseudoTree === 'not-tried') return unknown('its exports were not asked for', because);
  if (exportList !== 'answered' && pseudoTree !== 'answered') return unknown('it did not tell what it exports', because);
  if (privilegedPort === 'not-to-be-had') return unknown('it shows no export to a source port of 1024 or above; a port below could not be taken here', because);
  return pass('it shows this computer no export', because);
}

/** A stranger was refused: for good, or only for the port it called from (`secure` in exports(5), PrivilegedPort in NFS-Ganesha). `undefined`: it was let in. */
export function refused(share: NfsShare): Verdict | undefined {
  const because = exportFacts(share);
  const { access, flavours, sourcePort, granted } = share;
  if (access === 'not-tried') return unknown('it was not looked into: others came first', because);
  if (access === 'unclear') return unknown('it neither opened nor refused', because);
  if (access === 'open') return undefined;
  if (granted.nobody !== 'refused' && access === 'forbidden')
    return pass('it may be mounted, but its folder is closed to nobody, to whoever claims its owner and group, and to root', because);
  if (flavours !== 'not-told' && !flavours.includes('sys') && !flavours.includes('none')) return pass('it wants Kerberos', because);
  if (sourcePort === 'unprivileged')
    return unknown('it refused a source port of 1024 or above; whether it lets one below in, which any administrator can take, could not be asked', because);
  return pass(access === 'login' ? 'it wants stronger credentials than a number' : 'it refuses this computer, from privileged ports too', because);
}
