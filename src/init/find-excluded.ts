import { identifyingNumbers, identifyingTexts } from '../data/identifier-column.js';
import { parseIsoDate } from '../data/iso-date.js';
import type { RawColumn, RawTable, ReadColumn } from '../data/raw-table.js';

/** Each text becomes a column of its own; more than this seldom pay for the time they cost. */
const MOST_TEXTS = 200;

export interface ColumnChoice {
  readonly name: string;
  readonly reason: string;
}

export interface ColumnChoices {
  /** Columns that are no features. */
  readonly excluded: readonly ColumnChoice[];
  /** Texts that are dates and become numbers. */
  readonly dates: readonly string[];
}

/** Columns that identify a row, or whose texts are too many to learn from; and those that hold dates. */
export function chooseColumns(table: RawTable, target: string): ColumnChoices {
  const excluded: ColumnChoice[] = [];
  const dates: string[] = [];
  for (const column of table.columns) {
    if (column.name === target || column.kind === 'skipped') continue;
    if (column.kind === 'text' && isDate(column)) {
      dates.push(column.name);
      continue;
    }
    const reason = reasonToExclude(column);
    if (reason !== undefined) excluded.push({ name: column.name, reason });
  }
  const features = table.columns.length - 1;
  // A table of nothing else has to do with what it has.
  return excluded.length < features ? { excluded, dates } : { excluded: [], dates };
}

function isDate(column: Extract<RawColumn, { kind: 'text' }>): boolean {
  return (
    !column.overflowed && column.texts.length > 1 && column.texts.every((text) => !Number.isNaN(parseIsoDate(text)))
  );
}

function reasonToExclude(column: ReadColumn): string | undefined {
  if (column.kind === 'number') return identifyingNumbers(column.name, column.values);
  if (column.overflowed) return `over ${column.texts.length} different texts`;
  const many = column.texts.length > MOST_TEXTS ? `${column.texts.length} different texts` : undefined;
  return identifyingTexts(column.codes, column.texts.length) ?? many;
}
