/** Who may do what where: one row an endpoint, worst first. */
import type { Product } from '../../model/product.js';
import type { Report, ReportEndpoint } from '../../model/report.js';
import { type Right, type Rights, rightNames } from '../../model/rights.js';
import { type Encryption, encryptionOf } from '../facts/encryption.js';
import { endpointId, gravest } from '../facts/failures.js';
import { isOfFolders } from '../facts/folders.js';
import { counted, estimateSign, severityWords } from '../words.js';
import { html, type Markup } from './markup.js';
import { placeName } from './place-name.js';
import { rightMark } from './symbols.js';
import { boxedTable } from './table.js';

/** Rows that stand open; the rest is folded away. */
const openRows = 40;

export const encryptionWords = { yes: 'yes', no: 'no', both: 'with and without', unknown: 'unknown' } as const satisfies Record<Encryption, string>;
const labels = { read: 'Read', create: 'Create', edit: 'Edit', delete: 'Delete' } as const satisfies Record<keyof Rights, string>;
const legendWords = { yes: 'granted', negotiated: 'offered, not tried', no: 'refused', unknown: 'could not be learnt' } as const satisfies Record<
  Right,
  string
>;

export function rightsSection(report: Report): Markup {
  const ofFolders = isOfFolders(report);
  const rows = report.endpoints.map((endpoint, index) => row(endpoint, index, ofFolders));
  const [title, lead] = ofFolders
    ? folderWords
    : ['What anyone may do', 'Rights of a caller without credentials, at every endpoint that answered. What each rests on stands with the endpoint.'];
  return html`<section id="rights"><h2>${title}</h2>
<p class="lead">${lead}</p>
${rightsTable(rows.slice(0, openRows), ofFolders)}${foldedTable(rows.slice(openRows), ofFolders)}
<ul class="legend">${Object.entries(legendWords).map(([right, meaning]) => html`<li>${rightMark(right as Right)}: ${meaning}</li>`)}</ul></section>`;
}

const folderWords = ['What other accounts may do', 'By the permission bits for others. Groups and access lists are not judged.'] as const;

function foldedTable(rows: readonly Markup[], ofFolders: boolean): Markup | null {
  return rows.length === 0
    ? null
    : html`<details class="more"><summary>${counted(rows.length, 'more endpoint')}</summary>${rightsTable(rows, ofFolders)}</details>`;
}

const rightsTable = (rows: readonly Markup[], ofFolders: boolean): Markup =>
  boxedTable(
    [
      ...(ofFolders ? ['Folder'] : ['Endpoint', 'Encrypted']),
      ...rightNames.map((right) => labels[right]),
      ofFolders ? '>Images' : '>Images open',
      'Worst finding',
    ],
    rows,
  );

function row(endpoint: ReportEndpoint, index: number, ofFolders: boolean): Markup {
  const { exposure, rights } = endpoint;
  const worst = gravest(endpoint);
  return html`<tr><th scope="row" class="full place"><a class="mono" href="#${endpointId(index)}">${placeName(endpoint)}</a><br>
<span class="small muted">${describe(endpoint)}</span></th>
${ofFolders ? null : html`<td class="full" data-label="Encrypted">${encryptionWords[encryptionOf(endpoint)]}</td>`}
${rightNames.map((right) => html`<td data-label="${labels[right]}">${rightMark(rights[right])}</td>`)}
<td class="right half" data-label="${ofFolders ? 'Images' : 'Images open'}">${exposure === null ? '–' : estimateSign(exposure.images)}</td>
<td class="half" data-label="Worst finding">${worst === null ? '–' : html`<span class="badge ${worst}">${severityWords[worst]}</span>`}</td></tr>
`;
}

/** `Orthanc 1.12.4, dicom`. */
const describe = ({ product, service }: ReportEndpoint): Markup => (product === null ? html`${service}` : html`<bdi>${productName(product)}</bdi>, ${service}`);

export const productName = ({ name, version }: Product): string => (version === null ? name : `${name} ${version}`);
