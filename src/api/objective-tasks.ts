import { DEFAULT_PREPROCESSING } from '../data/preprocessing-options.js';
import { deriveSeed } from '../random.js';
import type { TaskFactory } from '../study/task-factory.js';

/** What stands where a task names a built-in trainer. */
const OBJECTIVE = 'objective';

/**
 * Tasks that an objective evaluates: repeats stand where folds do. The seed depends on the repeat and not on the trial,
 * so that trials are compared on equal terms.
 */
export function createObjectiveTasks(seed: number): TaskFactory {
  const work = { model: OBJECTIVE, trainer: OBJECTIVE, preprocessing: DEFAULT_PREPROCESSING };
  return {
    ofTrial(trial, params) {
      const own = Object.freeze({ ...params });
      return (fold) => ({ ...work, trial, fold, params: own, seed: deriveSeed(seed, OBJECTIVE, fold) });
    },
    ofBaseline() {
      throw new Error('an objective has no baseline');
    },
  };
}
