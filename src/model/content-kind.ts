/** What a file probably is, by its name alone. The name is looked at here and goes no further. */

export const contentKinds = ['dicom', 'dicomdir', 'archive', 'disc-image', 'backup', 'database', 'report', 'image', 'folder', 'other'] as const;
export type ContentKind = (typeof contentKinds)[number];

/** How many of each kind. */
export type ContentCounts = Readonly<Partial<Record<ContentKind, number>>>;

/** First match decides: `backup.sql.gz` is a database before it is an archive. */
const byName: readonly (readonly [ContentKind, RegExp])[] = [
  ['dicomdir', /^dicomdir$/i],
  ['dicom', /\.(?:dcm|dicom|dic|ima)(?:\.gz)?$/i],
  ['dicom', /^(?:IM|IMG|CT|MR|US|CR|DX|XA|MG|PT|NM|SR|I|E|Z)[-_.]?\d{2,12}$/],
  ['dicom', /^(?:CT|MR|US|CR|DX|XA|MG|PT|NM|RT|SC)?\.?(?:[0-2])(?:\.\d{1,39}){6,}$/],
  ['database', /\.(?:sql|dump|mdb|accdb|bak|mdf|ldf|fdb|dmp|sqlite3?|db)(?:\.(?:gz|bz2|xz|zip))?$/i],
  ['backup', /(?:^|[-_. ])(?:backup|sicherung|sauvegarde|respaldo)(?:[-_. \d]|$)|\.(?:old|vbk|vib|tib|gho|wim)$/i],
  ['disc-image', /\.(?:iso|img|nrg|vmdk|vhdx?|qcow2|ova)$/i],
  ['image', /\.(?:jpe?g|png|bmp|tiff?|nii(?:\.gz)?|nrrd|mha|avi|mp4)$/i],
  ['archive', /\.(?:zip|7z|rar|tar|tgz|tar\.(?:gz|bz2|xz)|gz|bz2)$/i],
  ['report', /\.(?:pdf|docx?|rtf|odt|xlsx?|csv|hl7|xml|html?)$/i],
];

/** `name` without its folder; a folder's ends with a slash. */
export function contentKind(name: string): ContentKind {
  if (name.endsWith('/')) return 'folder';
  return byName.find(([, pattern]) => pattern.test(name.slice(-255)))?.[0] ?? 'other';
}

export function countKinds(names: Iterable<string>): ContentCounts {
  const counts: Partial<Record<ContentKind, number>> = {};
  for (const name of names) {
    const kind = contentKind(name);
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

/** Kinds that hold patients' data where they lie on imaging storage. */
export const telling: readonly ContentKind[] = ['dicom', 'dicomdir', 'disc-image', 'backup', 'database'];

/** The preamble of 128 bytes and the prefix DICM (PS3.10 section 7.1). */
export function hasDicomPrefix(bytes: Uint8Array): boolean {
  return bytes.length >= 132 && bytes[128] === 0x44 && bytes[129] === 0x49 && bytes[130] === 0x43 && bytes[131] === 0x4d;
}
