import { createStudy } from '../../src/api/create-study.js';
import type { Study } from '../../src/api/study.js';
import type { SearchMethod } from '../../src/spec/study-spec.js';
import type { Goal } from '../../src/trial.js';
import { type BenchParameter, parameterSpecs } from './parameters.js';

export interface StudyOptions {
  readonly method: SearchMethod;
  readonly seed: number;
  readonly trials: number;
  readonly goal: Goal;
}

/** Ask and tell, as users have it, over the parameters of a bench. */
export function openStudy(space: readonly BenchParameter[], { method, seed, trials, goal }: StudyOptions): Study {
  return createStudy({ seed, objective: { goal }, search: { method, trials }, parameters: parameterSpecs(space) });
}

/** The next trial of a study that is not over. */
export function askOf(study: Study) {
  const proposal = study.ask();
  if (proposal === undefined) throw new Error(`the study is over: ${study.stopped}`);
  return { id: proposal.number, params: proposal.params };
}
