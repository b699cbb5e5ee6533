import { activate } from './activation.js';
import { addProduct } from './matrix-multiply.js';
import type { Network } from './network.js';

/** The values of every layer for up to `rows` rows; the first are the inputs. */
export function createLayerValues(network: Network, rows: number): Float64Array[] {
  return network.sizes.map((size) => new Float64Array(size * rows));
}

/**
 * Fills values[1 …] from values[0]; the last layer ends as probabilities (one of class 1, or one a class), or as numbers.
 * @param rows at most what values were made for.
 */
export function forward(network: Network, values: readonly Float64Array[], rows: number): void {
  const last = network.weights.length - 1;
  for (let layer = 0; layer <= last; layer++) {
    const inputs = network.sizes[layer]!;
    const outputs = network.sizes[layer + 1]!;
    const out = values[layer + 1]!;
    for (let row = 0; row < rows; row++) out.set(network.biases[layer]!, row * outputs);
    addProduct(values[layer]!, network.weights[layer]!, out, rows, inputs, outputs);
    if (layer < last) activate(out, rows * outputs, network.activation);
  }
  const out = values[last + 1]!;
  if (network.output === 'binary') activate(out, rows, 'logistic');
  else if (network.output === 'classes') softmax(out, rows, network.sizes[last + 1]!);
}

function softmax(values: Float64Array, rows: number, classes: number): void {
  for (let row = 0, from = 0; row < rows; row++, from += classes) {
    let highest = values[from]!;
    for (let k = 1; k < classes; k++) highest = Math.max(highest, values[from + k]!);
    let sum = 0;
    for (let k = 0; k < classes; k++) {
      const value = Math.exp(values[from + k]! - highest);
      values[from + k] = value;
      sum += value;
    }
    for (let k = 0; k < classes; k++) values[from + k]! /= sum;
  }
}
