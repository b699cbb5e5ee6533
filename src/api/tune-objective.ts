import { UsageError } from '../errors.js';
import { type Objective, ObjectiveExecutor } from '../executors/objective-executor.js';
import type { StudySettings } from '../journal/study-settings.js';
import { VolatileJournal } from '../journal/volatile-journal.js';
import { createSearch } from '../runs/create-search.js';
import { IN_CODE } from '../runs/open-run.js';
import { plannedTrials } from '../runs/prepare-study.js';
import { resolveRunFolder } from '../runs/run-folder.js';
import { type FolderOptions, type FolderStudy, type RunResult, runInFolder } from '../runs/run-in-folder.js';
import { noteIdleWorkers, type RunnableStudy, runRecorded } from '../runs/runnable-study.js';
import type { Parameter } from '../space/parameter.js';
import type { BareSpec } from '../spec/bare-spec.js';
import { StudyState } from '../study/study-state.js';
import { createObjectiveTasks } from './objective-tasks.js';

interface ObjectiveRunOptions extends FolderOptions {
  /** The run folder; undefined: in memory. */
  readonly out?: string;
  /** Calls that may be under way at a time; default 1. */
  readonly workers?: number;
}

/** Without `out` there is no folder. */
export type ObjectiveRun = Omit<RunResult, 'folder'> & { readonly folder: string | undefined };

/**
 * Runs a study whose trials are calls of a function in this process: in a run folder where `out` is given, else in memory.
 * @throws CmlError
 */
export async function tuneObjective(
  spec: BareSpec,
  objective: Objective,
  options: ObjectiveRunOptions,
): Promise<ObjectiveRun> {
  const study = prepareObjective(spec);
  const executor = new ObjectiveExecutor(objective, study.settings.metrics, slotsFor(study, options));
  if (options.out !== undefined)
    return await runInFolder(resolveRunFolder(options.out), inFolder(study, executor), options);
  const state = new StudyState(study.settings);
  await runRecorded(study, { state, journal: new VolatileJournal(), spentMs: 0 }, { executor }, options);
  return { state, folder: undefined, alreadyFinished: false };
}

interface ObjectiveStudy extends RunnableStudy {
  readonly spec: BareSpec;
}

/** @throws SpaceFileError when nothing in the space can be found. */
function prepareObjective(spec: BareSpec): ObjectiveStudy {
  const search = createSearch(spec, spec.objective.goal, spec.search.initial);
  return { spec, settings: settingsOf(spec), ...search, tasks: createObjectiveTasks(spec.seed) };
}

/** A run of the same space goes on; the objective is taken on trust. */
function inFolder({ spec, ...rest }: ObjectiveStudy, executor: ObjectiveExecutor): FolderStudy {
  const study = { ...rest, spec: { ...spec, directory: process.cwd() }, work: { hash: IN_CODE } };
  return {
    study,
    hire: () => ({ executor }),
  };
}

/** @throws UsageError */
function slotsFor(study: RunnableStudy, { workers = 1, onNote }: ObjectiveRunOptions): number {
  if (!Number.isInteger(workers) || workers < 1) {
    throw new UsageError(`workers must be a whole number >= 1, got ${workers}`, {
      hint: 'it is how many calls of the objective may be under way at a time',
    });
  }
  noteIdleWorkers(study, workers, onNote);
  return workers;
}

function settingsOf(spec: BareSpec): StudySettings {
  const { objective, space, search, budget } = spec;
  return {
    name: spec.name,
    metrics: [objective.metric, ...objective.also],
    goal: objective.goal,
    foldCount: spec.repeats,
    planned: plannedTrials(spec, search.initial),
    patience: budget.patience,
    target: objective.target,
    holdoutRows: 0,
    parameters: space.parameters.filter((parameter) => !isModelColumn(parameter)).map((parameter) => parameter.name),
  };
}

/** A parameter of that name has a column of its own on every leaderboard, for words. */
function isModelColumn({ name, domain }: Parameter): boolean {
  if (name !== 'model') return false;
  const values = domain.kind === 'categorical' ? domain.values : domain.kind === 'constant' ? [domain.value] : [0];
  return values.every((value) => typeof value === 'string');
}
