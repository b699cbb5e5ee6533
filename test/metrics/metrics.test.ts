import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findMetric, METRICS } from '../../src/metrics/index.js';
import type { Predicted, Truth } from '../../src/metrics/metric.js';
import { metricContract } from '../contracts/metric-contract.js';

interface Case {
  readonly name: string;
  readonly truth: number[];
  readonly values: number[];
  readonly scores: Record<string, number | null>;
}
interface ClassificationCase extends Case {
  readonly classes: number;
  readonly positive: number;
  readonly probabilities?: number[];
  readonly decision?: number[];
}
const reference: { classification: ClassificationCase[]; regression: Case[] } = JSON.parse(
  readFileSync(new URL('./reference/metrics.json', import.meta.url), 'utf8'),
);

function classNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `class ${index}`);
}

function check(name: string, truth: Truth, predicted: Predicted, expected: number | null): void {
  const metric = findMetric(name);
  expect(metric, name).toBeDefined();
  const score = metric!.score(truth, predicted);
  if (expected === null) expect(score, name).toBeNaN();
  else expect(Math.abs(score - expected), `${name}: ${score} for ${expected}`).toBeLessThan(tolerance(expected));
}

function tolerance(expected: number): number {
  return 1e-12 * Math.max(1, Math.abs(expected));
}

describe('scikit-learn 1.2.1 gives the same', () => {
  test.each(reference.classification)('classification: $name', (given) => {
    const truth: Truth = {
      task: 'classification',
      values: Float64Array.from(given.truth),
      classes: classNames(given.classes),
      positive: given.positive,
    };
    const predicted: Predicted = {
      values: Float64Array.from(given.values),
      ...(given.probabilities && { probabilities: Float64Array.from(given.probabilities) }),
      ...(given.decision && { decision: Float64Array.from(given.decision) }),
    };
    for (const [name, expected] of Object.entries(given.scores)) check(name, truth, predicted, expected);
  });

  test.each(reference.regression)('regression: $name', (given) => {
    const truth: Truth = { task: 'regression', values: Float64Array.from(given.truth) };
    const predicted = { values: Float64Array.from(given.values) };
    for (const [name, expected] of Object.entries(given.scores)) check(name, truth, predicted, expected);
  });

  test('every metric is in some case', () => {
    const covered = new Set(
      [...reference.classification, ...reference.regression].flatMap((c) => Object.keys(c.scores)),
    );
    expect([...covered].sort()).toEqual(METRICS.map((metric) => metric.name).sort());
  });
});

for (const metric of METRICS) metricContract(metric);

test('names are unique and an unknown one finds nothing', () => {
  expect(new Set(METRICS.map((metric) => metric.name)).size).toBe(METRICS.length);
  expect(findMetric('acuracy')).toBeUndefined();
});

test('decision values outrank probabilities, whatever other metrics need', () => {
  const truth: Truth = {
    task: 'classification',
    values: Float64Array.of(0, 1, 1, 0),
    classes: ['no', 'yes'],
    positive: 1,
  };
  const contradicting: Predicted = {
    values: truth.values,
    probabilities: Float64Array.of(0, 1, 1, 0, 1, 0, 0, 1),
    decision: Float64Array.of(-1, 1, 1, -1),
  };
  expect(findMetric('roc_auc')!.score(truth, contradicting)).toBe(1);
  expect(findMetric('pr_auc')!.score(truth, contradicting)).toBe(1);
});

test('a constant truth that no double holds exactly is still constant', () => {
  const truth: Truth = { task: 'regression', values: new Float64Array(10).fill(0.1) };
  expect(findMetric('r2')!.score(truth, { values: new Float64Array(10).fill(0.2) })).toBe(0);
});

test('roc_auc and pr_auc agree with counting every pair', () => {
  const row = fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: -4, max: 4 }));
  fc.assert(
    fc.property(fc.array(row, { minLength: 2, maxLength: 60 }), (rows) => {
      const positives = rows.filter(([label]) => label === 1).map(([, score]) => score);
      const negatives = rows.filter(([label]) => label === 0).map(([, score]) => score);
      fc.pre(positives.length > 0 && negatives.length > 0);
      let wins = 0;
      for (const p of positives) for (const n of negatives) wins += p > n ? 1 : p === n ? 0.5 : 0;
      // Every positive row adds the precision at its own threshold: the definition of average precision.
      let precisions = 0;
      for (const p of positives) {
        const found = positives.filter((score) => score >= p).length;
        precisions += found / (found + negatives.filter((score) => score >= p).length);
      }
      const truth: Truth = {
        task: 'classification',
        values: Float64Array.from(rows, ([label]) => label),
        classes: ['no', 'yes'],
        positive: 1,
      };
      const predicted = { values: truth.values, decision: Float64Array.from(rows, ([, score]) => score) };
      const pairs = positives.length * negatives.length;
      expect(findMetric('roc_auc')!.score(truth, predicted)).toBeCloseTo(wins / pairs, 12);
      expect(findMetric('pr_auc')!.score(truth, predicted)).toBeCloseTo(precisions / positives.length, 12);
    }),
  );
});
