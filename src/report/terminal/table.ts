/** Columns that shrink until they fit. Knows nothing of reports. */
import { displayWidth, fit, padEnd, padStart } from './width.js';

export interface Column {
  readonly head: string;
  readonly cells: readonly string[];
  readonly align?: 'right';
  /** The column may shrink to so many columns; without it, it keeps its width. */
  readonly least?: number;
  /** How a text that is too wide is cut. */
  readonly cut?: (text: string, width: number) => string;
  /** Colours a cell's text. */
  readonly paint?: (text: string, row: number) => string;
}

const gap = 2;

/** The head line and one line a row; `undefined` where they cannot be made to fit. */
export function table(columns: readonly Column[], width: number): { readonly head: string; readonly rows: readonly string[] } | undefined {
  const widths = shrunk(columns, width);
  if (!widths) return undefined;
  const line = (cell: (column: Column, columnWidth: number) => string) =>
    columns
      .map((column, index) => cell(column, widths[index] ?? 0))
      .join(' '.repeat(gap))
      .trimEnd();
  const rowCount = Math.max(0, ...columns.map((column) => column.cells.length));
  return {
    head: line((column, columnWidth) => aligned(column, fit(column.head, columnWidth), columnWidth)),
    rows: Array.from({ length: rowCount }, (_, row) => line((column, columnWidth) => paintedCell(column, row, columnWidth))),
  };
}

function shrunk(columns: readonly Column[], width: number): readonly number[] | undefined {
  const widths = columns.map((column) => Math.max(...[column.head, ...column.cells].map(displayWidth)));
  let excess = widths.reduce((sum, columnWidth) => sum + columnWidth, gap * (columns.length - 1)) - width;
  while (excess > 0) {
    const spare = widths.map((columnWidth, index) => columnWidth - (columns[index]?.least ?? columnWidth));
    const widest = spare.indexOf(Math.max(...spare));
    if ((spare[widest] ?? 0) <= 0) return undefined;
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess -= 1;
  }
  return widths;
}

/** Only the text is painted, not the blanks beside it: a line's last ones can then be cut off. */
function paintedCell(column: Column, row: number, width: number): string {
  const text = (column.cut ?? fit)(column.cells[row] ?? '', width);
  const painted = column.paint ? column.paint(text, row) : text;
  return aligned(column, text, width).replace(text, () => painted);
}

const aligned = (column: Column, text: string, width: number): string => (column.align === 'right' ? padStart(text, width) : padEnd(text, width));
