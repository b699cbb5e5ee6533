import { describe, expect, test } from 'vitest';
import type { Metric, Predicted, Truth } from '../../src/metrics/metric.js';

const twoClasses: Truth = {
  task: 'classification',
  values: Float64Array.of(0, 1, 1, 0),
  classes: ['no', 'yes'],
  positive: 1,
};
const numbers: Truth = { task: 'regression', values: Float64Array.of(0, 1, 1, 0) };
const perfect: Predicted = {
  values: Float64Array.of(0, 1, 1, 0),
  probabilities: Float64Array.of(1, 0, 0, 1, 0, 1, 1, 0),
};
const wrong: Predicted = {
  values: Float64Array.of(1, 0, 0, 1),
  probabilities: Float64Array.of(0, 1, 1, 0, 1, 0, 0, 1),
};

/** What holds for every metric. */
export function metricContract(metric: Metric): void {
  const own = metric.task === 'classification' ? twoClasses : numbers;
  const other = metric.task === 'classification' ? numbers : twoClasses;

  describe(`metric ${metric.name}`, () => {
    test('its goal says which of two predictions is better', () => {
      const best = metric.score(own, perfect);
      const worst = metric.score(own, wrong);
      if (metric.goal === 'maximize') expect(best).toBeGreaterThan(worst);
      else expect(best).toBeLessThan(worst);
    });

    test('is NaN for the other task and for no rows', () => {
      expect(metric.score(other, perfect)).toBeNaN();
      expect(metric.score({ ...own, values: new Float64Array(0) }, { values: new Float64Array(0) })).toBeNaN();
    });

    test('reads what it says it needs', () => {
      const withoutProbabilities = metric.score(own, { values: perfect.values });
      const withoutValues = metric.score(own, { ...perfect, values: new Float64Array(0) });
      if (metric.needs === 'values') expect(withoutProbabilities).toBe(metric.score(own, perfect));
      else expect(withoutProbabilities).toBeNaN();
      if (metric.needs !== 'values') expect(withoutValues).toBe(metric.score(own, perfect));
    });

    test('leaves its arguments as they were', () => {
      const truth = structuredClone(own);
      const predicted = structuredClone(wrong);
      metric.score(truth, predicted);
      expect(truth).toEqual(own);
      expect(predicted).toEqual(wrong);
    });
  });
}
