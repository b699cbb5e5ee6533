import { parameterSpecs } from '../parameters.js';
import type { SweepModel, SweepPlan } from './sweep-plans.js';

/** A sweep as a space file. @param file with a column `fold`. */
export function spaceDocument(plan: SweepPlan, file: string, seed: number, trials: number): object {
  return {
    version: 1,
    seed,
    data: { file, target: plan.target, task: plan.task },
    objective: { metric: plan.metric },
    evaluation: { cv: { kind: 'predefined', column: 'fold' } },
    search: { method: 'bayes', trials },
    models: Object.fromEntries(plan.models.map((model) => [model.trainer, modelEntry(model)])),
    baseline: false,
  };
}

function modelEntry({ trainer, parameters, fixed, isScaled }: SweepModel): object {
  return {
    use: trainer,
    preprocess: { scale: isScaled === true ? 'standard' : 'none' },
    parameters: { ...fixed, ...parameterSpecs(parameters) },
  };
}
