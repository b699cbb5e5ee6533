import { boundedValue } from '../bounded-values.js';
import type { Matrix } from '../trainer.js';
import { LogisticBlock } from './logistic-block.js';

export interface PenalizedLogisticProblem {
  readonly features: Matrix;
  /** 0 … classCount - 1 a row. */
  readonly labels: ArrayLike<number>;
  /** Two classes have one function, for class 1; more have one each (softmax). */
  readonly classCount: number;
  /** A positive weight a row; absent is all 1. */
  readonly weights?: Float64Array | undefined;
  /** The inverse strength of the penalty. */
  readonly C: number;
  /** 1 is the absolute penalty, 0 the squared one, between them the elastic net. */
  readonly l1Ratio: number;
  readonly fitIntercept: boolean;
  /**
   * It stops when no optimality condition is violated by more than it, in units of the penalty's own slope, or when a
   * pass lowers the objective by no more than a hundredth of this share.
   */
  readonly tolerance: number;
  /** The most passes over the functions. */
  readonly maxPasses: number;
}

export interface PenalizedLogisticSolution {
  /** Functions x columns, row-major. */
  readonly coefficients: Float64Array;
  /** One a function; unpenalised, sum 0 where there are several. */
  readonly intercepts: Float64Array;
  readonly converged: boolean;
}

/**
 * minimise C sum weight_i loss_i + l1Ratio |w|_1 + (1 - l1Ratio)/2 |w|^2, the loss logistic or softmax: the objective of
 * scikit-learn's `LogisticRegression(solver='saga')`. One function after the other takes a proximal Newton step, whose
 * quadratic problem is solved by coordinate descent: Yuan, Ho and Lin, "An improved GLMNET for l1-regularized logistic
 * regression", JMLR 13 (2012); for softmax each function is a logistic problem with the others as offset.
 */
export function fitPenalizedLogistic(problem: PenalizedLogisticProblem): PenalizedLogisticSolution {
  const { features, labels, classCount, tolerance } = problem;
  const { rows, columns } = features;
  const outputs = classCount === 2 ? 1 : classCount;
  const data = new Float64Array(rows * columns);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let c = 0; c < columns; c++, at++) data[c * rows + i] = boundedValue(features.data[at]!);
  }
  const costs = Float64Array.from({ length: rows }, (_, i) => problem.C * (problem.weights?.[i] ?? 1));
  const scores = Array.from({ length: outputs }, () => new Float64Array(rows));
  const blocks = scores.map(
    (own, output) =>
      new LogisticBlock({
        data,
        rows,
        columns,
        positive: Uint8Array.from({ length: rows }, (_, i) => (labels[i] === (outputs === 1 ? 1 : output) ? 1 : 0)),
        costs,
        scores: own,
        l1: problem.l1Ratio,
        l2: 1 - problem.l1Ratio,
        fitIntercept: problem.fitIntercept,
      }),
  );
  const offset = new Float64Array(rows);
  let objective = objectiveOf(blocks, scores, labels, costs);
  let converged = false;
  for (let pass = 0; pass < problem.maxPasses && !converged; pass++) {
    let violation = 0;
    blocks.forEach((block, output) => {
      if (outputs > 1) logSumOfOthers(scores, output, offset);
      violation = Math.max(violation, block.improve(offset));
    });
    const before = objective;
    objective = objectiveOf(blocks, scores, labels, costs);
    converged = !(violation > tolerance) || !(before - objective > (tolerance / 100) * objective);
  }
  const coefficients = new Float64Array(outputs * columns);
  const intercepts = Float64Array.from(blocks, (block) => block.intercept);
  blocks.forEach((block, output) => {
    coefficients.set(block.coefficients, output * columns);
  });
  if (outputs > 1) {
    const mean = intercepts.reduce((sum, value) => sum + value / outputs, 0);
    for (let output = 0; output < outputs; output++) intercepts[output]! -= mean;
  }
  return { coefficients, intercepts, converged };
}

function objectiveOf(
  blocks: readonly LogisticBlock[],
  scores: readonly Float64Array[],
  labels: ArrayLike<number>,
  costs: Float64Array,
): number {
  let sum = 0;
  for (const block of blocks) sum += block.penalty(0);
  for (let i = 0; i < costs.length; i++) {
    // The log of the odds against the row's own class.
    let against = 0;
    if (scores.length === 1) against = labels[i] === 1 ? -scores[0]![i]! : scores[0]![i]!;
    else against = logSumOfOthersAt(scores, labels[i]!, i) - scores[labels[i]!]![i]!;
    sum += costs[i]! * (against > 0 ? against + Math.log1p(Math.exp(-against)) : Math.log1p(Math.exp(against)));
  }
  return sum;
}

/** out[i] = log of the sum of exp(scores[k][i]) over k other than the one left out. */
function logSumOfOthers(scores: readonly Float64Array[], leftOut: number, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = logSumOfOthersAt(scores, leftOut, i);
}

function logSumOfOthersAt(scores: readonly Float64Array[], leftOut: number, i: number): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < scores.length; k++) if (k !== leftOut && scores[k]![i]! > highest) highest = scores[k]![i]!;
  let sum = 0;
  for (let k = 0; k < scores.length; k++) if (k !== leftOut) sum += Math.exp(scores[k]![i]! - highest);
  return highest + Math.log(sum);
}
