import type { TaskKind } from '../task-kind.js';
import type { Metric, Predicted, Truth } from './metric.js';

export type ClassificationTruth = Extract<Truth, { task: 'classification' }>;

type Description<Task extends TaskKind> = Omit<Metric, 'task' | 'score'> & {
  score(truth: Extract<Truth, { task: Task }>, predicted: Predicted): number;
};

/** A metric of class labels. Asked about numbers, or about no rows, it is NaN. */
export function classificationMetric(description: Description<'classification'>): Metric {
  return {
    ...description,
    task: 'classification',
    score(truth, predicted) {
      if (truth.task !== 'classification' || truth.values.length === 0) return Number.NaN;
      return description.score(truth, predicted);
    },
  };
}

/** A metric of numbers. Asked about class labels, or about no rows, it is NaN. */
export function regressionMetric(
  description: Omit<Description<'regression'>, 'needs' | 'binaryOnly' | 'score'> & {
    /** @param truth length n. @param predicted length n. */
    score(truth: Float64Array, predicted: Float64Array): number;
  },
): Metric {
  return {
    ...description,
    task: 'regression',
    needs: 'values',
    binaryOnly: false,
    score(truth, predicted) {
      if (truth.task !== 'regression' || truth.values.length === 0) return Number.NaN;
      return description.score(truth.values, predicted.values);
    },
  };
}
