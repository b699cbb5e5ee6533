import { listNames } from './data-problem.js';
import type { FeatureColumn } from './dataset.js';
import { identifyingNumbers, identifyingTexts } from './identifier-column.js';
import { parseIsoDate } from './iso-date.js';

/** Remarks on features that are kept but likely not what the user wants. */
export function noteOddFeatures(features: readonly FeatureColumn[]): string[] {
  const named = (test: (column: FeatureColumn) => boolean) => features.filter(test).map((column) => column.name);
  const constant = named(isConstant);
  const dates = named((column) => isText(column, (text) => !Number.isNaN(parseIsoDate(text))));
  const commas = named((column) => isText(column, (text) => /^[+-]?\d+(?:[.\s]\d{3})*,\d+$/.test(text)));
  const identifiers = named((column) => looksLikeIdentifier(column) && !dates.includes(column.name));
  const notes: [readonly string[], string][] = [
    [constant, 'the same in every row, which tells a model nothing'],
    [dates, 'dates, taken as categories; data.types with `numeric` makes them numbers, data.exclude leaves them out'],
    [commas, 'numbers with a decimal comma, taken as categories; write a point to have them as numbers'],
    [identifiers, 'different in most rows, as an identifier is; name it under data.exclude if it is one'],
  ];
  return notes.filter(([names]) => names.length > 0).map(([names, remark]) => `${listNames(names)}: ${remark}`);
}

function looksLikeIdentifier(column: FeatureColumn): boolean {
  if (column.kind === 'boolean') return false;
  const reason =
    column.kind === 'categorical'
      ? identifyingTexts(column.codes, column.categories.length)
      : identifyingNumbers(column.name, column.values);
  return reason !== undefined;
}

function isConstant(column: FeatureColumn): boolean {
  const values = column.kind === 'categorical' ? column.codes : column.values;
  const first = values[0];
  for (let row = 1; row < values.length; row++) if (values[row] !== first) return false;
  return true;
}

function isText(column: FeatureColumn, test: (text: string) => boolean): boolean {
  return column.kind === 'categorical' && column.categories.length > 1 && column.categories.every(test);
}
