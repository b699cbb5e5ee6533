import { Random } from '../random.js';
import { anyOf, integerFrom, numberWhere, oneOf } from './accepts.js';
import { ClassCriterion } from './cart/class-criterion.js';
import { type DecisionNodes, leafValuesOf, loadNodes, nodesToJson } from './cart/decision-nodes.js';
import { growTree, type TreeLimits } from './cart/grow-tree.js';
import { MeanCriterion } from './cart/mean-criterion.js';
import { sortColumns } from './cart/sorted-columns.js';
import { mostLikelyClasses } from './class-probabilities.js';
import { refuseMissing } from './refuse-missing.js';
import { SavedFields } from './saved-model.js';
import {
  type Matrix,
  type Model,
  type Trainer,
  TrainerError,
  type TrainerParams,
  type TrainingSet,
} from './trainer.js';

function decisionTreeModel(nodes: DecisionNodes, classification: boolean, columns: readonly string[]): Model {
  const valuesOf = (features: Matrix): Float64Array => {
    refuseMissing('decision-tree', features, columns);
    return leafValuesOf(nodes, features);
  };
  const toJSON = () => ({
    trainer: 'decision-tree',
    version: 1,
    task: classification ? 'classification' : 'regression',
    columns,
    nodes: nodesToJson(nodes),
  });
  if (!classification) return { predict: valuesOf, toJSON };
  return {
    toJSON,
    predict: (features) => mostLikelyClasses(valuesOf(features), features.rows, nodes.outputs),
    predictProba: valuesOf,
  };
}

const CLASS_CRITERIA = ['gini', 'entropy'];
const MEAN_CRITERIA = ['squared_error'];

function criterionName(params: TrainerParams, classification: boolean): string {
  const allowed = classification ? CLASS_CRITERIA : MEAN_CRITERIA;
  const name = (params.criterion ?? allowed[0]) as string;
  if (allowed.includes(name)) return name;
  const task = classification ? 'classification' : 'regression';
  throw new TrainerError('decision-tree', `criterion must be one of ${allowed.join(', ')} for ${task}, got ${name}`);
}

/** A count as it is; a share of the rows rounded up. */
function rowsOf(value: number, rows: number, least: number): number {
  return value < 1 ? Math.max(least, Math.ceil(value * rows)) : value;
}

function splitColumnsOf(value: TrainerParams[string], columns: number): number {
  if (value === null || value === 1) return columns;
  if (value === 'sqrt') return Math.max(1, Math.floor(Math.sqrt(columns)));
  if (value === 'log2') return Math.max(1, Math.floor(Math.log2(columns)));
  const number = value as number;
  if (number < 1) return Math.max(1, Math.floor(number * columns));
  if (number <= columns) return number;
  throw new TrainerError('decision-tree', `max_features must be at most the ${columns} columns, got ${number}`);
}

function limitsOf(train: TrainingSet, params: TrainerParams): TreeLimits {
  const { rows, columns } = train.features;
  return {
    maxDepth: (params.max_depth as number | null) ?? Number.POSITIVE_INFINITY,
    splitRows: rowsOf(params.min_samples_split as number, rows, 2),
    leafRows: rowsOf(params.min_samples_leaf as number, rows, 1),
    splitColumns: splitColumnsOf(params.max_features!, columns),
  };
}

/**
 * One CART tree with exact splits: parameter names, defaults and semantics of scikit-learn's `DecisionTreeClassifier`
 * and `DecisionTreeRegressor`; of columns that split equally well, the seed draws one. Two things differ: columns are
 * compared as 64-bit numbers, and `max_features: 1` is all columns, since a space file cannot tell 1 from 1.0.
 */
export const decisionTreeTrainer: Trainer = {
  name: 'decision-tree',
  summary: 'one decision tree (CART) with exact splits',
  tasks: ['classification', 'regression'],
  parameters: [
    {
      name: 'criterion',
      rule: 'null, or gini or entropy for classification, squared_error for regression',
      summary: 'what a split reduces; null is gini or squared_error',
      default: null,
      accepts: oneOf(null, ...CLASS_CRITERIA, ...MEAN_CRITERIA),
    },
    {
      name: 'max_depth',
      rule: 'null or a whole number >= 1',
      summary: 'most splits between the root and a leaf; null is no limit',
      default: null,
      accepts: anyOf(oneOf(null), integerFrom(1)),
      search: { min: 2, max: 20, type: 'int' },
    },
    {
      name: 'min_samples_leaf',
      rule: 'a whole number >= 1, or a share of the training rows in (0, 1)',
      summary: 'fewest rows in a leaf',
      default: 1,
      accepts: anyOf(
        integerFrom(1),
        numberWhere((value) => value > 0 && value < 1),
      ),
      search: { min: 1, max: 50, log: true, type: 'int' },
    },
    {
      name: 'min_samples_split',
      rule: 'a whole number >= 2, or a share of the training rows in (0, 1)',
      summary: 'fewest rows in a node that is split',
      default: 2,
      accepts: anyOf(
        integerFrom(2),
        numberWhere((value) => value > 0 && value < 1),
      ),
    },
    {
      name: 'max_features',
      rule: 'null, sqrt, log2, a share of the columns in (0, 1], or a whole number of columns >= 2',
      summary: 'columns drawn for each split; null and 1 are all',
      default: null,
      accepts: anyOf(
        oneOf(null, 'sqrt', 'log2'),
        integerFrom(2),
        numberWhere((value) => value > 0 && value <= 1),
      ),
    },
  ],
  knownGood: { max_depth: 8, min_samples_leaf: 5 },
  gives: 'probabilities',
  acceptsWeights: true,
  suggested: true,
  fit(train, params, context) {
    const { features, target, columns, classes } = train;
    refuseMissing('decision-tree', features, columns);
    const classification = classes !== undefined;
    const name = criterionName(params, classification);
    const weights = train.weights ?? new Float64Array(features.rows).fill(1);
    const criterion = classification
      ? new ClassCriterion(target, weights, classes.length, name === 'entropy')
      : new MeanCriterion(target, weights);
    const random = new Random(context.seed, 'decision-tree');
    const nodes = growTree(sortColumns(features), criterion, limitsOf(train, params), random);
    return decisionTreeModel(nodes, classification, columns);
  },
  load(saved) {
    const fields = SavedFields.open(saved, 'decision-tree', 1);
    const classification = fields.oneOf('task', ['classification', 'regression']) === 'classification';
    return decisionTreeModel(loadNodes(fields.object('nodes')), classification, fields.texts('columns'));
  },
};
