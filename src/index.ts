/** The public API of concurrent-ml: the engine behind the `cml` command. */
export { CmlError, type Issue } from './errors.js';
export { buildLeaderboard } from './leaderboard/build-leaderboard.js';
export type { Leaderboard } from './leaderboard/leaderboard.js';
export { prepareStudy } from './runs/prepare-study.js';
export { readRun, type StoredRun } from './runs/read-run.js';
export { type ResumeOptions, type RunResult, resume, type TuneOptions, tune } from './runs/tune.js';
export { loadSpec, specFromObject } from './spec/load-spec.js';
export type { Spec } from './spec/spec.js';
export type { Reporter } from './study/reporter.js';
export type { StudyState } from './study/study-state.js';
export type { ParameterValue, Params, TrialState } from './trial.js';
