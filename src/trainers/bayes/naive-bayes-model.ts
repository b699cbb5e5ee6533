import { boundedValue } from '../bounded-values.js';
import { mostLikelyClasses } from '../class-probabilities.js';
import { LinearOutputs } from '../linear/linear-outputs.js';
import type { SavedFields } from '../saved-model.js';
import type { Matrix, Model } from '../trainer.js';
import { KINDS } from './naive-bayes-kind.js';

/** What gives log P(features, class), up to what all classes share. */
export type JointLikelihood =
  | {
      readonly kind: 'gaussian';
      /** Classes x columns, row-major; variances > 0. */
      readonly means: Float64Array;
      readonly variances: Float64Array;
      readonly logPriors: Float64Array;
    }
  | {
      readonly kind: 'bernoulli' | 'multinomial';
      /** Both are linear in the features; bernoulli in 1 for those above the threshold and 0 for the rest. */
      readonly functions: LinearOutputs;
      readonly threshold: number;
    };

/** The class with the highest joint likelihood. */
export class NaiveBayesModel implements Model {
  private readonly likelihood: JointLikelihood;
  /** The classes that occurred, ascending, among classCount. */
  private readonly present: Int32Array;
  private readonly classCount: number;

  constructor(likelihood: JointLikelihood, present: Int32Array, classCount: number) {
    this.likelihood = likelihood;
    this.present = present;
    this.classCount = classCount;
  }

  predict(features: Matrix): Float64Array {
    const best = mostLikelyClasses(this.joint(features), features.rows, this.present.length);
    return best.map((k) => this.present[k]!);
  }

  predictProba(features: Matrix): Float64Array {
    const { present, classCount } = this;
    const joint = this.joint(features);
    const width = present.length;
    const probabilities = new Float64Array(features.rows * classCount);
    for (let row = 0; row < features.rows; row++) {
      const own = joint.subarray(row * width, (row + 1) * width);
      let highest = Number.NEGATIVE_INFINITY;
      for (const value of own) if (value > highest) highest = value;
      let sum = 0;
      for (const value of own) sum += Math.exp(value - highest);
      for (let k = 0; k < width; k++) probabilities[row * classCount + present[k]!] = Math.exp(own[k]! - highest) / sum;
    }
    return probabilities;
  }

  toJSON(): unknown {
    const { likelihood } = this;
    return {
      trainer: 'naive-bayes',
      version: 1,
      classCount: this.classCount,
      present: Array.from(this.present),
      kind: likelihood.kind,
      ...(likelihood.kind === 'gaussian'
        ? {
            means: Array.from(likelihood.means),
            variances: Array.from(likelihood.variances),
            logPriors: Array.from(likelihood.logPriors),
          }
        : { functions: likelihood.functions.toJSON(), threshold: likelihood.threshold }),
    };
  }

  static load(saved: SavedFields): NaiveBayesModel {
    const kind = saved.oneOf('kind', KINDS);
    const likelihood: JointLikelihood =
      kind === 'gaussian'
        ? {
            kind,
            means: saved.numbers('means'),
            variances: saved.numbers('variances'),
            logPriors: saved.numbers('logPriors'),
          }
        : { kind, functions: LinearOutputs.load(saved.object('functions')), threshold: saved.number('threshold') };
    return new NaiveBayesModel(likelihood, Int32Array.from(saved.numbers('present')), saved.count('classCount'));
  }

  /** @returns rows x classes that occurred. */
  private joint(features: Matrix): Float64Array {
    const { likelihood } = this;
    if (likelihood.kind === 'gaussian') return gaussianJoint(features, likelihood);
    if (likelihood.kind === 'multinomial') return likelihood.functions.evaluate(features);
    return likelihood.functions.evaluate(binarize(features, likelihood.threshold));
  }
}

export function binarize(features: Matrix, threshold: number): Matrix {
  return { ...features, data: features.data.map((value) => (value > threshold ? 1 : 0)) };
}

function gaussianJoint(features: Matrix, likelihood: Extract<JointLikelihood, { kind: 'gaussian' }>): Float64Array {
  const { data, rows, columns } = features;
  const { means, variances, logPriors } = likelihood;
  const classes = logPriors.length;
  const constants = logPriors.map((prior, k) => {
    let sum = prior;
    for (let c = 0; c < columns; c++) sum -= 0.5 * Math.log(2 * Math.PI * variances[k * columns + c]!);
    return sum;
  });
  const joint = new Float64Array(rows * classes);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let k = 0; k < classes; k++, at++) {
      let sum = 0;
      for (let c = 0; c < columns; c++) {
        const deviation = boundedValue(data[row * columns + c]!) - means[k * columns + c]!;
        sum += (deviation * deviation) / variances[k * columns + c]!;
      }
      joint[at] = constants[k]! - 0.5 * sum;
    }
  }
  return joint;
}
