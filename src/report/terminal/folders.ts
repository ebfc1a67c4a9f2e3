/** What lies in the folders of this computer that were looked at. None where there are none. */
import { endpointName } from '../../model/endpoint.js';
import type { Report } from '../../model/report.js';
import { folderFacts, folderOf } from '../facts/folders.js';
import { entry, heading, type Lines, type Page } from './page.js';
import { wrap } from './wrap.js';

/** More than a person reads. */
const mostFolders = 25;

export function folderLines(report: Report, page: Page): Lines {
  const folders = report.endpoints.flatMap((endpoint) => {
    const folder = folderOf(endpoint);
    return folder ? [{ name: endpointName(endpoint), folder }] : [];
  });
  if (folders.length === 0) return [];
  return [
    ...heading(page, 'WHAT LIES THERE'),
    ...folders
      .slice(0, mostFolders)
      .flatMap(({ name, folder }) => [
        ...wrap(name, page.width).map((line) => page.colour('bold', line)),
        ...folderFacts(folder).flatMap((fact) => entry(page, `${fact.name}:`, fact.text)),
      ]),
    ...(folders.length > mostFolders ? wrap(`… and ${folders.length - mostFolders} more; see the JSON or HTML report.`, page.width) : []),
  ];
}
