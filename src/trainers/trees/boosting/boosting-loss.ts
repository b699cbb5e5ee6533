import type { HessianRule } from './gradient-histogram.js';
import type { RawValues } from './raw-values.js';
import type { RowTargets } from './row-targets.js';

/** A loss with a link: the model adds up raw values, one an output and row, and the link makes predictions of them. */
export interface BoostingLoss {
  /** Trees an iteration: the number of classes where there are more than two, else 1. */
  readonly outputs: number;
  /** Length outputs: the constant raw values that fit best. */
  start(target: RowTargets, weights: Float64Array | undefined, rows: number): Float64Array;
  /** Called once an iteration, before `derive`. */
  prepare(raw: RawValues): void;
  /** What the second derivatives of unweighted rows follow from; where it is absent, `derive` says them. */
  readonly hessian?: HessianRule;
  /**
   * First derivatives of one output's loss for the first `count` rows, unweighted.
   * @param stride that of row i is put at i x stride; a second derivative that no rule gives, behind it.
   */
  derive(
    output: number,
    raw: RawValues,
    target: RowTargets,
    count: number,
    derivatives: Float32Array,
    stride: number,
  ): void;
  /** Losses of the rows from `first` on, unweighted. @param losses length rows - first. */
  lose(raw: RawValues, target: RowTargets, first: number, losses: Float64Array): void;
  /** Where the second derivative says nothing: the quantile of the residuals that a leaf gets instead of a step. */
  readonly leafQuantile?: number;
  /** In place: raw values of one row, row-major, to a number or to class probabilities. */
  link(outputs: Float64Array, offset: number): void;
}

/** exp() of more than this would leave the finite numbers; so would sums of such terms. */
const GREATEST_EXPONENT = 500;
const CONSTANT_HESSIAN: HessianRule = { constant: 1, curvature: 0 };
/** p (1 - p); those of certain predictions are kept above 0. */
const PROBABILITY_HESSIAN: HessianRule = { constant: 1e-16, curvature: 1 };
/** Keeps the logarithm of a mean finite. */
const LEAST_MEAN = 1e-12;

export function squaredError(): BoostingLoss {
  return {
    outputs: 1,
    start: (target, weights, rows) => Float64Array.of(weightedMean((i) => target.number(i), weights, rows)),
    prepare() {},
    hessian: CONSTANT_HESSIAN,
    derive(_output, raw, target, count, derivatives, stride) {
      for (let i = 0; i < count; i++) derivatives[i * stride] = raw.value(i) - target.number(i);
    },
    lose(raw, target, first, losses) {
      for (let i = 0; i < losses.length; i++) losses[i] = (raw.value(first + i) - target.number(first + i)) ** 2 / 2;
    },
    link() {},
  };
}

/** Pinball loss; at one half it is half the absolute error. */
export function quantileLoss(quantile: number): BoostingLoss {
  return {
    outputs: 1,
    start: (target, weights, rows) => {
      const values = new Float64Array(rows);
      for (let i = 0; i < rows; i++) values[i] = target.number(i);
      return Float64Array.of(weightedQuantile(values, weights?.slice(0, rows), quantile));
    },
    prepare() {},
    hessian: CONSTANT_HESSIAN,
    derive(_output, raw, target, count, derivatives, stride) {
      for (let i = 0; i < count; i++) {
        derivatives[i * stride] = target.number(i) >= raw.value(i) ? -quantile : 1 - quantile;
      }
    },
    lose(raw, target, first, losses) {
      for (let i = 0; i < losses.length; i++) {
        const residual = target.number(first + i) - raw.value(first + i);
        losses[i] = residual >= 0 ? quantile * residual : (quantile - 1) * residual;
      }
    },
    leafQuantile: quantile,
    link() {},
  };
}

/** Half the Poisson deviance with a log link. */
export function poissonLoss(): BoostingLoss {
  return {
    outputs: 1,
    start(target, weights, rows) {
      // Rows set aside may be all that are not 0.
      const mean = weightedMean((i) => target.number(i), weights, rows);
      return Float64Array.of(Math.log(Math.max(LEAST_MEAN, mean)));
    },
    prepare() {},
    derive(_output, raw, target, count, derivatives, stride) {
      for (let i = 0; i < count; i++) {
        const mean = boundedExponential(raw.value(i));
        derivatives[i * stride] = mean - target.number(i);
        derivatives[i * stride + 1] = mean;
      }
    },
    lose(raw, target, first, losses) {
      for (let i = 0; i < losses.length; i++) {
        const value = raw.value(first + i);
        losses[i] = boundedExponential(value) - target.number(first + i) * value;
      }
    },
    link(outputs, offset) {
      outputs[offset] = boundedExponential(outputs[offset]!);
    },
  };
}

