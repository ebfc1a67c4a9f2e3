/** The name of a share, export or module as a report may show it. People name shares after people: only common words stay. */

const commonWords: ReadonlySet<string> = new Set(
  (
    'admin adm anon anonymous archive archiv archives backup backups bak cd ct data daten datos dicom dicomdata disk disks documents docs donnees drive dvd exchange exam exams export exports ' +
    'family fax files file folder ftp ftproot general guest guests home homes hospital hl7 image images imagenes imagerie imaging img import in inbox incoming install ipc iso it lab local mammo media ' +
    'medical mirror mnt modality modalities mr mri music nas net netlogon nfs nuclear office old ortho out outbox pacs patient patients pet photo photos print printer printers profiles pub public pvt radio radiologie radiology ' +
    'read readonly recordings report reports research restricted results ris root rw ro samba scan scans scanner server service shared share shares smb software srv staff storage store studies study support sysvol ' +
    'team temp test time timemachine tmp transfer upload uploads us usb user users var vault video videos vol volume web www write xray volume1 volume2 cache'
  ).split(' '),
);

const separators = /([-_ ./$]+|\d+)/;

/** Common words and separators as they are; of anything else the shape: `Meier_Anna` → `Aaaaa_Aaaa`. At most 60 characters. */
export function shareLabel(name: string): string {
  const parts = name.slice(0, 60).split(separators);
  return parts.map((part) => (separators.test(part) && !/\d{3}/.test(part) ? part : commonWords.has(part.toLowerCase()) ? part : shapeOf(part))).join('');
}

/** Letters become `A` and `a`, digits `0`, all else `?`. */
export function shapeOf(text: string): string {
  return [...text].map((character) => (/\p{Lu}/u.test(character) ? 'A' : /\p{L}/u.test(character) ? 'a' : /\p{Nd}/u.test(character) ? '0' : '?')).join('');
}
