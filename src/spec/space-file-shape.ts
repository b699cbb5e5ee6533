import { ENCODE_METHODS, IMPUTE_METHODS, SCALE_METHODS } from '../data/preprocessing-options.js';
import { METRICS } from '../metrics/index.js';
import { TRAINERS } from '../trainers/index.js';
import { SPLITTERS } from '../validation/splitters/index.js';
import { BUDGET } from './budget-shape.js';
import { byteSize } from './byte-size.js';
import { list, object, record } from './collection-shapes.js';
import { PARAMETER, VALUE_DEFINITION } from './parameter-shape.js';
import { showValue } from './place.js';
import { flag, label, number, oneOf, text, unavailable } from './scalar-shapes.js';
import { SEARCH } from './search-shape.js';
import { defined, described, type Infer, type JsonSchema, type Shape } from './shape.js';
import { wordParameter } from './word-parameter.js';

/** What parameters and models may be called. */
export const NAME = {
  rule: 'letters, digits, _ and -, beginning with a letter',
  pattern: /^[A-Za-z][A-Za-z0-9_-]*$/,
};
const COLUMN = 'the name of a column';

const definitions = new Map<string, JsonSchema>([['value', VALUE_DEFINITION]]);

const data = object(
  {
    file: described(text('the path of a data file'), 'CSV, TSV, JSON, NDJSON or Parquet; relative to this file.'),
    target: described(label(COLUMN), 'The column to predict.'),
    task: described(oneOf(['classification', 'regression']), 'Default: inferred from the target.'),
    exclude: described(list(label(COLUMN), { expected: 'a list of columns' }), 'Columns that are no features.'),
    types: described(
      record(oneOf(['numeric', 'categorical', 'boolean']), {
        title: 'Column types',
        expected: 'a map from columns to types',
      }),
      'Overrides what is inferred of a column.',
    ),
    positive: described(label('a class of the target'), 'The positive class; default: the rarer one.'),
    groups: described(label(COLUMN), 'The column of the group splitter: rows of one group stay together. No feature.'),
    weights: described(label(COLUMN), 'A positive weight a row. No feature.'),
  },
  {
    title: 'Data',
    example: '{file: churn.csv, target: churn}',
    required: { file: 'the data file', target: 'the column to predict' },
    aliases: { path: 'file', label: 'target', drop: 'exclude', ignore: 'exclude' },
  },
);

/** With data one of the known metrics, which is checked once that is known; without data any name. */
const metricName = {
  ...text('the name of a metric'),
  json: { anyOf: [{ enum: METRICS.map((metric) => metric.name) }, { type: 'string', minLength: 1 }] },
};
export const SEVERAL_OBJECTIVES =
  'several objectives are not supported; rank by one metric and report the others with `also:`';

/** Refuses a list where one thing is meant, with its own message. */
export function single<T>(shape: Shape<T>): Shape<T> {
  return {
    ...shape,
    check(value, path, issues) {
      if (!Array.isArray(value)) return shape.check(value, path, issues);
      issues.add(path, SEVERAL_OBJECTIVES, 'key');
      return undefined;
    },
  };
}

const objective = object(
  {
    metric: described(single(metricName), 'The one number that ranks; default: accuracy, or r2 for regression.'),
    goal: described(single(oneOf(['maximize', 'minimize'])), 'Every known metric knows its own.'),
    target: described(number(), 'Stop when a trial reaches it.'),
    also: described(list(metricName, { expected: 'a list of metrics' }), 'Metrics reported beside it.'),
  },
  { title: 'Objective', example: '{metric: accuracy}', aliases: { name: 'metric', direction: 'goal', type: 'goal' } },
);

const preprocess = object(
  {
    impute: described(wordParameter(IMPUTE_METHODS), 'Missing numbers; a missing category is a category of its own.'),
    encode: described(wordParameter(ENCODE_METHODS), 'Categorical columns.'),
    scale: described(wordParameter(SCALE_METHODS), 'Numeric columns.'),
  },
  {
    title: 'Preprocessing',
    example: '{impute: median, scale: standard}',
    aliases: { scaler: 'scale', imputer: 'impute' },
  },
);

const evaluation = object(
  {
    cv: described(
      object(
        {
          kind: described(
            oneOf(SPLITTERS.map((splitter) => splitter.name)),
            'Default: stratified for classification, kfold for regression.',
          ),
          folds: described(number({ integer: true, min: 2, max: 1000 }), 'Default: 5.'),
          repeats: described(number({ integer: true, min: 1, max: 1000 }), 'Default: 1.'),
          column: described(label(COLUMN), 'What orders the rows (time) or numbers their fold (predefined).'),
          test: described(
            number({ above: 0, max: 0.9 }),
            'Share of the rows in the test part (holdout); default: 0.25.',
          ),
        },
        {
          title: 'Cross-validation',
          example: '{kind: stratified, folds: 5}',
          aliases: {
            k: 'folds',
            n_splits: 'folds',
            splits: 'folds',
            n_repeats: 'repeats',
            type: 'kind',
            method: 'kind',
          },
        },
      ),
      'How a trial is scored.',
    ),
    repeats: described(
      number({ integer: true, min: 1, max: 1000 }),
      'Evaluations of a trial of a study without data, each with its own seed; default: 1.',
    ),
    holdout: described(
      number({ min: 0, max: 0.9 }),
      'Share of the rows the search never sees; the winner is refitted and scored on them.',
    ),
    racing: unavailable('racing', 'leave it out or write `racing: false`', [false, null]),
    nested: unavailable('nested evaluation', 'leave it out or write `nested: false`', [false, null]),
  },
  { title: 'Evaluation', example: '{cv: {kind: stratified, folds: 5}, holdout: 0.2}' },
);

