import { formatIssue, UsageError } from '../errors.js';
import type { Objective } from '../executors/objective-executor.js';
import type { JournalEvent } from '../journal/journal-event.js';
import { buildLeaderboard } from '../leaderboard/build-leaderboard.js';
import type { Leaderboard } from '../leaderboard/leaderboard.js';
import { type TuneOptions as RunOptions, type RunResult, tune as runSpec, type WorkerOptions } from '../runs/tune.js';
import { Space } from '../space/space.js';
import { bareSpecFromObject } from '../spec/bare-spec.js';
import { isMap } from '../spec/collection-shapes.js';
import { specFromObject } from '../spec/load-spec.js';
import type { Spec } from '../spec/spec.js';
import type { ParamsOf, StudySpec } from '../spec/study-spec.js';
import type { StudyState } from '../study/study-state.js';
import type { Params } from '../trial.js';
import type { BestTrial } from './study.js';
import type { StudySpecOf } from './study-spec-of.js';
import { type ObjectiveRun, tuneObjective } from './tune-objective.js';

export interface TuneOptions extends RunOptions {
  /** Called with every event once it counts. What it throws is thrown when the study is over. */
  readonly onEvent?: (event: JournalEvent, state: StudyState) => void;
}

export interface ObjectiveOptions<P extends Params = Params> extends Omit<TuneOptions, keyof WorkerOptions> {
  /** Called for each evaluation of a trial; what it throws, and what is no finite number, makes a failed trial. */
  readonly objective: Objective<P>;
  /** How many calls may be under way at a time; default 1. The result does not depend on it. */
  readonly workers?: number;
}

export interface TuneResult<P extends Params = Params> {
  /** The leading trial: its `params`, `score`, `number` …; undefined when none was completed. */
  readonly best: BestTrial<P> | undefined;
  /** What `leaderboard.json` holds. */
  readonly leaderboard: Leaderboard;
  /** Every trial, and how the study ended. */
  readonly state: StudyState;
  /** The run folder; undefined for a study in memory. */
  readonly folder: string | undefined;
  /** Nothing was left to do in that folder. */
  readonly alreadyFinished: boolean;
}

/**
 * Runs the study of a space file with data and models over a pool of workers, in its run folder; continues the run that
 * is there if it is of the same space file.
 * @param spec what `loadSpec` gave, or the space file as an object, whose relative paths start from the working directory.
 * @throws CmlError
 */
export async function tune(
  spec: Spec | Readonly<Record<string, unknown>>,
  options?: TuneOptions & { readonly objective?: undefined },
): Promise<TuneResult>;
/**
 * Searches for the parameters with the best value of a function, which is called in this process. One spec gives one
 * result, whatever `workers` is. Nothing is written unless `out` names a run folder; then a run that is there goes on.
 * @throws CmlError; never for what the objective does.
 */
export async function tune<const P extends StudySpec['parameters']>(
  spec: StudySpecOf<P>,
  options: ObjectiveOptions<ParamsOf<StudySpecOf<P>>>,
): Promise<TuneResult<ParamsOf<StudySpecOf<P>>>>;
export async function tune(
  spec: object,
  { onEvent, ...rest }: TuneOptions & { readonly objective?: Objective } = {},
): Promise<TuneResult> {
  const reporters = onEvent === undefined ? rest.reporters : [...(rest.reporters ?? []), { onEvent }];
  const { state, folder, alreadyFinished } = await run(spec, { ...rest, reporters });
  const best = state.best?.state === 'completed' ? state.best : undefined;
  return { best, leaderboard: buildLeaderboard(state, { times: rest.times }), state, folder, alreadyFinished };
}

async function run(
  spec: object,
  { objective, ...options }: RunOptions & { readonly objective?: unknown },
): Promise<RunResult | ObjectiveRun> {
  if (objective === undefined) return await runSpec(isSpec(spec) ? spec : readSpec(spec, options), options);
  if (!isObjective(objective)) {
    throw new UsageError(`objective must be a function, got ${typeof objective}`, {
      hint: 'tune(spec, { objective: async (params, context) => … })',
    });
  }
  if (isSpec(spec)) {
    throw new UsageError('this spec has data and models, which evaluate its trials; leave the objective out', {
      hint: 'for an objective, give a plain object without data and models',
    });
  }
  const bare = bareSpecFromObject(spec, options.onNote);
  return await tuneObjective(bare, objective, options);
}

function isSpec(spec: object): spec is Spec {
  return isMap(spec) && spec.space instanceof Space;
}

function isObjective(given: unknown): given is Objective {
  return typeof given === 'function';
}

function readSpec(source: object, options: RunOptions): Spec {
  const { spec, warnings } = specFromObject(source, { directory: process.cwd(), name: 'study' });
  for (const warning of warnings) options.onNote?.(formatIssue(warning));
  return spec;
}
