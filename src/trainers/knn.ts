import { integerFrom, numberWhere, oneOf } from './accepts.js';
import { boundedValues } from './bounded-values.js';
import { mostLikelyClasses } from './class-probabilities.js';
import { forEachNearest, LEAST_BLOCK_COLUMNS } from './neighbors/euclidean-blocks.js';
import { NearestList } from './neighbors/nearest-list.js';
import { nearestSearch } from './neighbors/nearest-rows.js';
import { refuseMissing } from './refuse-missing.js';
import { SavedFields } from './saved-model.js';
import { type Matrix, type Model, type Trainer, TrainerError } from './trainer.js';

const WEIGHTS = ['uniform', 'distance'] as const;

/** Plain data: the training rows themselves. */
interface KnnState {
  readonly features: Matrix;
  readonly target: Float64Array;
  /** 0 for regression. */
  readonly classes: number;
  readonly columns: readonly string[];
  readonly neighbors: number;
  readonly weights: (typeof WEIGHTS)[number];
  readonly power: number;
}

/**
 * The inverse of each distance as a share of that of the nearest row, which stays in range however small the distances
 * are. As in scikit-learn, rows at distance 0, where there are any, take all the weight.
 * @param distances to the power, as the search compares them.
 */
function distanceWeights(distances: Float64Array, power: number, weights: Float64Array): void {
  let smallest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < weights.length; i++) if (distances[i]! < smallest) smallest = distances[i]!;
  // Too far for a number: no neighbour is nearer than another.
  if (smallest === Number.POSITIVE_INFINITY) {
    weights.fill(1);
    return;
  }
  for (let i = 0; i < weights.length; i++) {
    const distance = distances[i]!;
    const share = distance === smallest ? 1 : smallest / distance;
    if (power === 2) weights[i] = Math.sqrt(share);
    else weights[i] = power === 1 ? share : Math.exp(Math.log(share) / power);
  }
}

/** @param visit is called for each query with its neighbours' rows and weights, as many as there are weights; both are reused. */
function forEachQuery(
  state: KnnState,
  queries: Matrix,
  visit: (query: number, rows: Int32Array, weights: Float64Array) => void,
): void {
  refuseMissing('knn', queries, state.columns);
  const points = state.features;
  const { columns } = points;
  const k = state.neighbors;
  const weights = new Float64Array(k).fill(1);
  const visitNearest = (query: number, nearest: NearestList): void => {
    if (state.weights === 'distance') distanceWeights(nearest.distances, state.power, weights);
    visit(query, nearest.rows, weights);
  };
  if (state.power === 2 && columns >= LEAST_BLOCK_COLUMNS) {
    forEachNearest(points, queries, k, visitNearest);
    return;
  }
  const nearest = new NearestList(k);
  const search = nearestSearch(state.power);
  for (let query = 0; query < queries.rows; query++) {
    search(points, queries.data, query * columns, nearest);
    visitNearest(query, nearest);
  }
}

function knnClassifier(state: KnnState): Model {
  const { classes, target } = state;
  const predictProba = (features: Matrix): Float64Array => {
    const probabilities = new Float64Array(features.rows * classes);
    forEachQuery(state, features, (query, rows, weights) => {
      const offset = query * classes;
      let total = 0;
      for (let i = 0; i < weights.length; i++) {
        probabilities[offset + target[rows[i]!]!]! += weights[i]!;
        total += weights[i]!;
      }
      for (let k = offset; k < offset + classes; k++) probabilities[k]! /= total;
    });
    return probabilities;
  };
  return {
    predictProba,
    predict: (features) => mostLikelyClasses(predictProba(features), features.rows, classes),
    toJSON: () => stateToJson(state),
  };
}

function knnRegressor(state: KnnState): Model {
  return {
    predict(features) {
      const predicted = new Float64Array(features.rows);
      forEachQuery(state, features, (query, rows, weights) => {
        let sum = 0;
        let total = 0;
        for (let i = 0; i < weights.length; i++) {
          sum += weights[i]! * state.target[rows[i]!]!;
          total += weights[i]!;
        }
        predicted[query] = sum / total;
      });
      return predicted;
    },
    toJSON: () => stateToJson(state),
  };
}

function knnModel(state: KnnState): Model {
  return state.classes === 0 ? knnRegressor(state) : knnClassifier(state);
}

function stateToJson({ features, target, ...rest }: KnnState): unknown {
  const { rows } = features;
  const data = Array.from(features.data.subarray(0, rows * features.columns));
  return { trainer: 'knn', version: 1, ...rest, data, target: Array.from(target) };
}

function loadState(saved: unknown): KnnState {
  const fields = SavedFields.open(saved, 'knn', 1);
  const target = fields.numbers('target');
  const columns = fields.texts('columns');
  return {
    features: {
      data: fields.numbers('data', target.length * columns.length),
      rows: target.length,
      columns: columns.length,
    },
    target,
    classes: fields.count('classes'),
    columns,
    neighbors: fields.count('neighbors'),
    weights: fields.oneOf('weights', WEIGHTS),
    power: fields.number('power'),
  };
}

/**
 * k nearest neighbours by exhaustive search: parameter names, defaults and semantics of scikit-learn's
 * `KNeighborsClassifier` and `KNeighborsRegressor` with the Minkowski metric. Among rows at the same distance the
 * earlier one counts; among classes with the same votes the first one wins.
 */
export const knnTrainer: Trainer = {
  name: 'knn',
  summary: 'k nearest neighbours: votes or averages the rows most alike',
  tasks: ['classification', 'regression'],
  parameters: [
    {
      name: 'n_neighbors',
      rule: 'a whole number >= 1',
      summary: 'neighbours that vote; at most the training rows of a fold',
      default: 5,
      accepts: integerFrom(1),
      search: { min: 1, max: 50, log: true, type: 'int' },
    },
    {
      name: 'weights',
      rule: 'one of uniform, distance',
      summary: 'whether all neighbours count the same or by the inverse of their distance',
      default: 'uniform',
      accepts: oneOf(...WEIGHTS),
      search: { values: ['uniform', 'distance'] },
    },
    {
      name: 'p',
      rule: 'a number >= 1',
      summary: 'power of the Minkowski distance: 1 Manhattan, 2 Euclidean',
      default: 2,
      accepts: numberWhere((value) => value >= 1),
      search: { values: [1, 2] },
    },
  ],
  knownGood: { n_neighbors: 7, weights: 'distance', p: 2 },
  gives: 'probabilities',
  acceptsWeights: false,
  suggested: true,
  fit(train, params) {
    const { features, target, columns } = train;
    refuseMissing('knn', features, columns);
    const neighbors = params.n_neighbors as number;
    if (neighbors > features.rows) {
      throw new TrainerError(
        'knn',
        `n_neighbors must be at most the number of training rows (${features.rows}), got ${neighbors}`,
      );
    }
    const state: KnnState = {
      features,
      target: boundedValues(target),
      classes: train.classes?.length ?? 0,
      columns,
      neighbors,
      weights: params.weights as KnnState['weights'],
      power: params.p as number,
    };
    return knnModel(state);
  },
  load: (saved) => knnModel(loadState(saved)),
};
