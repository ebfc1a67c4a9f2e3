/** Report → what an administrator reads in a terminal. Wraps to the page's width; writes nowhere. */
import type { Report } from '../model/report.js';
import { changeLines } from './terminal/changes.js';
import { closedLines, scanLines, unlearntLines } from './terminal/closing.js';
import { countingLines } from './terminal/counting.js';
import { endpointLines } from './terminal/endpoints.js';
import { findingLines } from './terminal/findings.js';
import { folderLines } from './terminal/folders.js';
import { groundLines } from './terminal/grounds.js';
import { opening } from './terminal/opening.js';
import type { Page } from './terminal/page.js';
import { visible } from './visible.js';

/** Below this a table or a sentence is no longer readable. */
const leastWidth = 40;

/** Every line fits `width` (40 at least), save settings and commands, which are there to be copied. Ends with a line break. */
export function renderTerminal(report: Report, { width, colour }: Page): string {
  const page: Page = { width: Math.max(leastWidth, Math.floor(width) || leastWidth), colour };
  const shown = visible(report);
  const sections = [opening, changeLines, endpointLines, folderLines, findingLines, unlearntLines, closedLines, groundLines, countingLines, scanLines];
  return `${sections.flatMap((section) => section(shown, page)).join('\n')}\n`;
}
