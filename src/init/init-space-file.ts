import { open } from 'node:fs/promises';
import { basename, extname, join, relative, resolve, sep } from 'node:path';
import type { Dataset } from '../data/dataset.js';
import { loadDataset } from '../data/load-dataset.js';
import { readTable } from '../data/read-table.js';
import { StorageError, UsageError } from '../errors.js';
import { nearestName } from '../nearest-name.js';
import { TRAINERS } from '../trainers/index.js';
import { type ColumnChoice, chooseColumns } from './find-excluded.js';
import { guessTarget } from './guess-target.js';
import { type SpaceFileContent, spaceFileText } from './space-file-text.js';

/** Texts kept of a column: enough to see that there are too many. */
const MOST_TEXTS = 1000;
/** From this many rows on, three folds tell as much as five did before. */
const MANY_ROWS = 20_000;
/** With fewer rows, a holdout would take too many from the search. */
const LEAST_ROWS_FOR_HOLDOUT = 500;

export interface InitOptions {
  readonly dataFile: string;
  /** Undefined: guessed. */
  readonly target?: string;
  /** Where the space file is written. */
  readonly directory: string;
  /** Absolute path of the installed schema. */
  readonly schemaFile: string;
}

export interface InitResult {
  /** The space file written. */
  readonly file: string;
  readonly rows: number;
  readonly features: number;
  readonly target: string;
  readonly target_guessed: boolean;
  readonly task: 'classification' | 'regression';
  readonly metric: string;
  readonly models: readonly string[];
  readonly excluded: readonly ColumnChoice[];
  readonly notes: readonly string[];
}

/**
 * Writes a space file for a table into the folder, under the table's name; never over an existing file.
 * @throws UsageError for a file that exists, or a target that is no column.
 * @throws DataError for a table that cannot be used.
 */
export async function initSpaceFile(options: InitOptions): Promise<InitResult> {
  const dataFile = resolve(options.directory, options.dataFile);
  const request = () => ({ mode: 'infer', mostTexts: MOST_TEXTS }) as const;
  const table = await readTable(dataFile, request, 'its path is relative to the current folder');
  const names = table.columns.map((column) => column.name);
  if (options.target !== undefined) requireColumn(options.target, names);
  const guess = options.target === undefined ? guessTarget(table) : undefined;
  const target = options.target ?? guess!.name;
  const columns = chooseColumns(table, target);
  const { dataset, notes } = await loadDataset({
    file: dataFile,
    target,
    exclude: columns.excluded.map((column) => column.name),
    types: Object.fromEntries(columns.dates.map((name) => [name, 'numeric'])),
  });
  const content: SpaceFileContent = {
    dataFile: relative(options.directory, dataFile),
    schema: schemaReference(options),
    dataset,
    targetReason: guess?.reason,
    columns,
    ...chooseMetrics(dataset),
    ...chooseEvaluation(dataset),
    trials: 40,
    trainers: TRAINERS.filter((trainer) => trainer.suggested && trainer.tasks.includes(dataset.target.task)),
  };
  const file = join(options.directory, `${basename(dataFile, extname(dataFile))}.yaml`);
  await writeNew(file, spaceFileText(content));
  return {
    file,
    rows: dataset.rows,
    features: dataset.features.length,
    target,
    target_guessed: guess !== undefined,
    task: dataset.target.task,
    metric: content.metric,
    models: content.trainers.map((trainer) => trainer.name),
    excluded: columns.excluded,
    notes,
  };
}

function requireColumn(target: string, names: readonly string[]): void {
  if (names.includes(target)) return;
  const nearest = nearestName(target, names);
  throw new UsageError(`--target: there is no column ${JSON.stringify(target)}`, {
    hint: nearest === undefined ? `the columns are ${names.join(', ')}` : `did you mean ${JSON.stringify(nearest)}?`,
  });
}

/**
 * The schema as a path that stays valid when the project moves or is shared; undefined where the package is not part of
 * the project: installed for the whole machine, or fetched for one call.
 */
function schemaReference({ directory, schemaFile }: InitOptions): string | undefined {
  const folders = schemaFile.split(sep);
  const modules = folders.indexOf('node_modules');
  // Without node_modules the package is a clone of its repository: the schema's folder stands in its root.
  const project = folders.slice(0, modules < 0 ? -2 : modules).join(sep);
  if (directory !== project && !directory.startsWith(`${project}${sep}`)) return undefined;
  return relative(directory, schemaFile).replaceAll(sep, '/');
}

/** Metrics on which guessing the most frequent class does not look good. */
function chooseMetrics({ target }: Dataset): { metric: string; also: readonly string[] } {
  if (target.task === 'regression') return { metric: 'r2', also: ['rmse', 'mae'] };
  if (target.classes.length === 2) return { metric: 'roc_auc', also: ['accuracy', 'f1'] };
  return { metric: 'accuracy', also: ['balanced_accuracy', 'f1_macro'] };
}

function chooseEvaluation({ target, rows }: Dataset): { folds: number; stratified: boolean; holdout: number } {
  const holdout = rows >= LEAST_ROWS_FOR_HOLDOUT ? 0.2 : 0;
  const folds = Math.max(2, Math.min(rows >= MANY_ROWS ? 3 : 5, rows));
  if (target.task === 'regression') return { folds, stratified: false, holdout };
  const counts = new Uint32Array(target.classes.length);
  for (const value of target.values) counts[value]!++;
  const rarest = Math.floor(Math.min(...counts) * (1 - holdout));
  return { folds: rarest < 2 ? folds : Math.min(folds, rarest), stratified: rarest >= 2, holdout };
}

async function writeNew(file: string, text: string): Promise<void> {
  try {
    const handle = await open(file, 'wx');
    await handle.writeFile(text).finally(() => handle.close());
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') {
      throw new UsageError(`${basename(file)} exists already; nothing was written`, {
        hint: 'rename or delete it, or run `cml init` in another folder',
      });
    }
    throw new StorageError(`cannot write ${file}: ${message}`, {
      cause: error,
      hint: 'run `cml init` in a folder that can be written',
    });
  }
}
