import { DataError, type Issue, issuesHeadline } from '../errors.js';
import { suggestName } from '../nearest-name.js';
import { noteOddFeatures } from './column-notes.js';
import { dataProblem, listNames, shorten } from './data-problem.js';
import type { DataSpec } from './data-spec.js';
import type { Dataset, FeatureColumn } from './dataset.js';
import { hashDataset } from './dataset-hash.js';
import { declareFeature, inferFeature } from './feature-columns.js';
import { isMissing, type RawColumn, type RawTable, type ReadColumn, type RequestColumn } from './raw-table.js';
import { readTable } from './read-table.js';
import { buildGroups, buildOrder, buildWeights } from './row-columns.js';
import { buildTarget } from './target-column.js';

/** All text columns together may have this many categories: each becomes a column of its own. */
export const MOST_CATEGORIES = 5000;

export interface LoadedDataset {
  readonly dataset: Dataset;
  /** What was left out, and what looks odd, one line each. */
  readonly notes: readonly string[];
}

/** The column of the time or the predefined splitter. */
export interface OrderColumn {
  readonly column: string;
  readonly kind: 'time' | 'predefined';
}

/**
 * Reads a data file into typed columns in shared memory. Rows without a target and columns without any value are left out.
 * @throws DataError for everything that cannot be used as it is, with its place and what to do.
 */
export async function loadDataset(spec: DataSpec, orderColumn?: OrderColumn): Promise<LoadedDataset> {
  refuseDoubleRoles(spec, orderColumn);
  const request = requestColumns(spec, orderColumn);
  const table = await readTable(spec.file, request, 'data.file is relative to the folder of the space file');
  refuseUnknownNames(table, spec, orderColumn);

  const columnOf = (name: string) => table.columns.find((column) => column.name === name) as ReadColumn;
  const target = columnOf(spec.target);
  const { rows, notes } = dropRowsWithoutTarget(target, table);
  const features = buildFeatures(table, rows, spec, orderColumn, notes);
  const built = buildTarget(target, rows, table, spec);
  if (built.task === 'classification' && built.classes.length > 2 && target.kind === 'number' && !spec.task) {
    notes.push(
      `took the ${built.classes.length} whole numbers of ${spec.target} for classes; data.task: regression overrides`,
    );
  }
  const content: Omit<Dataset, 'hash'> = {
    rows: rows.length,
    features,
    target: built,
    ...(spec.groups === undefined ? {} : { groups: buildGroups(columnOf(spec.groups), rows, table) }),
    ...(spec.weights === undefined ? {} : { weights: buildWeights(columnOf(spec.weights), rows, table) }),
    ...(orderColumn === undefined
      ? {}
      : { order: buildOrder(columnOf(orderColumn.column), orderColumn.kind, rows, table) }),
  };
  return { dataset: { ...content, hash: hashDataset(content) }, notes: [...notes, ...noteOddFeatures(features)] };
}

function declaredKind(spec: DataSpec, name: string) {
  return Object.hasOwn(spec.types, name) ? spec.types[name] : undefined;
}

function requestColumns(spec: DataSpec, orderColumn: OrderColumn | undefined): RequestColumn {
  const excluded = new Set(spec.exclude);
  return (name) => {
    const kind = declaredKind(spec, name);
    const asText = kind === 'categorical' || kind === 'boolean';
    if (name === spec.groups) return { mode: 'text', mostTexts: Infinity };
    if (name === spec.target) return { mode: asText ? 'text' : 'infer', mostTexts: Infinity };
    if (name === spec.weights || name === orderColumn?.column) return { mode: 'infer', mostTexts: Infinity };
    if (excluded.has(name)) return { mode: 'skip', mostTexts: 0 };
    return { mode: asText ? 'text' : 'infer', mostTexts: kind === 'numeric' ? Infinity : MOST_CATEGORIES + 1 };
  };
}

function refuseDoubleRoles(spec: DataSpec, orderColumn: OrderColumn | undefined): void {
  const { file, target: name } = spec;
  const other = 'name another column there, or another target';
  if (spec.exclude.includes(name)) {
    throw dataProblem({ file, name }, 'the target is under data.exclude', 'take it out there, or name another target');
  }
  if (spec.groups === name) throw dataProblem({ file, name }, 'data.groups names the target', other);
  if (spec.weights === name) throw dataProblem({ file, name }, 'data.weights names the target', other);
  if (orderColumn?.column === name) {
    throw dataProblem({ file, name }, 'evaluation.cv.column names the target', other);
  }
}

