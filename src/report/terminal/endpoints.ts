/** The endpoints, worst first: a table where the page is wide enough, else a few lines each. */
import { endpointName } from '../../model/endpoint.js';
import type { Product } from '../../model/product.js';
import type { Report, ReportEndpoint } from '../../model/report.js';
import type { Right } from '../../model/rights.js';
import { furtherDoor } from '../facts/doors.js';
import { type Encryption, encryptionOf } from '../facts/encryption.js';
import { gravest } from '../facts/failures.js';
import { folderOf, isOfFolders } from '../facts/folders.js';
import { count, estimateSign, rightWords } from '../words.js';
import { dim, heading, type Lines, type Page, type Style, severityStyle } from './page.js';
import { type Column, table } from './table.js';
import { fitMiddle } from './width.js';
import { wrap } from './wrap.js';

/** More rows than a person reads; the report lists the worst first. */
const mostRows = 25;
const mostDoors = 8;

const encryptionWords = { yes: 'yes', no: 'no', both: 'both', unknown: '?' } as const satisfies Record<Encryption, string>;
const rightStyles = { yes: 'red', negotiated: 'yellow', no: 'green', unknown: 'dim' } as const satisfies Record<Right, Style>;
const encryptionStyles = { yes: 'green', no: 'red', both: 'yellow', unknown: 'dim' } as const satisfies Record<Encryption, Style>;

export function endpointLines(report: Report, page: Page): Lines {
  const shown = report.endpoints.slice(0, mostRows);
  if (shown.length === 0) return [];
  const rows = table(columns(shown, page), page.width) ?? table(narrowColumns(shown, page), page.width);
  const body = rows ? [page.colour('dim', rows.head), ...rows.rows] : shown.flatMap((endpoint) => stacked(endpoint, page));
  return [
    ...heading(page, isOfFolders(report) ? 'FOLDERS' : 'ENDPOINTS'),
    ...body,
    ...hidden(report.summary.endpoints - shown.length, page),
    ...legend(report, page),
    ...furtherDoors(shown, page),
  ];
}

function furtherDoors(shown: readonly ReportEndpoint[], page: Page): Lines {
  const lines = shown.flatMap((endpoint) => {
    const text = furtherDoor(endpoint);
    return text === null ? [] : [`${endpointName(endpoint)} is ${text}.`];
  });
  const more = lines.length > mostDoors ? [`… and ${count(lines.length - mostDoors)} more such doors.`] : [];
  return dim(
    page,
    [...lines.slice(0, mostDoors), ...more].flatMap((line) => wrap(line, page.width)),
  );
}

const hidden = (more: number, page: Page): Lines => (more <= 0 ? [] : wrap(`… and ${count(more)} more; see the JSON or HTML report.`, page.width));

function legend(report: Report, page: Page): Lines {
  if (isOfFolders(report))
    return dim(page, wrap('R C E D: what other accounts of this computer may read, create, edit, delete. ?: could not be learnt.', page.width));
  return dim(page, wrap('R C E D: what anyone may read, create, edit, delete. neg: negotiated only. ?: could not be learnt.', page.width));
}

function columns(endpoints: readonly ReportEndpoint[], page: Page): readonly Column[] {
  const service: Column = { head: 'Service', cells: endpoints.map((endpoint) => endpoint.service), least: 12 };
  const product: Column = { head: 'Product', cells: endpoints.map(({ product }) => (product === null ? '?' : productName(product))), least: 20 };
  return [nameColumn(endpoints, 24), service, product, ...measures(endpoints, page)];
}

/** The product alone where it is known: it tells more than the service. */
function narrowColumns(endpoints: readonly ReportEndpoint[], page: Page): readonly Column[] {
  const either: Column = { head: 'Product', cells: endpoints.map(({ product, service }) => (product === null ? service : productName(product))), least: 8 };
  return [nameColumn(endpoints, 14), either, ...measures(endpoints, page)];
}

const nameColumn = (endpoints: readonly ReportEndpoint[], least: number): Column => ({
  head: 'Endpoint',
  cells: endpoints.map(endpointName),
  least,
  cut: fitMiddle,
});

function measures(endpoints: readonly ReportEndpoint[], page: Page): readonly Column[] {
  const encryptions = endpoints.map(encryptionOf);
  const worst = endpoints.map(gravest);
  const encryption: Column = {
    head: 'Enc.',
    cells: encryptions.map((entry) => encryptionWords[entry]),
    paint: (text, row) => page.colour(encryptionStyles[encryptions[row] ?? 'unknown'], text),
  };
  return [
    ...(endpoints.every((endpoint) => folderOf(endpoint) !== null) ? [] : [encryption]),
    rightColumn(
      'R',
      endpoints.map(({ rights }) => rights.read),
      page,
    ),
    rightColumn(
      'C',
      endpoints.map(({ rights }) => rights.create),
      page,
    ),
    rightColumn(
      'E',
      endpoints.map(({ rights }) => rights.edit),
      page,
    ),
    rightColumn(
      'D',
      endpoints.map(({ rights }) => rights.delete),
      page,
    ),
    { head: 'Images', align: 'right', cells: endpoints.map(imagesCell) },
    { head: 'Worst', cells: worst.map((severity) => severity ?? '–'), paint: (text, row) => paintWorst(text, worst[row] ?? null, page) },
  ];
}

/** A dash, where nothing was open to count, is not a question mark. */
const imagesCell = ({ exposure }: ReportEndpoint): string => (exposure === null ? '–' : estimateSign(exposure.images));

function rightColumn(head: string, rights: readonly Right[], page: Page): Column {
  return { head, cells: rights.map((right) => rightWords[right]), paint: (text, row) => page.colour(rightStyles[rights[row] ?? 'unknown'], text) };
}

const paintWorst = (text: string, severity: ReturnType<typeof gravest>, page: Page): string =>
  page.colour(severity === null ? 'dim' : severityStyle(severity), text);

const productName = ({ name, version }: Product): string => (version === null ? name : `${name} ${version}`);

function stacked(endpoint: ReportEndpoint, page: Page): Lines {
  const { rights, product, exposure } = endpoint;
  const worst = gravest(endpoint);
  const encryption = { yes: 'encrypted', no: 'not encrypted', both: 'with and without encryption', unknown: 'encryption unknown' }[encryptionOf(endpoint)];
  const held = exposure === null || exposure.images === null ? [] : [`${estimateSign(exposure.images)} ${exposure.images.value === 1 ? 'image' : 'images'}`];
  const rightsText = `R ${rightWords[rights.read]}, C ${rightWords[rights.create]}, E ${rightWords[rights.edit]}, D ${rightWords[rights.delete]}`;
  const facts = [[endpoint.service, ...(product ? [productName(product)] : []), encryption].join(', '), [rightsText, ...held].join('; ')];
  return [
    ...wrap(endpointName(endpoint), page.width).map((line) => page.colour('bold', line)),
    ...(worst === null ? [] : [`  ${page.colour(severityStyle(worst), `worst: ${worst}`)}`]),
    ...facts.flatMap((fact) => wrap(fact, page.width, { first: '  ' })),
  ];
}
