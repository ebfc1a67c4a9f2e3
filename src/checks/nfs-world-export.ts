/** Is a folder exported to everyone? */
import { defineCheck, fail, type Severity, unknown, type Verdict } from '../model/check.js';
import { telling } from '../model/content-kind.js';
import { type NfsShare, nfs } from '../protocols/nfs/evidence.js';
import { amountsOf, clientWords, exportFacts, judgeExports, refused } from './nfs-facts.js';
import { ganeshaNamedClients, linuxNamedClients, qnapNamedClients, synologyNamedClients } from './nfs-remedies.js';
import { cwe, gdprArticle32, hipaaAccessControl, nistSp180024 } from './references.js';

export const nfsWorldExport = defineCheck({
  id: 'nfs-world-export',
  title: 'A folder is exported to everyone over NFS',
  severity: 'critical',
  why:
    'NFS asks for no password: whoever reaches the port mounts the folder and copies it with the usual commands. ' +
    'Who they are they say themselves, with a number that the server believes.',
  remedy: {
    text: 'Export to the hosts that need the folder, by address, and demand Kerberos where there is a domain. Keep ports 111 and 2049 off the internet.',
    products: [linuxNamedClients, ganeshaNamedClients, synologyNamedClients, qnapNamedClients],
    prove: 'showmount -e {host}   # must name hosts, not "(everyone)" or "*"; NFSv4 alone: dosimeter scan {host} --ports {port}',
  },
  references: {
    requirement: [hipaaAccessControl, gdprArticle32],
    target: [nistSp180024],
    weakness: [cwe(306, 'Missing Authentication for Critical Function'), cwe(359, 'Exposure of Private Personal Information to an Unauthorized Actor')],
  },
  needs: { nfs },
  judge: ({ nfs }) => judgeExports(nfs, judge),
});

function judge(share: NfsShare): Verdict {
  const closed = refused(share);
  if (closed) return closed;
  const because = exportFacts(share);
  const { clients, sourcePort } = share;
  const from = sourcePort === 'privileged' ? ', from a source port below 1024, which any administrator can take' : '';
  if (clients === 'not-told')
    return fail(`it let this computer in without credentials${from}; whom else, NFSv4 does not tell${amountsOf(share)}`, because, severityOf(share));
  if (clients.everyone)
    return fail(`it is exported to everyone, and let this computer in without credentials${from}${amountsOf(share)}`, because, severityOf(share));
  return unknown(`it is exported to ${clientWords(clients)}; this computer was let in, and whether it is one of them cannot be seen`, because);
}

/** Patients' data weigh most; what was not counted may be such. */
function severityOf({ content }: NfsShare): Severity | undefined {
  if (content === null) return 'high';
  if (telling.some((kind) => (content.byKind[kind]?.value ?? 0) > 0) || content.images.value > 0) return undefined;
  return content.files.basis === 'exact' && content.files.value === 0 ? 'low' : 'medium';
}
