import { Random } from '../random.js';
import { anyOf, integerFrom, numberWhere, oneOf } from './accepts.js';
import { refuseMissing } from './refuse-missing.js';
import { type Matrix, type Model, type Trainer, TrainerError, type TrainerParams } from './trainer.js';

/** What is used of a trained forest of the package. */
interface Forest {
  predict(rows: number[][]): number[];
  /** One row an input row, one column a tree. */
  predictionValues(rows: number[][]): { get(row: number, tree: number): number };
}

function toArrays(features: Matrix): number[][] {
  const { data, rows, columns } = features;
  return Array.from({ length: rows }, (_, i) => Array.from(data.subarray(i * columns, (i + 1) * columns)));
}

/** @param classes 0 for regression. */
function forestModel(forest: Forest, trees: number, classes: number, columns: readonly string[]): Model {
  const inputOf = (features: Matrix): number[][] => {
    refuseMissing('ml-random-forest', features, columns);
    return toArrays(features);
  };
  const predict: Model['predict'] = (features) => {
    const input = inputOf(features);
    return input.length === 0 ? new Float64Array(0) : Float64Array.from(forest.predict(input));
  };
  if (classes === 0) return { predict };
  return {
    predict,
    // Counted here: the package's own predictProbability loses the first tree's vote.
    predictProba(features) {
      const input = inputOf(features);
      const probabilities = new Float64Array(input.length * classes);
      if (input.length === 0) return probabilities;
      const votes = forest.predictionValues(input);
      for (let i = 0; i < input.length; i++) {
        for (let tree = 0; tree < trees; tree++) probabilities[i * classes + votes.get(i, tree)]! += 1;
      }
      return probabilities.map((count) => count / trees);
    },
  };
}

/** The package takes a whole number as a count, but 1 as the share of all; a share may round down to no column. */
function maxFeaturesOf(value: number, columns: number): number {
  if (value === 1) return 1;
  if (value < 1) return value * columns < 1 ? 1.5 / columns : value;
  if (value <= columns) return value;
  throw new TrainerError('ml-random-forest', `maxFeatures must be at most the ${columns} columns, got ${value}`);
}

/** The rows the trees draw from. The package would take the first ones: here they are drawn at random. */
function drawRows(rows: number, maxSamples: number | null, seed: number): Int32Array {
  const all = Int32Array.from({ length: rows }, (_, i) => i);
  if (maxSamples === null || maxSamples === 1) return all;
  if (maxSamples > rows) {
    throw new TrainerError(
      'ml-random-forest',
      `maxSamples must be at most the ${rows} training rows, got ${maxSamples}`,
    );
  }
  const count = maxSamples < 1 ? Math.max(1, Math.floor(maxSamples * rows)) : maxSamples;
  return new Random(seed, 'ml-random-forest').shuffle(all).slice(0, count).sort();
}

function forestOptions(params: TrainerParams, columns: number, seed: number, classification: boolean) {
  return {
    nEstimators: params.nEstimators as number,
    maxFeatures: maxFeaturesOf(params.maxFeatures as number, columns),
    replacement: (params.replacement as boolean | null) ?? classification,
    useSampleBagging: params.useSampleBagging as boolean,
    selectionMethod: params.selectionMethod as 'mean' | 'median',
    // Out-of-bag results are not used here, and asking for them fails with few trees.
    noOOB: true,
    // The package's generator takes 32-bit integers.
    seed: seed | 0,
    treeOptions: {
      maxDepth: (params.maxDepth as number | null) ?? Number.POSITIVE_INFINITY,
      minNumSamples: params.minNumSamples as number,
      gainThreshold: (params.gainThreshold as number | null) ?? (classification ? 0.01 : 0),
    },
  };
}

/**
 * The package ml-random-forest 2 under its own option names and defaults; those of `treeOptions` stand beside the others.
 * It draws columns for each tree, not for each split. What is put right here: `maxSamples` draws rows at random,
 * probabilities count every tree, few trees are allowed, and what is missing is refused.
 */
export const mlRandomForestTrainer: Trainer = {
  name: 'ml-random-forest',
  summary: 'the random forest of the package ml-random-forest; slow',
  tasks: ['classification', 'regression'],
  parameters: [
    {
      name: 'nEstimators',
      rule: 'a whole number >= 1',
      summary: 'number of trees',
      default: 50,
      accepts: integerFrom(1),
      search: { min: 10, max: 100, log: true, type: 'int' },
    },
    {
      name: 'maxFeatures',
      rule: 'a share of the columns in (0, 1], or a whole number of columns >= 2',
      summary: 'columns that each tree sees; 1 is all of them',
      default: 1,
      accepts: anyOf(
        integerFrom(2),
        numberWhere((value) => value > 0 && value <= 1),
      ),
      search: { min: 0.3, max: 1 },
    },
    {
      name: 'replacement',
      rule: 'null, true or false',
      summary: 'whether a column can be drawn twice; null is true for classification, false for regression',
      default: null,
      accepts: oneOf(null, true, false),
      search: { values: [true, false] },
    },
    {
      name: 'useSampleBagging',
      rule: 'true or false',
      summary: 'whether each tree is trained on rows drawn with replacement',
      default: true,
      accepts: oneOf(true, false),
    },
    {
      name: 'maxSamples',
      rule: 'null, a share of the training rows in (0, 1], or a whole number of rows >= 2',
      summary: 'rows the trees draw from, the same for all; null and 1 are all',
      default: null,
      accepts: anyOf(
        oneOf(null),
        integerFrom(2),
        numberWhere((value) => value > 0 && value <= 1),
      ),
    },
    {
      name: 'selectionMethod',
      rule: 'one of mean, median',
      summary: 'how the trees are combined in regression',
      default: 'mean',
      accepts: oneOf('mean', 'median'),
    },
    {
      name: 'maxDepth',
      rule: 'null or a whole number >= 1',
      summary: 'most splits between the root and a leaf; null is no limit',
      default: null,
      accepts: anyOf(oneOf(null), integerFrom(1)),
      search: { min: 3, max: 20, type: 'int' },
    },
    {
      name: 'minNumSamples',
      rule: 'a whole number >= 1',
      summary: 'a node of no more rows is a leaf',
      default: 3,
      accepts: integerFrom(1),
      search: { min: 1, max: 20, log: true, type: 'int' },
    },
    {
      name: 'gainThreshold',
      rule: 'null or a number >= 0',
      summary:
        'gain of Gini impurity (regression: squared error left) that a split must exceed; null is 0.01 (regression: 0)',
      default: null,
      accepts: anyOf(
        oneOf(null),
        numberWhere((value) => value >= 0),
      ),
    },
  ],
  knownGood: { nEstimators: 30, maxFeatures: 0.7, replacement: false, gainThreshold: 0 },
  gives: 'probabilities',
  acceptsWeights: false,
  suggested: false,
  async fit(train, params, context) {
    const { features, target, classes, columns } = train;
    refuseMissing('ml-random-forest', features, columns);
    const drawn = drawRows(features.rows, params.maxSamples as number | null, context.seed);
    const rows = toArrays(features);
    const options = forestOptions(params, features.columns, context.seed, classes !== undefined);
    const { RandomForestClassifier, RandomForestRegression } = await import('ml-random-forest');
    const forest = classes === undefined ? new RandomForestRegression(options) : new RandomForestClassifier(options);
    forest.train(
      Array.from(drawn, (row) => rows[row]!),
      Array.from(drawn, (row) => target[row]!),
    );
    return forestModel(forest, options.nEstimators, classes?.length ?? 0, columns);
  },
};
