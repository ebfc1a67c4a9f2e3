/** Folders of this computer in words: what lies there and what was not seen. Both person-readable reports use them. They are no network endpoint, so "anyone" is another account. */
import type { ContentKind } from '../../model/content-kind.js';
import type { ContentSurvey } from '../../model/content-survey.js';
import type { Estimate } from '../../model/exposure.js';
import type { LocalFolder } from '../../model/local-folder.js';
import type { Report, ReportEndpoint } from '../../model/report.js';
import { bytes, count, counted, estimateInWords, estimateSign, isUncounted, listed } from '../words.js';

/** `null`: it is no folder. */
export function folderOf({ observations }: ReportEndpoint): LocalFolder | null {
  const seen = observations.find(({ kind, outcome }) => kind === 'files' && outcome === 'observed');
  return seen ? (seen.evidence as LocalFolder) : null;
}

/** Nothing but folders, as "dosimeter files" reports them. */
export const isOfFolders = ({ endpoints }: Report): boolean => endpoints.length > 0 && endpoints.every((endpoint) => folderOf(endpoint) !== null);

/** Who allowed it, where nobody was named. */
export const nobodyNeeded = (report: Report): string =>
  isOfFolders(report) ? 'a person may look at the folders of a computer that they may use' : 'only this computer’s own addresses need nobody';

/** As `headline` gives it. */
export function folderHeadline({ endpoints, summary }: Report): { readonly tone: 'warning' | 'quiet'; readonly claim: string; readonly detail: string } {
  const where = endpoints.length === 1 ? 'the folder' : counted(endpoints.length, 'folder');
  const readers = endpoints.filter(({ rights }) => rights.read === 'yes').length;
  const writers = endpoints.filter(({ rights }) => [rights.create, rights.edit, rights.delete].includes('yes')).length;
  const parts = [
    ...(readers > 0 ? [`read files in ${amongst(readers, endpoints.length)}`] : []),
    ...(writers > 0 ? [`change something in ${amongst(writers, endpoints.length)}`] : []),
  ];
  return {
    tone: summary.exposedEndpoints > 0 ? 'warning' : 'quiet',
    claim: claimOf(summary.images, where),
    detail: parts.length === 0 ? '' : `Other accounts of this computer may ${listed(parts)}.`,
  };
}

const amongst = (part: number, whole: number): string => (whole === 1 ? 'it' : `${count(part)} of them`);

/** None met, and not all of it listed: "about 0" would say more than that. */
const isUnseen = ({ value, basis }: Estimate): boolean => value === 0 && basis !== 'exact';