function refuseUnknownNames(table: RawTable, spec: DataSpec, orderColumn: OrderColumn | undefined): void {
  const names = table.columns.map((column) => column.name);
  const known = new Set(names);
  const asked: [string, string | undefined][] = [
    ['data.target', spec.target],
    ['data.groups', spec.groups],
    ['data.weights', spec.weights],
    ['evaluation.cv.column', orderColumn?.column],
    ...spec.exclude.map((name): [string, string] => ['data.exclude', name]),
    ...Object.keys(spec.types).map((name): [string, string] => ['data.types', name]),
  ];
  const issues = asked.flatMap(([key, name]): Issue[] =>
    name === undefined || known.has(name)
      ? []
      : [{ path: key, file: spec.file, message: `there is no column '${name}'${suggestName(name, names)}` }],
  );
  if (issues.length === 0) return;
  throw new DataError(issuesHeadline(spec.file, issues), { hint: `the columns are ${listNames(names, 20)}`, issues });
}

function dropRowsWithoutTarget(target: RawColumn, table: RawTable) {
  const rows = new Int32Array(table.rows);
  let kept = 0;
  let firstDropped = -1;
  for (let row = 0; row < table.rows; row++) {
    if (!isMissing(target, row)) rows[kept++] = row;
    else if (firstDropped < 0) firstDropped = row;
  }
  const { name } = target;
  if (kept === 0) {
    throw dataProblem({ file: table.file, name }, 'the target is missing in every row', 'name another target');
  }
  const dropped = table.rows - kept;
  const notes: string[] = [];
  if (dropped > 0) {
    const { line, row } = table.place(firstDropped);
    const where = line === undefined ? `row ${row}` : `line ${line}`;
    notes.push(`left out ${dropped} of ${table.rows} rows without a ${name}, first ${where}`);
  }
  return { rows: rows.subarray(0, kept), notes };
}

function buildFeatures(
  table: RawTable,
  rows: Int32Array,
  spec: DataSpec,
  orderColumn: OrderColumn | undefined,
  notes: string[],
): readonly FeatureColumn[] {
  const taken = new Set([spec.target, spec.groups, spec.weights, orderColumn?.column, ...spec.exclude]);
  const features: FeatureColumn[] = [];
  const empty: string[] = [];
  for (const column of table.columns) {
    if (column.kind === 'skipped' || taken.has(column.name)) continue;
    const kind = declaredKind(spec, column.name);
    if (column.kind === 'text' && column.overflowed)
      throw tooManyCategories(column.name, `over ${MOST_CATEGORIES}`, table.file);
    const feature = kind === undefined ? inferFeature(column, rows, table) : declareFeature(column, kind, rows, table);
    if (feature === undefined) empty.push(column.name);
    else features.push(feature);
  }
  if (empty.length > 0) notes.push(`left out columns without any value: ${listNames(empty)}`);
  if (features.length === 0) {
    const { file } = table;
    throw dataProblem({ file }, 'no column is left to learn from', 'add columns, or take some out of data.exclude');
  }
  refuseTooManyCategories(features, table.file);
  return features;
}

function refuseTooManyCategories(features: readonly FeatureColumn[], file: string): void {
  let total = 0;
  let widest: Extract<FeatureColumn, { kind: 'categorical' }> | undefined;
  for (const column of features) {
    if (column.kind !== 'categorical') continue;
    total += column.categories.length;
    if (widest === undefined || column.categories.length > widest.categories.length) widest = column;
  }
  if (widest !== undefined && total > MOST_CATEGORIES) {
    throw tooManyCategories(widest.name, widest.categories.length, file);
  }
}

function tooManyCategories(name: string, count: string | number, file: string): DataError {
  return dataProblem(
    { file, name },
    `has ${count} different texts, all text columns together may have ${MOST_CATEGORIES}`,
    `each text becomes a column: leave it out with data.exclude: [${shorten(name)}], or merge rare texts`,
  );
}
