import type { Random } from '../../random.js';
import type { Activation } from './activation.js';

/** What the last layer's values mean: a number, the logit of class 1, or a logit for each class. */
export type OutputKind = 'number' | 'binary' | 'classes';

/** A fully connected network. Layer l maps sizes[l] values to sizes[l + 1]. */
export interface Network {
  readonly sizes: readonly number[];
  readonly activation: Activation;
  readonly output: OutputKind;
  /** A layer: inputs x outputs, row-major. */
  readonly weights: readonly Float64Array[];
  readonly biases: readonly Float64Array[];
}

/** Uniform between the bounds of Glorot and Bengio (2010), biases too, as scikit-learn does. */
export function createNetwork(
  sizes: readonly number[],
  activation: Activation,
  output: OutputKind,
  random: Random,
): Network {
  const weights: Float64Array[] = [];
  const biases: Float64Array[] = [];
  for (let layer = 0; layer + 1 < sizes.length; layer++) {
    const inputs = sizes[layer]!;
    const outputs = sizes[layer + 1]!;
    const bound = Math.sqrt((activation === 'logistic' ? 2 : 6) / (inputs + outputs));
    const draw = () => bound * (2 * random.uniform() - 1);
    weights.push(Float64Array.from({ length: inputs * outputs }, draw));
    biases.push(Float64Array.from({ length: outputs }, draw));
  }
  return { sizes, activation, output, weights, biases };
}

export function copyNetwork(network: Network): Network {
  return {
    ...network,
    weights: network.weights.map((values) => values.slice()),
    biases: network.biases.map((values) => values.slice()),
  };
}
