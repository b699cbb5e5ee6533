import type { Random } from '../../random.js';
import type { Matrix } from '../trainer.js';
import { Adam } from './adam.js';
import { backward, createGradients } from './backward.js';
import { createLayerValues, forward } from './forward.js';
import { copyNetwork, type Network } from './network.js';

export interface NetworkTraining {
  readonly features: Matrix;
  /** A number or a class a row. */
  readonly target: Float64Array;
  /** Mean about 1. */
  readonly weights: Float64Array;
  /** Rows to learn from. */
  readonly trainRows: Int32Array;
  /** Rows to stop by; none: it stops by the loss. */
  readonly validationRows: Int32Array;
  readonly alpha: number;
  readonly learningRate: number;
  readonly batchSize: number;
  readonly maxEpochs: number;
  readonly tolerance: number;
  /** Epochs without an improvement of `tolerance` after which it stops. */
  readonly patience: number;
}

/**
 * Minibatches in a new order each epoch, Adam. Ends when the loss, or the validation score where there is one, has not
 * improved for longer than the patience: scikit-learn's rule. @returns the last network, or the one that validated best.
 */
export function trainNetwork(network: Network, training: NetworkTraining, random: Random): Network {
  const { trainRows, validationRows, batchSize, alpha } = training;
  const order = Int32Array.from(trainRows);
  const values = createLayerValues(network, batchSize);
  const gradients = createGradients(network, batchSize);
  const gradientList = [...gradients.weights, ...gradients.biases];
  const adam = new Adam([...network.weights, ...network.biases], training.learningRate);
  const target = new Float64Array(batchSize);
  const weights = new Float64Array(batchSize);
  let best = network;
  let bestScore = Number.NEGATIVE_INFINITY;
  let withoutImprovement = 0;
  for (let epoch = 0; epoch < training.maxEpochs; epoch++) {
    random.shuffle(order);
    let loss = 0;
    for (let from = 0; from < order.length; from += batchSize) {
      const rows = Math.min(batchSize, order.length - from);
      gather(training, order, from, rows, values[0]!, target, weights);
      forward(network, values, rows);
      loss += rows * backward(network, values, target, weights, rows, alpha, gradients);
      adam.step(gradientList);
    }
    const validating = validationRows.length > 0;
    const score = validating ? validationScore(network, training, values, target, weights) : -loss / order.length;
    withoutImprovement = score < bestScore + training.tolerance ? withoutImprovement + 1 : 0;
    if (score > bestScore) {
      bestScore = score;
      if (validating) best = copyNetwork(network);
    }
    if (withoutImprovement > training.patience) break;
  }
  return best;
}

function gather(
  { features, target, weights }: NetworkTraining,
  order: Int32Array,
  from: number,
  rows: number,
  inputs: Float64Array,
  batchTarget: Float64Array,
  batchWeights: Float64Array,
): void {
  const { data, columns } = features;
  for (let b = 0; b < rows; b++) {
    const row = order[from + b]!;
    for (let c = 0; c < columns; c++) inputs[b * columns + c] = data[row * columns + c]!;
    batchTarget[b] = target[row]!;
    batchWeights[b] = weights[row]!;
  }
}

/** Accuracy, or minus the mean squared error of a target of variance 1, which is R2 - 1. */
function validationScore(
  network: Network,
  training: NetworkTraining,
  values: readonly Float64Array[],
  target: Float64Array,
  weights: Float64Array,
): number {
  const { validationRows, batchSize } = training;
  const outputs = network.sizes.at(-1)!;
  const predicted = values.at(-1)!;
  let score = 0;
  for (let from = 0; from < validationRows.length; from += batchSize) {
    const rows = Math.min(batchSize, validationRows.length - from);
    gather(training, validationRows, from, rows, values[0]!, target, weights);
    forward(network, values, rows);
    for (let row = 0; row < rows; row++) {
      if (network.output === 'number') score -= (predicted[row]! - target[row]!) ** 2;
      else score += predictedClass(predicted, row, outputs) === target[row] ? 1 : 0;
    }
  }
  return score / validationRows.length;
}

/** From probabilities: one of class 1, or one for each class; the lowest class among equals. */
export function predictedClass(probabilities: Float64Array, row: number, outputs: number): number {
  if (outputs === 1) return probabilities[row]! > 0.5 ? 1 : 0;
  let best = 0;
  for (let k = 1; k < outputs; k++) {
    if (probabilities[row * outputs + k]! > probabilities[row * outputs + best]!) best = k;
  }
  return best;
}
