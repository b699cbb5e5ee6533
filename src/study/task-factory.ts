import { DEFAULT_PREPROCESSING, type Preprocessing } from '../data/preprocessing-options.js';
import { isPreprocessing, shortName } from '../parameter-name.js';
import { deriveSeed } from '../random.js';
import { completeParams, findTrainer } from '../trainers/index.js';
import type { TrainerParams } from '../trainers/trainer.js';
import type { ParameterValue, Params } from '../trial.js';
import type { FoldTask } from '../validation/fold-task.js';
import type { ModelSpec } from '../validation/plan-spec.js';

/** Makes the tasks of one trial, fold by fold. */
export type TrialTasks = (fold: number) => FoldTask;

/** Turns configurations into tasks. */
export interface TaskFactory {
  ofTrial(trial: number, params: Params): TrialTasks;
  ofBaseline(): TrialTasks;
}

type TrialWork = Pick<FoldTask, 'trial' | 'model' | 'trainer' | 'params' | 'preprocessing'>;

export function createTaskFactory(spec: { readonly seed: number; readonly models: readonly ModelSpec[] }): TaskFactory {
  const models = new Map(spec.models.map((model) => [model.name, model]));
  const tasksOf = (work: TrialWork): TrialTasks => {
    // The seed depends on the fold and not on the trial: trials are compared pairwise.
    return (fold) => ({ fold, seed: deriveSeed(spec.seed, 'model', fold), ...work });
  };
  return {
    ofTrial(trial, params) {
      const model = models.get(String(params.model))!;
      const preprocessing = preprocessingOf(model, params);
      return tasksOf({
        trial,
        model: model.name,
        trainer: model.use ?? model.name,
        params: model.use === undefined ? ownParams(params) : trainerParams(model.use, params),
        preprocessing,
      });
    },
    ofBaseline() {
      const params = completeParams(findTrainer('dummy')!, {});
      return tasksOf({ trial: null, model: 'dummy', trainer: 'dummy', params, preprocessing: DEFAULT_PREPROCESSING });
    },
  };
}

/** The family's own parameters, and those shared by all models that this trainer has; complete. */
function trainerParams(use: string, params: Params): TrainerParams {
  const trainer = findTrainer(use)!;
  const known = new Set(trainer.parameters.map((parameter) => parameter.name));
  const own: Record<string, ParameterValue> = {};
  // Only parameters of this family and those that all share are active.
  for (const [name, value] of Object.entries(params)) if (known.has(shortName(name))) own[shortName(name)] = value;
  return completeParams(trainer, own);
}

/** All that are active, for code of the user's. */
function ownParams(params: Params): TrainerParams {
  const own = Object.entries(params).filter(([name]) => name !== 'model' && !isPreprocessing(name));
  return Object.fromEntries(own.map(([name, value]) => [shortName(name), value]));
}

function preprocessingOf(model: ModelSpec, params: Params): Preprocessing {
  const searched = Object.entries(model.searchedPreprocessing).map(([key, name]) => [key, params[name]]);
  return { ...model.preprocessing, ...Object.fromEntries(searched) };
}
