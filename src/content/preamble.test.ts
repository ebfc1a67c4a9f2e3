import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { preambleKinds } from '../model/content-survey.js';
import { preambleKind, readFirstBytes } from './preamble.js';

const file = (start: readonly number[] | string, end = 'DICM'): Uint8Array => {
  const bytes = new Uint8Array(132);
  bytes.set(typeof start === 'string' ? new TextEncoder().encode(start) : start);
  bytes.set(new TextEncoder().encode(end), 128);
  return bytes;
};

describe('what stands before DICM', () => {
  it.each([
    ['nothing', [], 'zeros'],
    ['TIFF, as whole slide images have it', [0x49, 0x49, 0x2a, 0x00, 8], 'tiff'],
    ['BigTIFF', [0x4d, 0x4d, 0x00, 0x2b], 'tiff'],
    ['a Windows program', [0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 4], 'pe'],
    ['a name that begins with MZ', 'MZ Hospital, Department of Radiology', 'text'],
    ['a Linux program', [0x7f, 0x45, 0x4c, 0x46, 2, 1], 'elf'],
    ['a Mac program', [0xcf, 0xfa, 0xed, 0xfe], 'mach-o'],
    ['a shell script', '#!/bin/sh\necho', 'script'],
    ['PHP', '\n<?php system(1);', 'script'],
    ['a batch file', '@ECHO off\r\n', 'script'],
    ['a page', '  <!DOCTYPE html><script>', 'html'],
    ['a PDF, not at its very start', '\n%PDF-1.7\n', 'pdf'],
    ['a ZIP', [0x50, 0x4b, 3, 4, 20], 'archive'],
    ['gzip', [0x1f, 0x8b, 8], 'archive'],
    ['words of a vendor', 'Synthetic Modality 3.1', 'text'],
    ['noise', [1, 2, 3, 200], 'other'],
  ] as const)('%s', (_, start, kind) => {
    expect(readFirstBytes(file(start))).toEqual({ isDicom: true, kind });
    expect(readFirstBytes(file(start, 'no!!')).isDicom).toBe(false);
  });

  it('takes any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => preambleKinds.includes(preambleKind(bytes))));
  });
});
