/** A column of text that must share a line with others. */
export interface TextColumn {
  readonly title: string;
  readonly cells: readonly string[];
  readonly align: 'left' | 'right';
  /** Dropped where the line is too short, the lowest number first; undefined is never dropped. */
  readonly priority?: number;
  /** The width to which it may be narrowed, so that its cells take several lines; undefined is never narrowed. */
  readonly minWidth?: number;
}

export interface FittedColumn extends TextColumn {
  readonly width: number;
}

/** Characters between two columns. */
export const COLUMN_GAP = 2;

/** Drops columns by priority, then narrows the widest ones, until the line has `width` characters or nothing gives way. */
export function fitColumns(columns: readonly TextColumn[], width: number): readonly FittedColumn[] {
  let kept = columns.map((column) => ({ ...column, width: naturalWidth(column) }));
  const least = (column: FittedColumn) => Math.min(column.width, column.minWidth ?? column.width);
  while (lineWidth(kept, least) > width) {
    const dropped = lowestPriority(kept);
    if (dropped === undefined) break;
    kept = kept.filter((column) => column !== dropped);
  }
  let excess = lineWidth(kept, (column) => column.width) - width;
  while (excess > 0) {
    const widest = kept.filter((column) => column.width > least(column)).sort((a, b) => b.width - a.width)[0];
    if (widest === undefined) break;
    widest.width--;
    excess--;
  }
  return kept;
}

function naturalWidth(column: TextColumn): number {
  return column.cells.reduce((width, cell) => Math.max(width, cell.length), column.title.length);
}

function lineWidth(columns: readonly FittedColumn[], widthOf: (column: FittedColumn) => number): number {
  return columns.reduce((total, column) => total + widthOf(column), COLUMN_GAP * (columns.length - 1));
}

function lowestPriority<T extends TextColumn>(columns: readonly T[]): T | undefined {
  return columns.filter((column) => column.priority !== undefined).sort((a, b) => a.priority! - b.priority!)[0];
}
