import { Random } from '../random.js';
import { anyOf, integerFrom, numberWhere, oneOf } from './accepts.js';
import { classWeights, mostLikelyClasses } from './class-probabilities.js';
import { type SvmMachine, trainSvmMachine } from './ml-svm-machine.js';
import { refuseMissing } from './refuse-missing.js';
import type { Matrix, Model, Trainer } from './trainer.js';

/** Columns in which the training rows differ by a finite amount: the package divides by that difference. */
function varyingColumns(features: Matrix): Int32Array {
  const { data, rows, columns } = features;
  const all = Int32Array.from({ length: columns }, (_, j) => j);
  return all.filter((j) => {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = 0, at = j; i < rows; i++, at += columns) {
      low = Math.min(low, data[at]!);
      high = Math.max(high, data[at]!);
    }
    return high > low && Number.isFinite(high - low);
  });
}

function toArrays(features: Matrix, used: Int32Array): number[][] {
  const { data, rows, columns } = features;
  return Array.from({ length: rows }, (_, i) => Array.from(used, (j) => data[i * columns + j]!));
}

/** Plain parts of a one-vs-rest classifier. */
interface MlSvmState {
  /** One for two classes present (positive: the second), one a class for more, none for a single class. */
  readonly machines: readonly SvmMachine[];
  /** Index of each class that the training rows had. */
  readonly present: Int32Array;
  readonly classes: number;
  readonly used: Int32Array;
  readonly columns: readonly string[];
}

function mlSvmModel(state: MlSvmState): Model {
  const { machines, present, classes, used, columns } = state;
  /** Rows x classes: higher is likelier. A class that the training rows lacked is never the highest. */
  const decisionsOf = (features: Matrix): Float64Array => {
    refuseMissing('ml-svm', features, columns);
    const decisions = new Float64Array(features.rows * classes).fill(Number.NEGATIVE_INFINITY);
    const rows = machines.length === 0 ? [] : toArrays(features, used);
    for (let i = 0; i < features.rows; i++) {
      const offset = i * classes;
      if (machines.length === 0) {
        decisions[offset + present[0]!] = 0;
      } else if (machines.length === 1) {
        const margin = machines[0]!.margin(rows[i]!);
        decisions[offset + present[0]!] = -margin;
        decisions[offset + present[1]!] = margin;
      } else {
        for (let k = 0; k < machines.length; k++) decisions[offset + present[k]!] = machines[k]!.margin(rows[i]!);
      }
    }
    return decisions;
  };
  const predict: Model['predict'] = (features) => mostLikelyClasses(decisionsOf(features), features.rows, classes);
  if (classes !== 2) return { predict };
  return {
    predict,
    decision(features) {
      if (present.length < 2) return new Float64Array(features.rows).fill(present[0] === 1 ? 1 : -1);
      const decisions = decisionsOf(features);
      return Float64Array.from({ length: features.rows }, (_, i) => decisions[i * 2 + 1]!);
    },
  };
}

const positive = numberWhere((value) => value > 0);
const nullOrNumber = anyOf(
  oneOf(null),
  numberWhere(() => true),
);

/**
 * The package ml-svm 2 (simplified sequential minimal optimisation) under its own option names and defaults; those of
 * `kernelOptions` stand beside the others, null leaving a kernel its own default. What is put right here: several
 * classes by one against the rest, the bound of the multipliers, constant columns, its polynomial and sigmoid kernels,
 * and randomness that follows the seed. It has decision values and no probabilities.
 */
