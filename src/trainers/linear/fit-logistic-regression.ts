import { classWeights } from '../class-probabilities.js';
import { refuseMissing } from '../refuse-missing.js';
import { sampleWeights } from '../sample-weights.js';
import type { Model, TrainerParams, TrainingSet } from '../trainer.js';
import { LinearOutputs } from './linear-outputs.js';
import { fitLogistic } from './logistic-fit.js';
import { logisticModel } from './logistic-model.js';
import type { LogisticPenalty } from './logistic-penalty.js';
import { fitPenalizedLogistic } from './penalized-logistic.js';

/** @throws TrainerError */
export function fitLogisticRegression(train: TrainingSet, params: TrainerParams): Model {
  const { target, columns } = train;
  const classes = train.classes!.length;
  const sums = classWeights(target, classes, train.weights);
  const present = Int32Array.from(sums.keys()).filter((label) => sums[label]! > 0);
  const outputs = present.length > 2 ? present.length : present.length - 1;
  if (outputs === 0) {
    refuseMissing('logistic-regression', train.features, train.columns);
    const functions = new LinearOutputs(new Float64Array(0), new Float64Array(0));
    return logisticModel({ functions, present, classes, columns });
  }
  const labels = labelsAmong(present, target);
  const weights = params.class_weight === 'balanced' ? sampleWeights(train, 'balanced') : train.weights;
  const functions = fitFunctions(train, labels, outputs, weights, params);
  return logisticModel({ functions, present, classes, columns });
}

/** Where the class of each row stands among those present. */
function labelsAmong(present: Int32Array, target: Float64Array): Int32Array {
  const places = new Int32Array(present.at(-1)! + 1);
  for (let place = 0; place < present.length; place++) places[present[place]!] = place;
  const labels = new Int32Array(target.length);
  for (let row = 0; row < labels.length; row++) labels[row] = places[target[row]!]!;
  return labels;
}

/** @param labels 0 … outputs - 1; with one output 1 is the positive class. @param weights undefined where all are 1. */
function fitFunctions(
  train: TrainingSet,
  labels: Int32Array,
  outputs: number,
  weights: Float64Array | undefined,
  params: TrainerParams,
): LinearOutputs {
  const { features } = train;
  const { penalty, C, tol, max_iter, l1_ratio } = params as {
    penalty: LogisticPenalty;
    C: number;
    tol: number;
    max_iter: number;
    l1_ratio: number;
  };
  if (penalty === 'l2' || penalty === 'none') {
    return fitLogistic(train, labels, outputs, weights, {
      c: penalty === 'l2' ? C : Number.POSITIVE_INFINITY,
      maxIterations: max_iter,
      tolerance: tol,
    });
  }
  refuseMissing('logistic-regression', features, train.columns);
  const { coefficients, intercepts } = fitPenalizedLogistic({
    features,
    labels,
    classCount: outputs === 1 ? 2 : outputs,
    weights,
    C,
    l1Ratio: penalty === 'l1' ? 1 : l1_ratio,
    fitIntercept: true,
    tolerance: tol,
    maxPasses: max_iter,
  });
  return new LinearOutputs(coefficients, intercepts);
}
