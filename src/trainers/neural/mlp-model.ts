import type { SavedFields } from '../saved-model.js';
import type { Matrix, Model } from '../trainer.js';
import { ACTIVATIONS } from './activation.js';
import { createLayerValues, forward } from './forward.js';
import type { Network } from './network.js';
import { predictedClass } from './train-network.js';

const OUTPUT_KINDS = ['number', 'binary', 'classes'] as const;
const BATCH_ROWS = 256;

/** Inputs beyond it are taken as it, so that sums stay finite. */
const INPUT_LIMIT = 1e15;

export function boundedInputs(features: Matrix): Matrix {
  return { ...features, data: features.data.map((value) => Math.min(INPUT_LIMIT, Math.max(-INPUT_LIMIT, value))) };
}

function networkOutputs(network: Network, features: Matrix): Float64Array {
  const { columns, rows } = features;
  const { data } = boundedInputs(features);
  const outputs = network.sizes.at(-1)!;
  const values = createLayerValues(network, Math.min(rows, BATCH_ROWS));
  const result = new Float64Array(rows * outputs);
  for (let from = 0; from < rows; from += BATCH_ROWS) {
    const count = Math.min(BATCH_ROWS, rows - from);
    values[0]!.set(data.subarray(from * columns, (from + count) * columns));
    forward(network, values, count);
    result.set(values.at(-1)!.subarray(0, count * outputs), from * outputs);
  }
  return result;
}

/** A network whose output, times the target's spread plus its mean, is the prediction. */
export class MlpRegressor implements Model {
  private readonly network: Network;
  private readonly mean: number;
  private readonly spread: number;

  constructor(network: Network, mean: number, spread: number) {
    this.network = network;
    this.mean = mean;
    this.spread = spread;
  }

  predict(features: Matrix): Float64Array {
    return networkOutputs(this.network, features).map((value) => this.mean + this.spread * value);
  }

  toJSON(): unknown {
    const { mean, spread } = this;
    return { trainer: 'mlp', version: 1, task: 'regression', mean, spread, network: networkToJson(this.network) };
  }

  static load(saved: SavedFields): MlpRegressor {
    return new MlpRegressor(loadNetwork(saved.object('network')), saved.number('mean'), saved.number('spread'));
  }
}

/** A network over the classes that occurred. */
export class MlpClassifier implements Model {
  private readonly network: Network;
  /** The classes that occurred, ascending, among classCount. */
  private readonly present: Int32Array;
  private readonly classCount: number;

  constructor(network: Network, present: Int32Array, classCount: number) {
    this.network = network;
    this.present = present;
    this.classCount = classCount;
  }

  predict(features: Matrix): Float64Array {
    const { present, network } = this;
    if (present.length === 1) return new Float64Array(features.rows).fill(present[0]!);
    const outputs = networkOutputs(network, features);
    const width = network.sizes.at(-1)!;
    return Float64Array.from({ length: features.rows }, (_, row) => present[predictedClass(outputs, row, width)]!);
  }

  predictProba(features: Matrix): Float64Array {
    const { present, classCount } = this;
    const probabilities = new Float64Array(features.rows * classCount);
    const outputs = present.length === 1 ? undefined : networkOutputs(this.network, features);
    for (let row = 0; row < features.rows; row++) {
      const from = row * classCount;
      if (outputs === undefined) {
        probabilities[from + present[0]!] = 1;
      } else if (present.length === 2) {
        probabilities[from + present[0]!] = 1 - outputs[row]!;
        probabilities[from + present[1]!] = outputs[row]!;
      } else {
        for (let k = 0; k < present.length; k++) {
          probabilities[from + present[k]!] = outputs[row * present.length + k]!;
        }
      }
    }
    return probabilities;
  }

  toJSON(): unknown {
    return {
      trainer: 'mlp',
      version: 1,
      task: 'classification',
      classCount: this.classCount,
      present: Array.from(this.present),
      network: networkToJson(this.network),
    };
  }

  static load(saved: SavedFields): MlpClassifier {
    const present = Int32Array.from(saved.numbers('present'));
    return new MlpClassifier(loadNetwork(saved.object('network')), present, saved.count('classCount'));
  }
}

function networkToJson(network: Network): unknown {
  return {
    sizes: network.sizes,
    activation: network.activation,
    output: network.output,
    layers: network.weights.map((weights, layer) => ({
      weights: Array.from(weights),
      biases: Array.from(network.biases[layer]!),
    })),
  };
}

function loadNetwork(saved: SavedFields): Network {
  const sizes = Array.from(saved.numbers('sizes'));
  const layers = saved.objects('layers');
  return {
    sizes,
    activation: saved.oneOf('activation', ACTIVATIONS),
    output: saved.oneOf('output', OUTPUT_KINDS),
    weights: layers.map((layer, l) => layer.numbers('weights', sizes[l]! * sizes[l + 1]!)),
    biases: layers.map((layer, l) => layer.numbers('biases', sizes[l + 1])),
  };
}
