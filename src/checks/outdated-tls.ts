/** Does the port still speak a version of TLS, or a cipher suite, that no longer protects? Passes only where each was refused. */
import { defineCheck, fail, pass, type Severity, unknown, type Verdict } from '../model/check.js';
import { type TlsEvidence, type TlsVersion, tls, tlsVersions } from '../protocols/tls/evidence.js';
import { cwe, dicomTlsProfileB12, dicomTlsProfileB13, gdprArticle32, hipaaTransmissionSecurity } from './references.js';
import { rfc8996, rfc9325Suites, rfc9325Versions } from './tls-references.js';

const outdated = ['SSLv3', 'TLSv1.0', 'TLSv1.1'] as const satisfies readonly TlsVersion[];

export const outdatedTls = defineCheck({
  id: 'outdated-tls',
  title: 'Outdated TLS is still accepted',
  severity: 'medium',
  why:
    'SSLv3, TLS 1.0 and TLS 1.1, and cipher suites without encryption or authentication, of export length or with DES, RC4 and 3DES, do not ' +
    'keep images confidential or unaltered on the way. As long as they are accepted, a caller that is old or was tampered with ends up with them.',
  remedy: {
    text:
      'Accept TLS 1.2 and 1.3 only, with suites that have forward secrecy and authenticated encryption. ' +
      'Find the modalities that know nothing better first: put a TLS gateway in front of those.',
    products: [
      {
        product: 'orthanc',
        name: 'Orthanc',
        where: 'the JSON configuration file (AdvancedConfiguration.json since 1.13), then restart',
        lines: [
          '"DicomTlsMinimumProtocolVersion" : 4,',
          '"DicomTlsCiphersAccepted" : [ "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-RSA-AES128-GCM-SHA256" ]',
        ],
        rollback: 'Set "DicomTlsMinimumProtocolVersion" to 0, remove "DicomTlsCiphersAccepted" and restart.',
        note:
          'Both settings came with 1.12.4 and hold for outgoing calls too. Before, there was no such setting, and 1.10.1 was seen to accept ' +
          'TLS 1.0 and 1.1: update it, or let a TLS proxy answer in its place.',
      },
      {
        product: 'dcmtk',
        name: 'DCMTK (storescp, dcmqrscp)',
        where: 'the command line',
        lines: ['storescp +tls dicom.key dicom.crt +cf ca.crt +pg 2762'],
        rollback: 'Start it with the former profile option (+px, +pa, +pb or +pn) again.',
        note:
          '+pg (PS3.15 B.12) came with 3.6.8 and is the default there; in 3.6.7 the default is +py, which refuses TLS 1.0 and 1.1 as well. ' +
          '+pm (B.13) is stricter. +px, +pa, +pb and +pn are retired profiles. dcmqrscp takes the same options from 3.6.9 on; an older one knows no TLS.',
      },
      {
        product: 'dcm4chee-arc',
        name: 'dcm4chee-arc',
        where: 'LDAP, the network connection cn=dicom-tls of the device dcm4chee-arc',
        lines: [
          'dcmTLSProtocol: TLSv1.3',
          'dcmTLSProtocol: TLSv1.2',
          'dicomTLSCipherSuite: TLS_AES_256_GCM_SHA384',
          'dicomTLSCipherSuite: TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
        ],
        rollback: 'Put the former values of both attributes back and reload the configuration.',
        note: 'The shipped configuration lists a 3DES suite and one without forward secrecy: both attribute lists have to be replaced, not added to.',
      },
    ],
    prove: 'dosimeter scan {host} --ports {port}',
  },
  references: {
    requirement: [hipaaTransmissionSecurity, gdprArticle32],
    target: [dicomTlsProfileB12, dicomTlsProfileB13, rfc8996, rfc9325Versions, rfc9325Suites],
    weakness: [cwe(327, 'Use of a Broken or Risky Cryptographic Algorithm')],
  },
  needs: { tls },
  judge: ({ tls }) => judge(tls),
});

function judge({ versions, weakSuites }: TlsEvidence): Verdict {
  const offered = tlsVersions.filter((version) => versions[version] === 'offered');
  const because = { offered, weakSuite: weakSuites.suite, weakSuites: weakSuites.offer };
  const old = outdated.filter((version) => versions[version] === 'offered');
  const seen = [...old, ...(weakSuites.offer === 'offered' ? [weakSuites.suite ?? 'a weak cipher suite'] : [])];
  if (seen.length > 0) return fail(`it accepts ${inWords(seen)}`, because, severityOf(old, weakSuites.suite));
  if (offered.length === 0) return unknown('it refused every version that was offered, so its refusals say nothing about the old ones', because);
  const open = [...outdated.filter((version) => versions[version] !== 'refused'), ...(weakSuites.offer === 'refused' ? [] : ['weak cipher suites'])];
  if (open.length > 0) return unknown(`it did not say clearly whether it accepts ${inWords(open)}`, because);
  return pass(`it accepts ${inWords(offered)} and refused everything older and weaker`, because);
}

const inWords = (items: readonly string[]): string => items.join(', ').replace(/, ([^,]*)$/, ' and $1');

/** SSLv3, no encryption, no authentication and export keys are broken by a bystander; the rest takes effort. */
function severityOf(old: readonly TlsVersion[], suite: string | null): Severity {
  return old.includes('SSLv3') || /_WITH_NULL_|_anon_|_EXPORT_/.test(suite ?? '') ? 'high' : 'medium';
}
