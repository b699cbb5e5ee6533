import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import type { Dataset } from '../data/dataset.js';
import { loadDataset } from '../data/load-dataset.js';
import { readTable } from '../data/read-table.js';
import { UsageError } from '../errors.js';
import { nearestName } from '../nearest-name.js';
import { TRAINERS } from '../trainers/index.js';
import { type ColumnChoice, chooseColumns } from './find-excluded.js';
import { guessTarget } from './guess-target.js';
import { TRAINER_TEMPLATE } from './module-templates.js';
import { schemaReference } from './schema-reference.js';
import { type SpaceFileContent, spaceFileText } from './space-file-text.js';
import { moduleBeside, writeWithModule } from './write-module.js';
import { writeNew } from './write-new.js';

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
  /** Where the command runs. */
  readonly directory: string;
  /** Absolute path of the space file; default: the table's name, in the folder where the command runs. */
  readonly out?: string;
  /** Absolute path of the installed schema. */
  readonly schemaFile: string;
  /** Whether to write a module of the user's own beside the space file, in place of the built-in trainers. */
  readonly module?: boolean;
}

export interface InitResult {
  /** The space file written. */
  readonly file: string;
  /** The module written. */
  readonly module?: string;
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
 * Writes a space file for a table; never over an existing file.
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
  const file = options.out ?? join(options.directory, `${basename(dataFile, extname(dataFile))}.yaml`);
  const folder = dirname(file);
  const module = options.module === true ? moduleBeside(file) : undefined;
  const content: SpaceFileContent = {
    dataFile: relative(folder, dataFile),
    schema: schemaReference(folder, options.schemaFile),
    dataset,
    targetReason: guess?.reason,
    columns,
    ...chooseMetrics(dataset),
    ...chooseEvaluation(dataset),
    trials: 40,
    module: module && `./${basename(module)}`,
    trainers: TRAINERS.filter((trainer) => trainer.suggested && trainer.tasks.includes(dataset.target.task)),
  };
  const text = spaceFileText(content);
  await (module === undefined ? writeNew(file, text) : writeWithModule(file, text, module, TRAINER_TEMPLATE));
  return {
    file,
    ...(module !== undefined && { module }),
    rows: dataset.rows,
    features: dataset.features.length,
    target,
    target_guessed: guess !== undefined,
    task: dataset.target.task,
    metric: content.metric,
    models: module === undefined ? content.trainers.map((trainer) => trainer.name) : ['mine'],
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
