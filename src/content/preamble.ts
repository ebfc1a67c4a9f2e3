/** What stands in the first 128 bytes of a DICOM file (PS3.10 section 7.1), and whether a file is one. A look at 132 bytes; nothing is parsed. */
import { hasDicomPrefix } from '../model/content-kind.js';
import type { PreambleKind } from '../model/content-survey.js';

/** Kinds that a computer may run when it is told to open the file. */
export const executablePreambles: readonly PreambleKind[] = ['pe', 'elf', 'mach-o', 'script'];

/** Byte order marks of TIFF and BigTIFF, as whole slide images have them, in both orders. */
const signatures: readonly (readonly [PreambleKind, readonly number[]])[] = [
  ['tiff', [0x49, 0x49, 0x2a, 0x00]],
  ['tiff', [0x4d, 0x4d, 0x00, 0x2a]],
  ['tiff', [0x49, 0x49, 0x2b, 0x00]],
  ['tiff', [0x4d, 0x4d, 0x00, 0x2b]],
  ['elf', [0x7f, 0x45, 0x4c, 0x46]],
  ['mach-o', [0xfe, 0xed, 0xfa, 0xce]],
  ['mach-o', [0xfe, 0xed, 0xfa, 0xcf]],
  ['mach-o', [0xce, 0xfa, 0xed, 0xfe]],
  ['mach-o', [0xcf, 0xfa, 0xed, 0xfe]],
  ['mach-o', [0xca, 0xfe, 0xba, 0xbe]],
  ['archive', [0x50, 0x4b, 0x03, 0x04]],
  ['archive', [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
  ['archive', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['archive', [0x1f, 0x8b, 0x08]],
  ['script', [0x23, 0x21]],
];

/** Words at the start that an interpreter or a browser takes for its own. */
const openings: readonly (readonly [PreambleKind, readonly string[]])[] = [
  ['script', ['<?php', '@echo', '<%']],
  ['html', ['<!doctype html', '<html', '<script', '<svg', '<body', '<iframe']],
];

/** The first bytes of a file, DICOM or not. */
export function preambleKind(bytes: Uint8Array): PreambleKind {
  const start = bytes.subarray(0, 128);
  const signed = signatures.find(([, signature]) => signature.every((byte, at) => start[at] === byte));
  if (signed) return signed[0];
  // "MZ" may begin a text too: a header of zeros and numbers is a program's
  if (start[0] === 0x4d && start[1] === 0x5a && !isText(start)) return 'pe';
  if (start.every((byte) => byte === 0)) return 'zeros';
  const words = String.fromCharCode(...start).toLowerCase();
  const opened = openings.find(([, beginnings]) => beginnings.some((beginning) => words.trimStart().startsWith(beginning)));
  if (opened) return opened[0];
  if (words.includes('%pdf-')) return 'pdf';
  return isText(start) ? 'text' : 'other';
}

/** Printable up to a padding of zeros. */
function isText(bytes: Uint8Array): boolean {
  const end = bytes.indexOf(0);
  const text = bytes.subarray(0, end < 0 ? bytes.length : end);
  const isPadded = end < 0 || bytes.subarray(end).every((byte) => byte === 0);
  return isPadded && text.length > 2 && text.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}

export interface FirstBytes {
  readonly isDicom: boolean;
  readonly kind: PreambleKind;
}

export const readFirstBytes = (bytes: Uint8Array): FirstBytes => ({ isDicom: hasDicomPrefix(bytes), kind: preambleKind(bytes) });
