import { nearestName } from '../nearest-name.js';
import type { TaskKind } from '../task-kind.js';
import { parseNumber } from './cell.js';
import { dataProblem, listNames, shorten } from './data-problem.js';
import type { DataSpec } from './data-spec.js';
import type { TargetColumn } from './dataset.js';
import { takeCategories, takeNumbers } from './feature-columns.js';
import type { RawColumn, RawTable, ReadColumn } from './raw-table.js';
import { sharedFloats } from './shared-arrays.js';

/** More classes than this are taken for a mistake. */
export const MOST_CLASSES = 1000;

const LONGEST_CLASS = 1000;
const MOST_INFERRED_CLASSES = 20;
const LEAST_MEDIAN_ROWS = 5;

interface Labels {
  /** Class index a row. */
  readonly values: Float64Array;
  readonly classes: readonly string[];
}

/**
 * What the models are to predict. Texts are classes; numbers are classes by `numbersAreClasses`; `spec.task` overrides.
 * @param rows rows of the table in which the target is not missing.
 * @throws DataError when there is nothing to learn, or the declared task does not fit the values.
 */
export function buildTarget(column: ReadColumn, rows: Int32Array, table: RawTable, spec: DataSpec): TargetColumn {
  const { file } = table;
  const { name } = column;
  const task = chooseTask(column, rows, spec);
  if (task === 'regression') {
    const values = takeNumbers(
      column,
      rows,
      table,
      'a number',
      'correct or empty the cell, or set data.task: classification',
    );
    if (spec.positive !== undefined) {
      const rule = `data.positive is '${shorten(spec.positive)}', but the target is a number, not a class`;
      throw dataProblem({ file, name }, rule, 'take data.positive out, or set data.task: classification');
    }
    if (values.every((value) => value === values[0])) {
      throw dataProblem({ file, name }, `the target is ${values[0]} in every row`, 'there is nothing to learn from it');
    }
    return { task, name, values };
  }
  const { values, classes } = column.kind === 'number' ? labelNumbers(column, rows, table) : labelTexts(column, rows);
  if (classes.length < 2) {
    const rule = `the target has one class, '${shorten(classes[0] ?? '')}', in every row`;
    throw dataProblem({ file, name }, rule, 'it needs rows of at least two classes');
  }
  const long = classes.find((label) => label.length > LONGEST_CLASS);
  if (long !== undefined) {
    const rule = `a class of the target has ${long.length} characters, at most ${LONGEST_CLASS} are taken`;
    throw dataProblem({ file, name }, `${rule}: '${shorten(long)}'`, 'name another column in data.target');
  }
  if (classes.length > MOST_CLASSES) throw tooManyClasses(column, classes.length, rows, table);
  if (classes.length === rows.length && rows.length > MOST_INFERRED_CLASSES) {
    const rule = `every one of the ${rows.length} rows is a class of its own`;
    const quantities = column.kind === 'number' ? ', or set data.task: regression where these are quantities' : '';
    const remedy = `name another column in data.target${quantities}`;
    throw dataProblem({ file, name }, rule, remedy);
  }
  return { task, name, values, classes, positive: findPositive(values, classes, spec, table) };
}

function chooseTask(column: RawColumn, rows: Int32Array, spec: DataSpec): TaskKind {
  if (spec.task !== undefined) return spec.task;
  const declared = Object.hasOwn(spec.types, column.name) ? spec.types[column.name] : undefined;
  if (declared === 'numeric') return 'regression';
  if (column.kind === 'number') return numbersAreClasses(column.values, rows) ? 'classification' : 'regression';
  return 'classification';
}

/**
 * Whether numbers are rather classes than quantities: all of them whole, and either only two different ones, or at most
 * 20 of which the median one has at least 5 rows.
 */
export function numbersAreClasses(values: Float64Array, rows: Int32Array): boolean {
  const counts = new Map<number, number>();
  for (const row of rows) {
    const value = values[row]!;
    if (!Number.isInteger(value)) return false;
    counts.set(value, (counts.get(value) ?? 0) + 1);
    if (counts.size > MOST_INFERRED_CLASSES) return false;
  }
  const sorted = [...counts.values()].sort((a, b) => a - b);
  return counts.size <= 2 || sorted[Math.floor(sorted.length / 2)]! >= LEAST_MEDIAN_ROWS;
}

function labelNumbers(column: Extract<RawColumn, { kind: 'number' }>, rows: Int32Array, table: RawTable): Labels {
  const numbers = takeNumbers(column, rows, table, 'a number', 'correct the cell');
  const sorted = Float64Array.from(new Set(numbers)).sort();
  const index = new Map(Array.from(sorted, (value, at) => [value, at]));
  const values = sharedFloats(rows.length);
  for (let at = 0; at < values.length; at++) values[at] = index.get(numbers[at]!)!;
  return { values, classes: Array.from(sorted, String) };
}

/** Labels that are numbers throughout are sorted by value, others by code unit. */
function labelTexts(column: Extract<RawColumn, { kind: 'text' }>, rows: Int32Array): Labels {
  const { codes, categories } = takeCategories(column, rows);
  const classes = categories.every((text) => !Number.isNaN(parseNumber(text)))
    ? [...categories].sort((a, b) => parseNumber(a) - parseNumber(b))
    : categories;
  const index = new Map(classes.map((text, at) => [text, at]));
  const values = sharedFloats(rows.length);
  for (let at = 0; at < values.length; at++) values[at] = index.get(categories[codes[at]!]!)!;
  return { values, classes };
}

function tooManyClasses(column: RawColumn, classes: number, rows: Int32Array, table: RawTable) {
  const { name } = column;
  const rule = `the target has ${classes} different classes, at most ${MOST_CLASSES} are taken`;
  if (column.kind === 'text') {
    const odd = rows.find((row) => Number.isNaN(parseNumber(column.texts[column.codes[row]!]!)));
    if (odd !== undefined) {
      const text = shorten(column.texts[column.codes[odd]!]!);
      const remedy = `if it is meant to be numbers, correct or empty the cells that are none, first '${text}'`;
      return dataProblem(table.place(odd, name), rule, remedy);
    }
  }
  return dataProblem({ file: table.file, name }, rule, 'set data.task: regression, or name another target');
}

/** The user's class, or the one with the fewest rows; of equally rare ones the last. */
function findPositive(values: Float64Array, classes: readonly string[], spec: DataSpec, table: RawTable): number {
  const { positive } = spec;
  if (positive === undefined) {
    const counts = new Float64Array(classes.length);
    for (const value of values) counts[value]!++;
    let rarest = 0;
    for (let index = 1; index < counts.length; index++) if (counts[index]! <= counts[rarest]!) rarest = index;
    return rarest;
  }
  const number = parseNumber(positive);
  const matches: ((label: string) => boolean)[] = [
    (label) => label === positive,
    (label) => parseNumber(label) === number,
    (label) => label.toLowerCase() === positive.toLowerCase(),
  ];
  for (const match of matches) {
    const found = classes.findIndex(match);
    if (found >= 0) return found;
  }
  const nearest = nearestName(positive, classes);
  throw dataProblem(
    { file: table.file, name: spec.target },
    `data.positive is '${shorten(positive)}', but the classes are ${listNames(classes, 10)}`,
    nearest === undefined ? 'name one of them' : `did you mean '${shorten(nearest)}'?`,
  );
}
