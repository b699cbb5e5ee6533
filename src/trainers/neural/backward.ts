import { backActivate } from './activation.js';
import { createLayerValues } from './forward.js';
import { addTransposedProduct, productWithTransposed } from './matrix-multiply.js';
import type { Network } from './network.js';

/** A smallest probability in the loss, which keeps it finite. */
const LEAST_PROBABILITY = 1e-15;

/** Gradients in the shape of a network's weights and biases, and room for errors. */
export interface Gradients {
  readonly weights: readonly Float64Array[];
  readonly biases: readonly Float64Array[];
  readonly errors: readonly Float64Array[];
}

export function createGradients(network: Network, rows: number): Gradients {
  return {
    weights: network.weights.map((values) => new Float64Array(values.length)),
    biases: network.biases.map((values) => new Float64Array(values.length)),
    errors: createLayerValues(network, rows),
  };
}

/**
 * Gradients of the mean loss of a batch plus alpha / (2 rows) |weights|^2 (the batch's rows), after forward().
 * @param target a number or a class a row. @param rowWeights mean about 1.
 * @returns the mean loss, penalty included.
 */
export function backward(
  network: Network,
  values: readonly Float64Array[],
  target: Float64Array,
  rowWeights: Float64Array,
  rows: number,
  alpha: number,
  gradients: Gradients,
): number {
  const { sizes } = network;
  let loss = outputErrors(network, values.at(-1)!, target, rowWeights, rows, gradients.errors.at(-1)!) / rows;
  for (let layer = network.weights.length - 1; layer >= 0; layer--) {
    const inputs = sizes[layer]!;
    const outputs = sizes[layer + 1]!;
    const errors = gradients.errors[layer + 1]!;
    const weights = network.weights[layer]!;
    const gradient = gradients.weights[layer]!;
    let squares = 0;
    gradient.fill(0);
    addTransposedProduct(values[layer]!, errors, gradient, rows, inputs, outputs);
    for (let i = 0; i < gradient.length; i++) {
      squares += weights[i]! * weights[i]!;
      gradient[i] = (gradient[i]! + alpha * weights[i]!) / rows;
    }
    loss += (0.5 * alpha * squares) / rows;
    const biasGradient = gradients.biases[layer]!.fill(0);
    for (let row = 0, at = 0; row < rows; row++) {
      for (let j = 0; j < outputs; j++, at++) biasGradient[j]! += errors[at]! / rows;
    }
    if (layer > 0) {
      productWithTransposed(errors, weights, gradients.errors[layer]!, rows, outputs, inputs);
      backActivate(gradients.errors[layer]!, values[layer]!, rows * inputs, network.activation);
    }
  }
  return loss;
}

/** Derivatives of the loss by the last layer's sums: prediction - truth in all three cases. @returns the summed loss. */
function outputErrors(
  network: Network,
  predicted: Float64Array,
  target: Float64Array,
  rowWeights: Float64Array,
  rows: number,
  errors: Float64Array,
): number {
  const outputs = network.sizes.at(-1)!;
  let loss = 0;
  for (let row = 0, at = 0; row < rows; row++) {
    const weight = rowWeights[row]!;
    const truth = target[row]!;
    if (network.output === 'number') {
      const error = predicted[at]! - truth;
      loss += 0.5 * weight * error * error;
      errors[at++] = weight * error;
    } else if (network.output === 'binary') {
      const p = truth === 1 ? predicted[at]! : 1 - predicted[at]!;
      loss -= weight * Math.log(Math.max(p, LEAST_PROBABILITY));
      errors[at] = weight * (predicted[at]! - truth);
      at++;
    } else {
      loss -= weight * Math.log(Math.max(predicted[at + truth]!, LEAST_PROBABILITY));
      for (let k = 0; k < outputs; k++, at++) errors[at] = weight * (predicted[at]! - (k === truth ? 1 : 0));
    }
  }
  return loss;
}
