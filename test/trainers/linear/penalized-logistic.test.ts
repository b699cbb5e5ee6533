import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  fitPenalizedLogistic,
  type PenalizedLogisticProblem,
  type PenalizedLogisticSolution,
} from '../../../src/trainers/linear/penalized-logistic.js';
import { readScaledTable } from './fold-scores.js';

interface Reference {
  readonly table: string;
  readonly C: number;
  readonly l1Ratio: number;
  readonly weighted: boolean;
  readonly fitIntercept: boolean;
  readonly coefficients: readonly number[];
  readonly intercepts: readonly number[];
}
const { logistic } = JSON.parse(readFileSync(new URL('reference/linear.json', import.meta.url), 'utf8')) as {
  logistic: readonly Reference[];
};
const { cases: largeC } = JSON.parse(readFileSync(new URL('reference/large-c.json', import.meta.url), 'utf8')) as {
  cases: readonly (Pick<Reference, 'table' | 'C' | 'l1Ratio' | 'weighted'> & { readonly objective: number })[];
};

test.each(logistic)('$table C $C l1Ratio $l1Ratio: the optimum of saga', (reference) => {
  const { features, target, classes } = readScaledTable(reference.table);
  const solution = fitPenalizedLogistic({
    features,
    labels: target,
    classCount: classes!.length,
    weights: reference.weighted ? target.map((_, row) => 1 + (row % 3)) : undefined,
    C: reference.C,
    l1Ratio: reference.l1Ratio,
    fitIntercept: reference.fitIntercept,
    tolerance: 1e-8,
    maxPasses: 2000,
  });
  expect(solution.converged).toBe(true);
  reference.coefficients.forEach((value, i) => {
    expect(solution.coefficients[i]).toBeCloseTo(value, 3);
    if (reference.l1Ratio === 1 && value === 0) expect(solution.coefficients[i]).toBe(0);
  });
  reference.intercepts.forEach((value, i) => {
    expect(solution.intercepts[i]).toBeCloseTo(value, 3);
  });
});

/** C sum weight_i loss_i + the penalty. */
function objectiveOf(solution: PenalizedLogisticSolution, problem: PenalizedLogisticProblem): number {
  const { coefficients, intercepts } = solution;
  const { features, labels, weights, C, l1Ratio } = problem;
  const { data, rows, columns } = features;
  let sum = 0;
  for (const value of coefficients) sum += l1Ratio * Math.abs(value) + ((1 - l1Ratio) / 2) * value * value;
  for (let i = 0; i < rows; i++) {
    const scores = [...intercepts].map((intercept, output) => {
      let score = intercept;
      for (let c = 0; c < columns; c++) score += coefficients[output * columns + c]! * data[i * columns + c]!;
      return score;
    });
    if (scores.length === 1) scores.unshift(0);
    const own = scores[labels[i]!]!;
    sum += C * (weights?.[i] ?? 1) * Math.log(scores.reduce((total, score) => total + Math.exp(score - own), 0));
  }
  return sum;
}

test.each(largeC)('$table C $C l1Ratio $l1Ratio: the optimum, however weak the penalty', (reference) => {
  const { features, target, classes } = readScaledTable(reference.table);
  const problem = {
    features,
    labels: target,
    classCount: classes!.length,
    weights: reference.weighted ? target.map((_, row) => 1 + (row % 3)) : undefined,
    C: reference.C,
    l1Ratio: reference.l1Ratio,
    fitIntercept: true,
    tolerance: 1e-4,
    maxPasses: 100,
  };
  const solution = fitPenalizedLogistic(problem);
  expect(solution.converged).toBe(true);
  expect(objectiveOf(solution, problem) / reference.objective).toBeCloseTo(1, 4);
  const exact = { ...problem, tolerance: 1e-9, maxPasses: 2000 };
  expect(objectiveOf(fitPenalizedLogistic(exact), exact) / reference.objective).toBeCloseTo(1, 6);
});

test('constant, duplicated, huge and tiny columns, and labels of one class, stay finite', () => {
  const rows = 20;
  const base = Float64Array.from({ length: rows }, (_, i) => Math.sin(i));
  const columns = [base, base, base.map(() => 3), base.map((v) => v * 1e200), base.map((v) => v * 1e-200)];
  const data = Float64Array.from({ length: rows * columns.length }, (_, at) => {
    return columns[at % columns.length]![Math.floor(at / columns.length)]!;
  });
  for (const classCount of [2, 3]) {
    for (const label of [(i: number) => i % classCount, (i: number) => (base[i]! > 0 ? 1 : 0), () => 1]) {
      for (const l1Ratio of [0, 0.5, 1]) {
        const { coefficients, intercepts } = fitPenalizedLogistic({
          features: { data, rows, columns: columns.length },
          labels: Array.from({ length: rows }, (_, i) => label(i)),
          classCount,
          C: 1e4,
          l1Ratio,
          fitIntercept: true,
          tolerance: 1e-4,
          maxPasses: 100,
        });
        expect([...coefficients, ...intercepts].every(Number.isFinite)).toBe(true);
      }
    }
  }
});
