/** What lies on shares, whatever protocol told of it: names, first bytes, rules for malicious files, classes of values. */
import { amountNames, readFolder } from '../../../src/content/folder-contents.js';
import { readFirstBytes } from '../../../src/content/preamble.js';
import { shapeOf, shareLabel } from '../../../src/content/share-label.js';
import { suspicionOf } from '../../../src/content/suspicious.js';
import { contentKind } from '../../../src/model/content-kind.js';
import { recogniseService } from '../../../src/protocols/recognise.js';
import { identifyingKeywords } from '../../../src/protocols/value-class/attributes.js';
import { classifyRecord } from '../../../src/protocols/value-class/classify-record.js';
import { classifyValue } from '../../../src/protocols/value-class/classify-value.js';
import { decodeText } from '../../../src/protocols/value-class/decode-text.js';
import { heard, read, type Target, whole } from '../target.js';

const names = ['IM0001.dcm', 'report.pdf.exe', 'DICOMDIR', 'HOW TO DECRYPT.txt', 'a\u202egpj.exe', 'autorun.inf', 'backup.tar.gz', '1.2.840.113619.2'];

/** As many as one share may be asked for. */
const mostEntries = 5_000;
const values = ['DOE^JANE', '19700101', 'ANON0001', '1.2.840.10008.1.1', '010170-1234'];
const characterSets = ['', 'ISO_IR 100', 'ISO_IR 192', 'GB18030', '\\ISO 2022 IR 87', '\\ISO 2022 IR 149', 'ISO 2022 IR 13\\ISO 2022 IR 159'];

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
      const entries = text
        .split('\n')
        .slice(0, mostEntries)
        .map((name) => ({ name, kind: 'file' as const, size: 1, modified: null, handle: 0 }));
      const { amounts } = readFolder(entries, { depth: 1, name: 'a', isMedium: false });
      if (amounts.length !== amountNames.length || !amounts.every((amount) => amount >= 0)) throw new Error('amounts that do not add up');
    },
  ),
  whole('content first bytes', () => [new Uint8Array(132), ...['MZ', '\x7fELF', '#!/bin/sh\n'].map((text) => new TextEncoder().encode(text))], readFirstBytes),
  read(
    'content value classes',
    () => values,
    (text) => {
      for (const keyword of identifyingKeywords) classifyValue(keyword, text);
      classifyRecord(new Map(identifyingKeywords.map((keyword) => [keyword, text])));
    },
  ),
  whole(
    'content character sets',
    () => [...values, '\x1b$B;3ED\x1b(B', '\\ISO 2022 IR 149'].map((text) => new TextEncoder().encode(text)),
    (bytes) => {
      for (const characterSet of characterSets) decodeText(bytes, characterSet);
      decodeText(bytes, new TextDecoder().decode(bytes));
    },
  ),
  whole('first bytes of a service', () => ['dicom', 'http', 'ftp', 'smb', 'nfs', 'rsync'].flatMap(heard), recogniseService),
];
