import type { Objective } from '../../optimization/l-bfgs.js';
import { createLogisticProducts } from './logistic-products.js';
import { exponentiate, highestOf } from './softmax.js';

/** A classification problem over standardised columns. */
export interface LogisticProblem {
  /** rows x columns, row-major. */
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;
  /** 0 … outputs - 1 a row; with one output 1 is the positive class. */
  readonly labels: Int32Array;
  readonly outputs: number;
  /** Length rows; undefined is all 1. */
  readonly weights: Float64Array | undefined;
  /** Half of it times the squared coefficient is added to the loss; one a column. */
  readonly penalty: Float64Array;
}

/**
 * Penalised negative log-likelihood, summed over rows: softmax with `outputs` classes, or the logistic form with one
 * output. The unknowns are outputs x columns coefficients, row-major, then one intercept an output, unpenalised.
 */
export function logisticObjective(problem: LogisticProblem): Objective {
  const { columns, outputs } = problem;
  const products = createLogisticProducts(problem.data, problem);
  const { scores, stride } = products;
  return (v, gradient) => {
    products.setScores(v);
    let loss = outputs === 1 ? binaryResiduals(problem, scores) : softmaxResiduals(problem, scores, stride);
    gradient.fill(0);
    products.addGradient(gradient);
    for (let k = 0, at = 0; k < outputs; k++) {
      for (let j = 0; j < columns; j++, at++) {
        const pull = problem.penalty[j]! * v[at]!;
        loss += 0.5 * pull * v[at]!;
        gradient[at]! += pull;
      }
    }
    return loss;
  };
}

/** Replaces each score s by the derivative of its loss, w (sigmoid(s) - y). @returns the summed loss. */
function binaryResiduals(problem: LogisticProblem, scores: Float64Array): number {
  const { labels, weights } = problem;
  let loss = 0;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    const weight = weights === undefined ? 1 : weights[i]!;
    const small = Math.exp(-Math.abs(score));
    const positive = score >= 0 ? 1 / (1 + small) : small / (1 + small);
    const label = labels[i]!;
    // log(1 + e^s) - y s, without overflow.
    loss += weight * (Math.log1p(small) + Math.max(score, 0) - label * score);
    scores[i] = weight * (positive - label);
  }
  return loss;
}

/** Replaces each row of scores by w (softmax(s) - onehot(y)). @returns the summed loss. */
function softmaxResiduals(problem: LogisticProblem, scores: Float64Array, stride: number): number {
  const { labels, weights, rows, outputs } = problem;
  let loss = 0;
  for (let i = 0, from = 0; i < rows; i++, from += stride) {
    const weight = weights === undefined ? 1 : weights[i]!;
    const actual = from + labels[i]!;
    const to = from + outputs;
    const highest = highestOf(scores, from, to);
    const actualScore = scores[actual]! - highest;
    const sum = exponentiate(scores, from, to, highest);
    loss += weight * (Math.log(sum) - actualScore);
    const factor = weight / sum;
    for (let k = from; k < to; k++) scores[k]! *= factor;
    scores[actual]! -= weight;
  }
  return loss;
}