/** Log loss of two classes; the raw value is the log-odds of class 1. */
export function binaryLogLoss(): BoostingLoss {
  return {
    outputs: 1,
    start(target, weights, rows) {
      const share = Math.min(
        1 - LEAST_MEAN,
        Math.max(
          LEAST_MEAN,
          weightedMean((i) => target.output(i), weights, rows),
        ),
      );
      return Float64Array.of(Math.log(share / (1 - share)));
    },
    prepare() {},
    hessian: PROBABILITY_HESSIAN,
    derive(_output, raw, target, count, derivatives, stride) {
      for (let i = 0; i < count; i++) derivatives[i * stride] = sigmoid(raw.value(i)) - target.output(i);
    },
    lose(raw, target, first, losses) {
      for (let i = 0; i < losses.length; i++) {
        const value = raw.value(first + i);
        const positive = value > 0 ? value + Math.log1p(Math.exp(-value)) : Math.log1p(Math.exp(value));
        losses[i] = positive - target.output(first + i) * value;
      }
    },
    link(outputs, offset) {
      const probability = sigmoid(outputs[offset]!);
      outputs[offset] = 1 - probability;
      outputs[offset + 1] = probability;
    },
  };
}

/** Log loss of more than two classes; the raw values are log-probabilities up to a constant a row. */
export function multiclassLogLoss(classCount: number): BoostingLoss {
  let probabilities = new Float32Array(0);
  return {
    outputs: classCount,
    start(target, weights, rows) {
      const shares = new Float64Array(classCount);
      let total = 0;
      for (let i = 0; i < rows; i++) {
        shares[target.output(i)]! += weights?.[i] ?? 1;
        total += weights?.[i] ?? 1;
      }
      return shares.map((share) => Math.log(Math.max(LEAST_MEAN, share / total)));
    },
    prepare(raw) {
      const { rows } = raw;
      if (probabilities.length !== rows * classCount) probabilities = new Float32Array(rows * classCount);
      for (let i = 0; i < rows; i++) {
        let greatest = -Infinity;
        for (let k = 0; k < classCount; k++) greatest = Math.max(greatest, raw.value(i, k));
        let total = 0;
        for (let k = 0; k < classCount; k++) {
          const value = Math.exp(raw.value(i, k) - greatest);
          probabilities[k * rows + i] = value;
          total += value;
        }
        for (let k = 0; k < classCount; k++) probabilities[k * rows + i]! /= total;
      }
    },
    hessian: PROBABILITY_HESSIAN,
    derive(output, raw, target, count, derivatives, stride) {
      const start = output * raw.rows;
      for (let i = 0; i < count; i++) {
        const probability = probabilities[start + i]!;
        derivatives[i * stride] = target.output(i) === output ? probability - 1 : probability;
      }
    },
    lose(raw, target, first, losses) {
      for (let i = 0; i < losses.length; i++) {
        const row = first + i;
        let greatest = -Infinity;
        for (let k = 0; k < classCount; k++) greatest = Math.max(greatest, raw.value(row, k));
        let total = 0;
        for (let k = 0; k < classCount; k++) total += Math.exp(raw.value(row, k) - greatest);
        losses[i] = greatest + Math.log(total) - raw.value(row, target.output(row));
      }
    },
    link(outputs, offset) {
      let greatest = -Infinity;
      for (let k = 0; k < classCount; k++) greatest = Math.max(greatest, outputs[offset + k]!);
      let total = 0;
      for (let k = 0; k < classCount; k++) {
        outputs[offset + k] = Math.exp(outputs[offset + k]! - greatest);
        total += outputs[offset + k]!;
      }
      for (let k = 0; k < classCount; k++) outputs[offset + k]! /= total;
    },
  };
}

/**
 * The least value at which the weights at or below reach the quantile; without weights as numpy interpolates.
 * @param values sorted in place. @param weights of the same length.
 */
export function weightedQuantile(values: Float64Array, weights: Float64Array | undefined, quantile: number): number {
  if (weights === undefined) {
    values.sort();
    const place = quantile * (values.length - 1);
    const below = Math.floor(place);
    const above = Math.min(below + 1, values.length - 1);
    return values[below]! + (values[above]! - values[below]!) * (place - below);
  }
  const order = Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i]!;
  let sum = 0;
  for (const index of order) {
    sum += weights[index]!;
    if (sum >= quantile * total) return values[index]!;
  }
  return values[order.at(-1)!]!;
}

function weightedMean(target: (position: number) => number, weights: Float64Array | undefined, rows: number): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < rows; i++) {
    const weight = weights?.[i] ?? 1;
    sum += weight * target(i);
    total += weight;
  }
  return sum / total;
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

function boundedExponential(value: number): number {
  return Math.exp(Math.min(GREATEST_EXPONENT, value));
}
