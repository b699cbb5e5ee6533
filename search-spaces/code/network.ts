import type { FittedModel, Matrix, TrainerModule } from 'concurrent-ml';

interface Parameters {
  readonly hidden: number;
  readonly learning_rate: number;
  readonly momentum: number;
  readonly batch: number;
  readonly epochs: number;
}

/** One hidden layer of rectified units and a softmax, trained by stochastic gradient descent with momentum. */
export const fit: TrainerModule<Parameters>['fit'] = (train, params, context): FittedModel => {
  const { features, target } = train;
  const classes = train.classes!.length;
  const random = randomFrom(context.seed);
  const first = new Layer(features.columns, params.hidden, random);
  const second = new Layer(params.hidden, classes, random);
  const hidden = new Float64Array(params.hidden);
  const output = new Float64Array(classes);
  const hiddenError = new Float64Array(params.hidden);

  const forward = (data: Float64Array, row: number): void => {
    first.forward(data, row * features.columns, hidden);
    for (let unit = 0; unit < hidden.length; unit++) if (hidden[unit]! < 0) hidden[unit] = 0;
    second.forward(hidden, 0, output);
    softmax(output);
  };

  const order = Int32Array.from({ length: features.rows }, (_, row) => row);
  for (let epoch = 1; epoch <= params.epochs && !context.signal.aborted; epoch++) {
    shuffle(order, random);
    let right = 0;
    for (let start = 0; start < order.length; start += params.batch) {
      const rows = order.subarray(start, start + params.batch);
      for (const row of rows) {
        forward(features.data, row);
        if (highest(output) === target[row]) right++;
        output[target[row]!]! -= 1;
        second.backward(hidden, 0, output, hiddenError);
        for (let unit = 0; unit < hidden.length; unit++) if (hidden[unit] === 0) hiddenError[unit] = 0;
        first.backward(features.data, row * features.columns, hiddenError);
      }
      first.step(params.learning_rate / rows.length, params.momentum);
      second.step(params.learning_rate / rows.length, params.momentum);
    }
    context.report(epoch, right / order.length);
  }

  const probabilities = ({ data, rows }: Matrix): Float64Array => {
    const result = new Float64Array(rows * classes);
    for (let row = 0; row < rows; row++) {
      forward(data, row);
      result.set(output, row * classes);
    }
    return result;
  };
  return {
    predictProba: probabilities,
    predict: (rows) => {
      const given = probabilities(rows);
      return Array.from({ length: rows.rows }, (_, row) => highest(given.subarray(row * classes, (row + 1) * classes)));
    },
  };
};

/** Weights of one layer, the bias last in each row of inputs. */
class Layer {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: Float64Array;
  readonly gradient: Float64Array;
  readonly velocity: Float64Array;

  constructor(inputs: number, outputs: number, random: () => number) {
    this.inputs = inputs;
    this.outputs = outputs;
    const size = (inputs + 1) * outputs;
    const bound = Math.sqrt(6 / (inputs + outputs));
    this.weights = Float64Array.from({ length: size }, () => (2 * random() - 1) * bound);
    this.gradient = new Float64Array(size);
    this.velocity = new Float64Array(size);
  }

  forward(data: Float64Array, offset: number, result: Float64Array): void {
    const { inputs, outputs, weights } = this;
    for (let unit = 0; unit < outputs; unit++) result[unit] = weights[inputs * outputs + unit]!;
    for (let input = 0; input < inputs; input++) {
      const value = data[offset + input]!;
      if (value === 0) continue;
      for (let unit = 0; unit < outputs; unit++) result[unit]! += value * weights[input * outputs + unit]!;
    }
  }

  /** Adds to the gradient. @param back receives the error of the inputs. */
  backward(data: Float64Array, offset: number, error: Float64Array, back?: Float64Array): void {
    const { inputs, outputs, weights, gradient } = this;
    for (let unit = 0; unit < outputs; unit++) gradient[inputs * outputs + unit]! += error[unit]!;
    for (let input = 0; input < inputs; input++) {
      const value = data[offset + input]!;
      let sum = 0;
      for (let unit = 0; unit < outputs; unit++) {
        gradient[input * outputs + unit]! += value * error[unit]!;
        sum += weights[input * outputs + unit]! * error[unit]!;
      }
      if (back !== undefined) back[input] = sum;
    }
  }

  step(rate: number, momentum: number): void {
    const { weights, gradient, velocity } = this;
    for (let at = 0; at < weights.length; at++) {
      velocity[at] = momentum * velocity[at]! - rate * gradient[at]!;
      weights[at]! += velocity[at]!;
    }
    gradient.fill(0);
  }
}

function softmax(values: Float64Array): void {
  const most = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  let sum = 0;
  for (let at = 0; at < values.length; at++) {
    values[at] = Math.exp(values[at]! - most);
    sum += values[at]!;
  }
  for (let at = 0; at < values.length; at++) values[at]! /= sum;
}

function highest(values: Float64Array): number {
  return values.indexOf(values.reduce((a, b) => Math.max(a, b)));
}

function shuffle(order: Int32Array, random: () => number): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
