import type { Dataset } from '../data/dataset.js';
import { loadDataset } from '../data/load-dataset.js';
import type { StudySettings } from '../journal/study-settings.js';
import { createSampler, findSampler } from '../samplers/index.js';
import type { Sampler } from '../samplers/sampler.js';
import type { Spec } from '../spec/spec.js';
import { createTaskFactory, type TaskFactory } from '../study/task-factory.js';
import type { Params } from '../trial.js';
import { createPlan } from '../validation/create-plan.js';
import type { EvaluationPlan } from '../validation/evaluation-plan.js';
import { initialConfigurations } from './initial-configurations.js';

/** A space file turned into everything that a study needs but workers and a journal. */
export interface PreparedStudy {
  readonly spec: Spec;
  readonly dataset: Dataset;
  readonly plan: EvaluationPlan;
  readonly settings: StudySettings;
  readonly sampler: Sampler;
  readonly adaptive: boolean;
  /** The configurations that are tried before the sampler's own. */
  readonly initial: readonly Params[];
  readonly tasks: TaskFactory;
  /** What was noticed about the data. */
  readonly notes: readonly string[];
}

/** Loads the data, draws the folds and sets up the search. @throws DataError, SpaceFileError */
export async function prepareStudy(spec: Spec): Promise<PreparedStudy> {
  const { space, seed } = spec;
  const { cv } = spec.evaluation;
  const { dataset, notes } = await loadDataset(spec.data, 'column' in cv ? cv : undefined);
  const plan = createPlan(spec, dataset);
  const initial = initialConfigurations(spec);
  const definition = findSampler(spec.search.method)!;
  const sampler = createSampler(definition, { space, seed, trials: spec.search.trials, goal: plan.goal }, initial);
  // Proposals are pure: a space in which nothing can be found is refused before there is a run.
  sampler.suggest(0, { ended: [], pending: [], has: () => false });
  const settings = createSettings(spec, plan, plannedTrials(spec, initial));
  const tasks = createTaskFactory(spec, plan.hash);
  return { spec, dataset, plan, settings, sampler, adaptive: definition.adaptive, initial, tasks, notes };
}

function createSettings(spec: Spec, plan: EvaluationPlan, planned: number | undefined): StudySettings {
  return {
    name: spec.name,
    metrics: plan.metrics,
    goal: plan.goal,
    foldCount: plan.folds.length,
    planned,
    patience: spec.budget.patience,
    target: spec.objective.target,
    holdoutRows: plan.holdout?.test.length ?? 0,
    parameters: spec.space.parameters.map((parameter) => parameter.name).filter((name) => name !== 'model'),
  };
}

/** A space with fewer configurations than trials ends earlier; undefined where nobody can know. */
function plannedTrials({ space, search }: Spec, initial: readonly Params[]): number | undefined {
  const grid = search.method === 'grid';
  // Initial configurations may stand beside the points of a grid.
  const reachable = grid && initial.length > 0 ? undefined : grid ? space.grid : space.configurations;
  const most = Math.min(
    search.trials ?? Number.POSITIVE_INFINITY,
    Number(reachable?.count ?? Number.POSITIVE_INFINITY),
  );
  return most === Number.POSITIVE_INFINITY ? undefined : most;
}