const parameter = defined(PARAMETER, 'parameter', definitions);
const preprocessing = defined(preprocess, 'preprocessing', definitions);
export const CONSTRAINTS = described(
  list(text('a condition such as n_estimators <= 200 or max_depth != null'), {
    expected: 'a list of conditions in text',
  }),
  'Conditions that every configuration keeps.',
);

function parameters(what: string) {
  return described(
    record(parameter, { title: 'Parameters', expected: 'a map from names to ranges', name: NAME }),
    what,
  );
}

const resources = object(
  {
    cpus: described(number({ integer: true, min: 1, max: 1024 }), 'Default: 1.'),
    gpus: described(number({ integer: true, min: 0, max: 1024 }), 'Handed out by CUDA_VISIBLE_DEVICES. Default: 0.'),
    memory: described(byteSize(), 'Memory to leave for it, such as 4GiB.'),
  },
  { title: 'Resources', example: '{cpus: 2, gpus: 1, memory: 4GiB}', aliases: { cpu: 'cpus', gpu: 'gpus' } },
);

const family = object(
  {
    use: described(oneOf(TRAINERS.map((trainer) => trainer.name)), 'A built-in trainer; `cml models` lists them.'),
    parameters: parameters("The trainer's parameters, fixed or searched; those not named keep their defaults."),
    preprocess: described(preprocessing, "Replaces the file's keys of the same name for this model."),
    constraints: CONSTRAINTS,
    module: described(
      text('the path of a JavaScript or TypeScript module'),
      'Code of your own, relative to this file: exports fit (with data) or evaluate (without).',
    ),
    command: described(
      list(label('text or a number'), { expected: 'a list such as [python3, train.py, "--lr={lr}"]', minimum: 1 }),
      'A program and its arguments, run without a shell; {name} stands for a parameter, {train_file}, {test_file}, {result_file}, {params_file}, {seed}, {trial} or {fold}.',
    ),
    resources: described(resources, 'What one of its tasks needs to itself.'),
  },
  {
    title: 'Model',
    example: '{use: knn}',
    exactlyOne: ['use', 'module', 'command'],
    aliases: { trainer: 'use', type: 'use', model: 'use', params: 'parameters', hyperparameters: 'parameters' },
  },
);

export const VERSION: Shape<1> = {
  expected: '1',
  json: { const: 1, description: 'The version of this format.' },
  check(value, path, issues) {
    if (value === 1) return 1;
    issues.add(path, `must be 1, the version of the format that this cml reads, got ${showValue(value)}`);
    return undefined;
  },
};

/** A folder's name under `runs/`, on every system. */
const FOLDER_NAME =
  /^[\w\u00a1-\u1fff\u3040-\ud7ff](?:[\w\u00a1-\u1fff\u3040-\ud7ff ().+-]{0,98}[\w\u00a1-\u1fff\u3040-\ud7ff)+-])?$/;

export const STUDY_NAME = text(
  'letters, digits, spaces and _ ( ) . + -, at most 100, ending in none of . and space',
  FOLDER_NAME,
);

/** The one definition of the space file: what the parser checks and what editors are told. */
export const SPACE_FILE = object(
  {
    version: VERSION,
    name: described(STUDY_NAME, "Default: the file's name."),
    seed: described(number({ integer: true, min: 0 }), 'Default: 0.'),
    data,
    objective: described(single(objective), 'What ranks the trials.'),
    preprocess: described(preprocessing, 'Done inside each fold, fitted on its training rows.'),
    evaluation,
    search: SEARCH,
    parameters: parameters('Shared by all models: passed to each trainer that has them.'),
    models: described(
      record(defined(family, 'model', definitions), {
        title: 'Models',
        expected: 'a map from names to models such as {knn: {use: knn}}',
        name: NAME,
        minimum: 1,
      }),
      'Exactly one is active in a trial.',
    ),
    constraints: CONSTRAINTS,
    baseline: described(flag(), 'false: leave out the dummy row. Default: true.'),
    budget: BUDGET,
  },
  {
    title: 'Space file of Concurrent ML',
    example: '{data: …, models: …}',
    required: {
      models: 'a map from names to models such as {knn: {use: knn}}',
    },
    aliases: { objectives: 'objective', dataset: 'data', model: 'models', metric: 'objective' },
    remarks: { objectives: SEVERAL_OBJECTIVES },
  },
);

export type SpaceFile = Infer<typeof SPACE_FILE>;
export type FamilyEntry = Infer<typeof family>;
export type PreprocessEntry = Infer<typeof preprocess>;

/** The definition as JSON Schema 2020-12. */
export function spaceFileJsonSchema(): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...SPACE_FILE.json,
    description: 'A whole experiment: data, objective, evaluation, search, models, budget.',
    $defs: Object.fromEntries(definitions),
  };
}