export const mlSvmTrainer: Trainer = {
  name: 'ml-svm',
  summary: 'the support vector machine of the package ml-svm, one against the rest; slow',
  tasks: ['classification'],
  parameters: [
    {
      name: 'C',
      rule: 'a number > 0',
      summary: 'bound of the multipliers: the larger, the fewer errors on the training rows',
      default: 1,
      accepts: positive,
      search: { min: 0.1, max: 1000, log: true },
    },
    {
      name: 'kernel',
      rule: 'one of linear, rbf, gaussian, poly, polynomial, sigmoid, mlp, anova, cauchy, exponential, laplacian, rational, multiquadratic, histogram, min',
      summary: 'the kernel; rbf is gaussian, poly polynomial, mlp sigmoid, min histogram',
      default: 'linear',
      accepts: oneOf(
        ...['linear', 'rbf', 'gaussian', 'poly', 'polynomial', 'sigmoid', 'mlp', 'anova', 'cauchy', 'exponential'],
        ...['laplacian', 'rational', 'multiquadratic', 'histogram', 'min'],
      ),
      search: { values: ['linear', 'rbf'] },
    },
    {
      name: 'sigma',
      rule: 'null or a number > 0',
      summary: 'width of the kernels rbf, anova, cauchy, exponential and laplacian; null is 1',
      default: null,
      accepts: anyOf(oneOf(null), positive),
      search: { min: 0.1, max: 10, log: true },
      when: "kernel == 'rbf'",
    },
    {
      name: 'degree',
      rule: 'null or a whole number >= 1',
      summary: 'degree of the kernels poly and anova; null is 1',
      default: null,
      accepts: anyOf(oneOf(null), integerFrom(1)),
    },
    {
      name: 'constant',
      rule: 'null or a number',
      summary: 'what the kernels poly, sigmoid, rational and multiquadratic add; null is 1 (sigmoid: -e)',
      default: null,
      accepts: nullOrNumber,
    },
    {
      name: 'scale',
      rule: 'null or a number',
      summary: 'factor of the product in the kernel poly; null is 1',
      default: null,
      accepts: nullOrNumber,
    },
    {
      name: 'alpha',
      rule: 'null or a number',
      summary: 'factor of the product in the kernel sigmoid; null is 0.01',
      default: null,
      accepts: nullOrNumber,
    },
    {
      name: 'tol',
      rule: 'a number > 0',
      summary: 'tolerance of the optimality conditions',
      default: 1e-4,
      accepts: positive,
    },
    {
      name: 'maxPasses',
      rule: 'a whole number >= 1',
      summary: 'passes over the rows without a change after which it has converged',
      default: 10,
      accepts: integerFrom(1),
    },
    {
      name: 'maxIterations',
      rule: 'a whole number >= 2',
      summary: 'most passes over the rows; reaching it fails the trial',
      default: 10000,
      accepts: integerFrom(2),
    },
    {
      name: 'alphaTol',
      rule: 'a number >= 0',
      summary: 'rows with a larger multiplier are support vectors',
      default: 1e-6,
      accepts: numberWhere((value) => value >= 0),
    },
    {
      name: 'whitening',
      rule: 'true or false',
      summary: 'whether columns are mapped to 0 … 1 first',
      default: true,
      accepts: oneOf(true, false),
    },
  ],
  knownGood: { C: 10, kernel: 'rbf', sigma: 1 },
  gives: 'decision',
  acceptsWeights: false,
  suggested: false,
  async fit(train, params, context) {
    const { features, target, columns } = train;
    refuseMissing('ml-svm', features, columns);
    const classes = train.classes!.length;
    const all = Int32Array.from({ length: features.columns }, (_, j) => j);
    const used = params.whitening === true ? varyingColumns(features) : all;
    const rows = toArrays(features, used);
    // Without a column that tells rows apart, the most frequent class is all there is to say.
    const frequent = () => mostLikelyClasses(classWeights(target, classes), 1, classes);
    const present = used.length === 0 ? Int32Array.from(frequent()) : Int32Array.from(new Set(target)).sort();
    const positives = present.length > 2 ? present : present.slice(1);
    const machines: SvmMachine[] = [];
    for (const label of positives) {
      const signs = Array.from(target, (value) => (value === label ? 1 : -1));
      const random = new Random(context.seed, 'ml-svm', label);
      machines.push(await trainSvmMachine(rows, signs, params, () => random.uniform()));
    }
    return mlSvmModel({ machines, present, classes, used, columns });
  },
};
