/** What each right rests on, over every protocol: the words fit the right, and every right has some. */
import { describe, expect, it } from 'vitest';
import * as dicomFixtures from '../../test/fixtures/dicom-evidence.js';
import * as ftpFixtures from '../../test/fixtures/ftp-evidence.js';
import * as nfsFixtures from '../../test/fixtures/nfs-evidence.js';
import * as smbFixtures from '../../test/fixtures/smb-evidence.js';
import * as webFixtures from '../../test/fixtures/web-evidence.js';
import type { EvidenceKind } from '../model/evidence.js';
import type { Right, Rights } from '../model/rights.js';
import { dicom } from './dicom/evidence.js';
import { ftp } from './ftp/evidence.js';
import { http } from './http/evidence.js';
import { nfs } from './nfs/evidence.js';
import { rsync } from './rsync/evidence.js';
import { smb } from './smb/evidence.js';

type Row = readonly [what: string, evidence: unknown, name: keyof Rights, right: Right, from: string];

const table: readonly (readonly [kind: EvidenceKind<never>, rows: readonly Row[]])[] = [
  [
    dicom as EvidenceKind<never>,
    [
      ['open', dicomFixtures.openNode, 'read', 'yes', 'C-FIND with a key that matches nothing was answered 0000H to a calling AE title that no list holds'],
      ['open', dicomFixtures.openNode, 'create', 'negotiated', '6 of 6 storage contexts were accepted; none was used'],
      ['open', dicomFixtures.openNode, 'delete', 'unknown', 'DICOM has no request that would tell without changing something'],
      ['Orthanc as installed', dicomFixtures.orthancAsInstalled, 'read', 'no', 'C-FIND was answered with an abort, which is how Orthanc refuses a caller'],
      ['storage alone', dicomFixtures.storescp, 'read', 'unknown', 'no context for C-FIND was accepted'],
      [
        'unknown caller',
        dicomFixtures.turnedAway(dicomFixtures.unknownCaller),
        'edit',
        'no',
        'the association was rejected (1/1/3: calling AE title not recognised)',
      ],
      [
        'unknown title',
        dicomFixtures.turnedAway(dicomFixtures.unknownTitle),
        'read',
        'unknown',
        'the association was rejected (1/1/7: called AE title not recognised), which says nothing of what callers may do',
      ],
      [
        'busy',
        dicomFixtures.turnedAway(dicomFixtures.busy),
        'create',
        'unknown',
        'the association was rejected (2/3/2: local limit exceeded), which says nothing of what callers may do',
      ],
      [
        'registered caller',
        dicomFixtures.asRegisteredCaller(dicomFixtures.unknownCaller),
        'read',
        'no',
        'the association was rejected (1/1/3: calling AE title not recognised) for a calling AE title that no list holds, where the given one was let in',
      ],
      [
        'registered caller, strangers too',
        dicomFixtures.asRegisteredCaller({ answer: 'accepted' }),
        'read',
        'unknown',
        'only the calling AE title that was given was looked at',
      ],
      [
        'no storage',
        { ...dicomFixtures.openNode, contexts: dicomFixtures.taking('verification', 'study-root-find') },
        'edit',
        'no',
        'none of 6 storage contexts was accepted, and without storing DICOM changes nothing',
      ],
      [
        'a failure',
        { ...dicomFixtures.openNode, query: { answer: 'failed', status: 0xa700, rows: 0 } },
        'read',
        'negotiated',
        '6 contexts to query or retrieve were accepted; C-FIND was answered with the failure A700H',
      ],
      [
        'not authorised',
        { ...dicomFixtures.openNode, query: { answer: 'not-authorised', status: 0x0124, rows: 0 } },
        'read',
        'no',
        'C-FIND was refused as not authorised: 0124H',
      ],
    ],
  ],
  [
    http as EvidenceKind<never>,
    [
      ['nothing', webFixtures.site, 'read', 'unknown', 'no interface, listing or share that hands out records or files was found'],
      ['DICOMweb', webFixtures.withDoors(webFixtures.door('dicomweb')), 'read', 'yes', 'GET /dicomweb was answered 200 with a list of studies'],
      [
        'DICOMweb that takes',
        webFixtures.withDoors(webFixtures.door('dicomweb', 'open', webFixtures.granting({ create: 'negotiated', delete: 'negotiated' }))),
        'create',
        'negotiated',
        'POST /dicomweb with nothing in it was turned down for being empty (400, 411, 415 or 422), after the caller had been let in',
      ],
      [
        'DICOMweb that deletes',
        webFixtures.withDoors(webFixtures.door('dicomweb', 'open', webFixtures.granting({ delete: 'negotiated' }))),
        'delete',
        'negotiated',
        'Allow names DELETE in the answer to OPTIONS of a study under /dicomweb',
      ],
      [
        'a login',
        webFixtures.withDoors(webFixtures.door('archive-api', 'login')),
        'delete',
        'no',
        'GET /archive-api was answered 401: it asks for credentials',
      ],
      [
        'a login, and an error at another door',
        webFixtures.withDoors(webFixtures.door('archive-api', 'login'), webFixtures.door('dicomweb', 'unclear')),
        'read',
        'unknown',
        'GET /dicomweb was answered 500, which does not tell',
      ],
      ['a listing', webFixtures.withDoors(webFixtures.door('listing')), 'create', 'unknown', 'it has no request that would tell without changing something'],
      [
        'WebDAV',
        webFixtures.withDoors(webFixtures.door('webdav', 'open', webFixtures.granting({ create: 'negotiated' }))),
        'create',
        'negotiated',
        'Allow names PUT, MKCOL or COPY in the answer to OPTIONS of a folder',
      ],
    ],
  ],
  [
    ftp as EvidenceKind<never>,
    [
      ['closed', ftpFixtures.loginAnswers('refused'), 'create', 'no', 'the anonymous login was refused'],
      ['closed inside TLS', ftpFixtures.loginAnswers('tls-first', 'refused'), 'read', 'no', 'the anonymous login was refused, over TLS'],
      ['silent', ftpFixtures.loginAnswers('no-answer'), 'read', 'unknown', 'the anonymous login was not answered'],
      ['open', ftpFixtures.openFtp(), 'read', 'yes', 'a folder was listed after an anonymous login'],
      ['open', ftpFixtures.openFtp(), 'create', 'unknown', 'the server does not say who may write (no fact "perm" in its listings)'],
      [
        'with perm',
        ftpFixtures.openFtp({ rights: { read: 'yes', create: 'negotiated', edit: 'no', delete: 'unknown' } }, { permFacts: true }),
        'create',
        'negotiated',
        'the fact perm=c or m of a folder in the listing',
      ],
      [
        'with perm',
        ftpFixtures.openFtp({ rights: { read: 'yes', create: 'negotiated', edit: 'no', delete: 'unknown' } }, { permFacts: true }),
        'edit',
        'no',
        'no file has the fact perm=w, and every folder was listed',
      ],
    ],
  ],
  [
    smb as EvidenceKind<never>,
    [
      ['closed', smbFixtures.closedServer, 'read', 'no', 'sessions without a name and as a guest were refused'],
      ['not asked', smbFixtures.negotiatedOnly, 'read', 'unknown', 'whether a session without an account is granted was not learnt'],
      ['no shares', smbFixtures.withShares(), 'read', 'unknown', 'it names no share that holds files'],
      ['one share', smbFixtures.withShares(smbFixtures.share()), 'create', 'no', 'maximal access 0x001200A9 of the tree connect, 0x001200A9 of 3 folders'],
      [
        'one share of two is writable',
        smbFixtures.withShares(
          smbFixtures.share(),
          smbFixtures.share({
            number: 2,
            rights: { read: 'yes', create: 'yes', edit: 'yes', delete: 'yes' },
            treeAccess: 0x1f01ff,
            folderAccess: { mask: 0x1f01ff, asked: 1 },
          }),
        ),
        'create',
        'yes',
        'share 2: maximal access 0x001F01FF of the tree connect, 0x001F01FF of 1 folder',
      ],
      [
        'a share of an SMB 1 server that does not tell its mask',
        smbFixtures.withShares(
          smbFixtures.share({
            rights: { read: 'yes', create: 'unknown', edit: 'unknown', delete: 'unknown' },
            treeAccess: null,
            folderAccess: { mask: 0, asked: 0 },
            fileAccess: { mask: 0, asked: 0 },
          }),
        ),
        'read',
        'yes',
        'its first folder was listed; the tree connect told no maximal access',
      ],
      [
        'a tree connect that was refused',
        smbFixtures.withShares({ ...smbFixtures.refusedShare, treeAccess: null }),
        'read',
        'no',
        'the tree connect was refused',
      ],
      [
        'a refusal and an error',
        smbFixtures.withShares(smbFixtures.refusedShare, { ...smbFixtures.unclearShare, number: 2 }),
        'read',
        'unknown',
        'share 2: it gave an error or no answer',
      ],
    ],
  ],
  [
    nfs as EvidenceKind<never>,
    [
      ['read-only', nfsFixtures.server(nfsFixtures.exported()), 'read', 'yes', 'ACCESS as nobody on its first folder: READ|LOOKUP'],
      [
        'read-only',
        nfsFixtures.server(nfsFixtures.exported()),
        'create',
        'no',
        'ACCESS on its first folder: as nobody READ|LOOKUP, as root READ|LOOKUP; no more on 1 file or folder in it',
      ],
      [
        'root may write',
        nfsFixtures.server(
          nfsFixtures.exported({
            rights: { read: 'yes', create: 'yes', edit: 'no', delete: 'no' },
            granted: { nobody: ['read', 'lookup'], owner: 'not-tried', root: ['read', 'lookup', 'extend'] },
          }),
        ),
        'create',
        'yes',
        'ACCESS as root on its first folder: READ|LOOKUP|EXTEND',
      ],
      ['refused', nfsFixtures.server(nfsFixtures.refusedExport()), 'read', 'unknown', 'the export was refused; a source port below 1024 may be let in'],
    ],
  ],
  [
    rsync as EvidenceKind<never>,
    [
      ['read-only', ftpFixtures.daemon({ rights: ftpFixtures.readOnly }), 'delete', 'no', 'it said that it is read-only when an upload was announced'],
      ['read-only', ftpFixtures.daemon({ rights: ftpFixtures.readOnly }), 'read', 'yes', 'the list of its first folder came'],
      [
        'waiting',
        ftpFixtures.daemon({ rights: { read: 'yes', create: 'negotiated', edit: 'negotiated', delete: 'negotiated' } }),
        'create',
        'negotiated',
        'it waited for the files of an upload that was announced and never sent',
      ],
      [
        'a password',
        ftpFixtures.daemon({ access: 'login', rights: ftpFixtures.noRights, rightsFrom: 'the daemon asks for a password' }),
        'read',
        'no',
        'the daemon asks for a password',
      ],
    ],
  ],
];

describe.each(table.map(([kind, rows]) => [kind.name, kind, rows] as const))('the grounds of %s', (_name, { readers }, rows) => {
  it.each(rows)('%s', (_what, evidence, name, right, from) => {
    expect(readers.rights?.(evidence as never)?.[name]).toBe(right);
    expect(readers.rightsFrom?.(evidence as never)?.[name]).toEqual([from]);
  });

  it.each(rows)('%s: no right is without one', (_what, evidence) => {
    for (const grounds of Object.values(readers.rightsFrom?.(evidence as never) ?? {})) {
      expect(grounds.length).toBeGreaterThan(0);
      for (const ground of grounds) expect(ground).toMatch(/\S/);
    }
  });
});