function claimOf(images: Estimate | null, where: string): string {
  if (images === null || isUnseen(images)) return `No image was seen in ${where}, but not all of it was listed`;
  if (images.value === 0) return `No image lies in ${where}`;
  const words = estimateInWords(images);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} ${images.value === 1 ? 'image lies' : 'images lie'} in ${where}`;
}

export interface FolderFact {
  readonly name: string;
  readonly text: string;
}

export function folderFacts(folder: LocalFolder): readonly FolderFact[] {
  const { content, yara } = folder;
  const facts: readonly (FolderFact | null)[] = [
    { name: 'Holds', text: holdings(content) },
    fact('By name', kinds(content)),
    { name: 'Looked at', text: lookedAt(content) },
    fact('Last changed', years(content)),
    fact('Others may', others(folder)),
    fact('Not seen', notSeen(folder)),
    yara && { name: 'YARA', text: yaraWords(yara) },
  ];
  return facts.filter((each) => each !== null);
}

const fact = (name: string, parts: readonly string[]): FolderFact | null => (parts.length === 0 ? null : { name, text: listed(parts) });

function holdings({ images, files, folders, bytes: size }: ContentSurvey): string {
  const sized =
    size === null || isUncounted(size) ? '' : `; ${size.basis === 'exact' ? '' : size.basis === 'estimate' ? 'about ' : 'at least '}${bytes(size.value)}`;
  const seen = isUnseen(images) ? 'no image that was seen' : `${estimateInWords(images)} ${images.value === 1 ? 'image' : 'images'}`;
  return `${seen}; ${estimateInWords(files)} files in ${estimateInWords(folders)} folders${sized}`;
}

const kindWords: Readonly<Record<Exclude<ContentKind, 'folder'>, string>> = {
  dicom: 'DICOM',
  dicomdir: 'DICOMDIR',
  archive: 'archives',
  'disc-image': 'disc images',
  backup: 'backups',
  database: 'databases and dumps',
  report: 'reports and documents',
  image: 'other pictures',
  other: 'others',
};

function kinds({ byKind }: ContentSurvey): readonly string[] {
  return (Object.keys(kindWords) as (keyof typeof kindWords)[]).flatMap((kind) => {
    const amount = byKind[kind];
    return amount === undefined || amount.value === 0 ? [] : [`${kindWords[kind]}: ${estimateSign(amount)}`];
  });
}

function lookedAt({ sampled, cost }: ContentSurvey): string {
  const entries = `${counted(cost.entries, 'name')} in ${counted(cost.listings, 'listing')}`;
  return sampled.asked === 0
    ? `${entries}; no file was read`
    : `${entries}; of ${counted(sampled.asked, 'file')} the first 132 bytes, and ${count(sampled.dicom)} ${sampled.dicom === 1 ? 'was' : 'were'} DICOM`;
}

function years({ years: changed }: ContentSurvey): readonly string[] {
  const [first, last] = [changed[0]?.year, changed.at(-1)?.year];
  if (first === undefined || last === undefined) return [];
  return [first === last ? String(first) : `from ${first} to ${last}`];
}

function others({ othersMay }: LocalFolder): readonly string[] {
  if (othersMay === null) return ['could not be learnt: this system has no permission bits'];
  const { files, folders, readFiles, writeFiles, writeFolders } = othersMay;
  const scope = (part: number, whole: number, noun: string): string => `${count(part)} of ${counted(whole, noun)}`;
  return [
    ...(files > 0 ? [`read ${scope(readFiles, files, 'file')}`] : []),
    ...(writeFiles > 0 ? [`change ${scope(writeFiles, files, 'file')}`] : []),
    ...(writeFolders > 0 ? [`put files into ${scope(writeFolders, folders, 'folder')}`] : []),
  ];
}

const ends: Readonly<Partial<Record<ContentSurvey['ended'], string>>> = {
  budget: 'what lies beyond the limit of --entries',
  'cut-off': 'what came after it was stopped',
};

function notSeen({ notSeen: { refused, failed, vanished, otherFileSystems }, special, content }: LocalFolder): readonly string[] {
  const end = ends[content.ended];
  return [
    ...(end === undefined ? [] : [end]),
    ...(refused > 0 ? [`${counted(refused, 'folder')} that this account may not read`] : []),
    ...(failed > 0 ? [`${counted(failed, 'folder')} that gave an error`] : []),
    ...(otherFileSystems > 0 ? [`${counted(otherFileSystems, 'folder')} on other file systems (--cross-mounts enters them)`] : []),
    ...(vanished > 0 ? [`${count(vanished)} that vanished or changed places meanwhile`] : []),
    ...(special > 0 ? [`${counted(special, 'FIFO, socket or device', 'FIFOs, sockets or devices')}, never opened`] : []),
  ];
}

function yaraWords({ rules, matched, scanned, tooLarge, leftOut }: NonNullable<LocalFolder['yara']>): string {
  const found = Object.entries(rules).map(([rule, files]) => `${rule} (${count(files)})`);
  const missed = [...(tooLarge > 0 ? [`${count(tooLarge)} too large`] : []), ...(leftOut > 0 ? [`${count(leftOut)} left out`] : [])];
  return `${counted(scanned, 'file')} scanned${missed.length > 0 ? `, ${missed.join(', ')}` : ''}; ${matched === 0 ? 'none matches' : `${count(matched)} match: ${listed(found)}`}`;
}
