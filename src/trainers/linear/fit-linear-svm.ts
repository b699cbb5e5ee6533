import { Random } from '../../random.js';
import { boundedValue } from '../bounded-values.js';
import { refuseMissing } from '../refuse-missing.js';
import { classFactors, groupByClass, sampleWeights } from '../sample-weights.js';
import { SavedFields } from '../saved-model.js';
import { type Model, TrainerError, type TrainerParams, type TrainingSet } from '../trainer.js';
import { augmentRows, type DescentLimits } from './augmented-rows.js';
import { descendHinge } from './descend-hinge.js';
import { descendTube } from './descend-tube.js';
import { LinearOutputs } from './linear-outputs.js';
import { LinearRegressor } from './linear-regressor.js';
import { LinearSvmClassifier } from './linear-svm-classifier.js';
import { CLASSIFICATION_LOSSES, REGRESSION_LOSSES } from './linear-svm-losses.js';

const NAME = 'linear-svm';

/** @param seed of the order of rows. @throws TrainerError */
export function fitLinearSvm(train: TrainingSet, params: TrainerParams, seed: number): Model {
  refuseMissing(NAME, train.features, train.columns);
  const { C, epsilon, intercept_scaling, tol, max_iter } = params as Record<string, number>;
  const constant = params.fit_intercept === true ? intercept_scaling! : 0;
  const rows = augmentRows(train.features, constant);
  const limits: DescentLimits = { tolerance: tol!, maxPasses: max_iter! };
  const costs = sampleWeights(train, null).map((weight) => weight * C!);
  const squared = checkedLoss(params, train.classes !== undefined).startsWith('squared');
  if (train.classes === undefined) {
    const random = new Random(seed, NAME);
    const weights = descendTube(rows, train.target.map(boundedValue), costs, epsilon!, squared, limits, random);
    return new LinearRegressor(NAME, weights.slice(0, -1), weights.at(-1)! * constant);
  }
  const factors = classFactors(train, params.class_weight as 'balanced' | null);
  const present = groupByClass(train).classes;
  const positives = present.length <= 2 ? present.slice(1) : present;
  const coefficients = new Float64Array(positives.length * train.features.columns);
  const intercepts = new Float64Array(positives.length);
  positives.forEach((positive, m) => {
    const signs = train.target.map((k) => (k === positive ? 1 : -1));
    // Against the rest, the rest keeps its weight: so does LIBLINEAR.
    const weighted = costs.map((cost, i) =>
      present.length === 2 || train.target[i] === positive ? cost * factors[train.target[i]!]! : cost,
    );
    const weights = descendHinge(rows, signs, weighted, squared, limits, new Random(seed, NAME, m));
    coefficients.set(weights.subarray(0, -1), m * train.features.columns);
    intercepts[m] = weights.at(-1)! * constant;
  });
  return new LinearSvmClassifier(new LinearOutputs(coefficients, intercepts), present, train.classes.length);
}

function checkedLoss(params: TrainerParams, classification: boolean): string {
  const losses = classification ? CLASSIFICATION_LOSSES : REGRESSION_LOSSES;
  const loss = params.loss ?? losses[0]!;
  if (typeof loss === 'string' && losses.includes(loss)) return loss;
  const task = classification ? 'classification' : 'regression';
  throw new TrainerError(NAME, `loss must be null or one of ${losses.join(', ')} for ${task}, got ${loss}`);
}

/** Reads what the toJSON of a linear-svm model gave. @throws StorageError */
export function loadLinearSvm(saved: unknown): Model {
  const fields = SavedFields.open(saved, NAME, 1);
  return fields.oneOf('task', ['classification', 'regression']) === 'classification'
    ? LinearSvmClassifier.load(fields)
    : LinearRegressor.load(saved, NAME);
}
