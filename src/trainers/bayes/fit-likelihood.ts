import { boundedValue } from '../bounded-values.js';
import { LinearOutputs } from '../linear/linear-outputs.js';
import type { Matrix } from '../trainer.js';
import { binarize, type JointLikelihood } from './naive-bayes-model.js';

/** Rows of the classes that occur. */
export interface LabelledRows {
  readonly features: Matrix;
  /** 0 … classCount - 1 a row; every class occurs. */
  readonly labels: Int32Array;
  readonly classCount: number;
  /** A positive weight a row. */
  readonly weights: Float64Array;
}

/** Added to all variances where every column is constant. */
const LEAST_VARIANCE = 1e-9;

/** The smallest smoothing of counts, which keeps logarithms finite. */
const LEAST_ALPHA = 1e-10;

/** @param smoothing share of the largest variance of a column that is added to all variances. */
export function fitGaussian(rows: LabelledRows, smoothing: number): JointLikelihood {
  const { features, labels, classCount, weights } = rows;
  const { columns } = features;
  const totals = classTotals(rows);
  const means = new Float64Array(classCount * columns);
  const variances = new Float64Array(classCount * columns);
  for (let i = 0, at = 0; i < features.rows; i++) {
    const k = labels[i]!;
    const share = weights[i]! / totals[k]!;
    for (let c = 0; c < columns; c++, at++) means[k * columns + c]! += share * boundedValue(features.data[at]!);
  }
  for (let i = 0, at = 0; i < features.rows; i++) {
    const k = labels[i]!;
    const share = weights[i]! / totals[k]!;
    for (let c = 0; c < columns; c++, at++) {
      variances[k * columns + c]! += share * (boundedValue(features.data[at]!) - means[k * columns + c]!) ** 2;
    }
  }
  const added = smoothing * largestVariance(features);
  const least = added > 0 ? added : LEAST_VARIANCE;
  for (let v = 0; v < variances.length; v++) variances[v]! += least;
  return { kind: 'gaussian', means, variances, logPriors: logPriors(rows, true) };
}

/** Counts of features above the threshold. @param alpha added to every count. */
export function fitBernoulli(rows: LabelledRows, alpha: number, threshold: number, fitPrior: boolean): JointLikelihood {
  const { classCount, features } = rows;
  const { columns } = features;
  const smoothing = Math.max(alpha, LEAST_ALPHA);
  const counts = classSums(binarize(features, threshold), rows);
  const totals = classTotals(rows);
  const intercepts = logPriors(rows, fitPrior);
  const coefficients = new Float64Array(classCount * columns);
  for (let k = 0; k < classCount; k++) {
    const total = Math.log(totals[k]! + 2 * smoothing);
    for (let c = 0; c < columns; c++) {
      const count = counts[k * columns + c]!;
      const present = Math.log(count + smoothing) - total;
      const absent = Math.log(Math.max(totals[k]! - count, 0) + smoothing) - total;
      coefficients[k * columns + c] = present - absent;
      intercepts[k]! += absent;
    }
  }
  return { kind: 'bernoulli', functions: new LinearOutputs(coefficients, intercepts), threshold };
}

/** Sums of features, none negative. @param alpha added to every sum. */
export function fitMultinomial(rows: LabelledRows, alpha: number, fitPrior: boolean): JointLikelihood {
  const { classCount, features } = rows;
  const { columns } = features;
  const smoothing = Math.max(alpha, LEAST_ALPHA);
  const sums = classSums(features, rows);
  const coefficients = new Float64Array(classCount * columns);
  for (let k = 0; k < classCount; k++) {
    let total = 0;
    for (let c = 0; c < columns; c++) total += sums[k * columns + c]! + smoothing;
    for (let c = 0; c < columns; c++) {
      coefficients[k * columns + c] = Math.log(sums[k * columns + c]! + smoothing) - Math.log(total);
    }
  }
  const functions = new LinearOutputs(coefficients, logPriors(rows, fitPrior));
  return { kind: 'multinomial', functions, threshold: 0 };
}

function classTotals({ labels, classCount, weights }: LabelledRows): Float64Array {
  const totals = new Float64Array(classCount);
  for (let i = 0; i < labels.length; i++) totals[labels[i]!]! += weights[i]!;
  return totals;
}

/** Weighted sums of each column in each class: classes x columns. */
function classSums(features: Matrix, { labels, classCount, weights }: LabelledRows): Float64Array {
  const { data, rows, columns } = features;
  const sums = new Float64Array(classCount * columns);
  for (let i = 0, at = 0; i < rows; i++) {
    const offset = labels[i]! * columns;
    for (let c = 0; c < columns; c++, at++) sums[offset + c]! += weights[i]! * boundedValue(data[at]!);
  }
  return sums;
}

/** Logarithms of the classes' shares of the weight, or of equal shares. */
function logPriors(rows: LabelledRows, fitted: boolean): Float64Array {
  const totals = classTotals(rows);
  const all = totals.reduce((sum, total) => sum + total, 0);
  return totals.map((total) => (fitted ? Math.log(total / all) : -Math.log(totals.length)));
}

function largestVariance({ data, rows, columns }: Matrix): number {
  const means = new Float64Array(columns);
  const variances = new Float64Array(columns);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let c = 0; c < columns; c++, at++) means[c]! += boundedValue(data[at]!) / rows;
  }
  for (let i = 0, at = 0; i < rows; i++) {
    for (let c = 0; c < columns; c++, at++) variances[c]! += (boundedValue(data[at]!) - means[c]!) ** 2 / rows;
  }
  return variances.reduce((largest, variance) => Math.max(largest, variance), 0);
}
