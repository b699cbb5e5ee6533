import type { Objective } from '../../optimization/l-bfgs.js';
import type { LogisticProducts, ReplaceScores } from './logistic-products.js';
import { exponentiate, highestOf } from './softmax.js';

/** Factors up to 2 before the logarithm of their product is taken. */
const FACTORS = 512;

/** A classification problem over standardised columns. */
export interface LogisticProblem {
  /** Over the standardised rows. */
  readonly products: LogisticProducts;
  readonly rows: number;
  readonly columns: number;
  /** 0 … outputs - 1 a row; with one output 1 is the positive class. */
  readonly labels: Int32Array;
  readonly outputs: number;
  /** Length rows; undefined is all 1. */
  readonly weights: Float64Array | undefined;
  /** Of each row in the total weight. */
  readonly shares: Float64Array;
  /** Half of it times the squared coefficient is added to the loss; one a column. */
  readonly penalty: Float64Array;
}

/**
 * Penalised negative log-likelihood, summed over rows: softmax with `outputs` classes, or the logistic form with one
 * output. The unknowns are outputs x columns coefficients, row-major, then one intercept an output, unpenalised.
 */
export function logisticObjective(problem: LogisticProblem): Objective {
  const { products, columns, outputs, penalty } = problem;
  let loss = 0;
  const replaceScores: ReplaceScores =
    outputs === 1
      ? (from, to) => {
          loss = addBinaryLoss(problem, from, to, loss);
        }
      : (from, to) => {
          loss = addSoftmaxLoss(problem, from, to, loss);
        };
  return (v, gradient) => {
    loss = 0;
    products.differentiate(v, gradient, replaceScores);
    for (let k = 0, at = 0; k < outputs; k++) {
      for (let j = 0; j < columns; j++, at++) {
        const pull = penalty[j]! * v[at]!;
        loss += 0.5 * pull * v[at]!;
        gradient[at]! += pull;
      }
    }
    return loss;
  };
}

/** Replaces each score s by the derivative of its loss, w (sigmoid(s) - y). @returns the loss so far plus theirs. */
function addBinaryLoss(problem: LogisticProblem, from: number, to: number, lossSoFar: number): number {
  const { labels, weights } = problem;
  const { scores, exponentials, sigmoids } = problem.products;
  let loss = lossSoFar;
  // The logarithm of a product is cheaper than a sum of logarithms; it stays far from overflow.
  let product = 1;
  for (let row = from, i = 0; row < to; row++, i++) {
    const score = scores[i]!;
    const small = exponentials[i]!;
    const label = labels[row]!;
    const slope = sigmoids[i]! - label;
    // log(1 + e^s) - y s is log(1 + e^-|s|) + max(s, 0) - y s, which does not overflow; no branch to guess wrongly.
    const bend = 0.5 * (score + Math.abs(score)) - label * score;
    if (weights === undefined) {
      product *= 1 + small;
      if (i % FACTORS === FACTORS - 1) {
        loss += Math.log(product);
        product = 1;
      }
      loss += bend;
      scores[i] = slope;
    } else {
      const weight = weights[row]!;
      loss += weight * (Math.log1p(small) + bend);
      scores[i] = weight * slope;
    }
  }
  return loss + Math.log(product);
}

/** Replaces each row of scores by w (softmax(s) - onehot(y)). @returns the loss so far plus theirs. */
function addSoftmaxLoss(problem: LogisticProblem, from: number, to: number, lossSoFar: number): number {
  const { labels, weights, outputs } = problem;
  const { scores, stride } = problem.products;
  let loss = lossSoFar;
  for (let row = from, first = 0; row < to; row++, first += stride) {
    const weight = weights === undefined ? 1 : weights[row]!;
    const actual = first + labels[row]!;
    const end = first + outputs;
    const highest = highestOf(scores, first, end);
    const actualScore = scores[actual]! - highest;
    const sum = exponentiate(scores, first, end, highest);
    loss += weight * (Math.log(sum) - actualScore);
    const factor = weight / sum;
    for (let k = first; k < end; k++) scores[k]! *= factor;
    scores[actual]! -= weight;
  }
  return loss;
}
