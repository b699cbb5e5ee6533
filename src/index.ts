/** The public API of concurrent-ml: the engine behind the `cml` command. */
export { createStudy } from './api/create-study.js';
export type { BestTrial, Proposal, Study, StudyTrial } from './api/study.js';
export type { ToldResult } from './api/told-result.js';
export { type ObjectiveOptions, type TuneOptions, type TuneResult, tune } from './api/tune.js';
export { CmlError, type Issue } from './errors.js';
export type { Objective } from './executors/objective-executor.js';
export type { JournalEvent, StopReason } from './journal/journal-event.js';
export { buildLeaderboard } from './leaderboard/build-leaderboard.js';
export type { Leaderboard, LeaderboardRow } from './leaderboard/leaderboard.js';
export type { Matrix } from './matrix.js';
export { prepareStudy } from './runs/prepare-study.js';
export { readRun, type StoredRun } from './runs/read-run.js';
export { type ResumeOptions, type RunResult, resume } from './runs/tune.js';
export { loadSpec, specFromObject } from './spec/load-spec.js';
export type { Spec } from './spec/spec.js';
export type { ParameterSpec, ParamsOf, SearchMethod, StudySpec } from './spec/study-spec.js';
export type { Reporter } from './study/reporter.js';
export type { StudyState, TrialView } from './study/study-state.js';
export type { TrainingSet } from './trainers/trainer.js';
export type { CompletedTrial, EndedTrial, Goal, ParameterValue, Params, TrialState } from './trial.js';
export type {
  FitContext,
  FittedModel,
  ObjectiveModule,
  Predictions,
  TrainerModule,
} from './user-code/module-types.js';
export type { ObjectiveContext } from './validation/objective-context.js';
export type { ObjectiveResult } from './validation/objective-result.js';
