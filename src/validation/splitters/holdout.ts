import { drawHoldout } from '../holdout-rows.js';
import type { Splitter } from '../splitter.js';

/**
 * One drawn test part: floor(test x n) of n rows, at least 1 and at most n - 1; for classification every class has its
 * share of them. Repeats draw anew, so a row may test more than once or never.
 */
export const holdout: Splitter = {
  name: 'holdout',
  summary: 'one drawn share of the rows tests, the others train',
  split(dataset, rows, { test, repeats }, random) {
    return Array.from({ length: repeats }, (_, repeat) => drawHoldout(dataset, rows, test, random(repeat)));
  },
};
