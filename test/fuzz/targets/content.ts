/** What lies on shares, whatever protocol told of it: names, first bytes, rules for malicious files, classes of values. */
import { amountNames, readFolder } from '../../../src/content/folder-contents.js';
import { readFirstBytes } from '../../../src/content/preamble.js';
import { shapeOf, shareLabel } from '../../../src/content/share-label.js';
import { suspicionOf } from '../../../src/content/suspicious.js';
import { contentKind } from '../../../src/model/content-kind.js';
import { recogniseService } from '../../../src/protocols/recognise.js';
import { classifyValue, identifyingKeywords } from '../../../src/protocols/value-class.js';
import { heard, read, type Target, whole } from '../target.js';

const names = ['IM0001.dcm', 'report.pdf.exe', 'DICOMDIR', 'HOW TO DECRYPT.txt', 'a\u202egpj.exe', 'autorun.inf', 'backup.tar.gz', '1.2.840.113619.2'];

export const contentTargets: readonly Target[] = [
  read(
    'content names',
    () => names,
    (text) => {
      contentKind(text);
      shareLabel(text);
      shapeOf(text);
      for (const hasImages of [true, false]) suspicionOf(text, 10, { hasImages, isMedium: hasImages, hasRansomNote: !hasImages, folder: text.slice(0, 40) });
    },
  ),
  read(
    'content folder',
    () => [names.join('\n')],
    (text) => {
      const entries = text.split('\n').map((name) => ({ name, kind: 'file' as const, size: 1, modified: null, handle: 0 }));
      const { amounts } = readFolder(entries, { depth: 1, name: 'a', isMedium: false });
      if (amounts.length !== amountNames.length || !amounts.every((amount) => amount >= 0)) throw new Error('amounts that do not add up');
    },
  ),
  whole('content first bytes', () => [new Uint8Array(132), ...['MZ', '\x7fELF', '#!/bin/sh\n'].map((text) => new TextEncoder().encode(text))], readFirstBytes),
  whole(
    'content value classes',
    () => ['DOE^JANE', '19700101', 'ANON0001', '\x1b$B'].map((text) => new TextEncoder().encode(text)),
    (bytes) => identifyingKeywords.map((keyword) => classifyValue(keyword, bytes)),
  ),
  whole('first bytes of a service', () => ['dicom', 'http', 'ftp', 'smb', 'nfs', 'rsync'].flatMap(heard), recogniseService),
];
