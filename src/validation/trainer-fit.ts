import type { Dataset } from '../data/dataset.js';
import { incompleteColumn } from '../data/preprocessor.js';
import type { Issue } from '../errors.js';
import type { Metric } from '../metrics/metric.js';
import type { Trainer } from '../trainers/trainer.js';
import { isTreeTrainer } from '../trainers/trees/tree-trainer.js';
import type { ParameterValue } from '../trial.js';
import type { ModelSpec, PlanSpec } from './plan-spec.js';

/** Why a model of the space file cannot be trained on these data and scored by these metrics; empty when it can. */
export function trainerProblems(
  model: ModelSpec,
  trainer: Trainer,
  metrics: readonly Metric[],
  dataset: Dataset,
  space: PlanSpec['space'],
): readonly Issue[] {
  const target = dataset.target;
  const use = `models.${model.name}.use`;
  const issues: Issue[] = [];
  if (!trainer.tasks.includes(target.task)) {
    const message = `${trainer.name} does ${trainer.tasks.join(' and ')}, but the target '${target.name}' is for ${target.task}; use another trainer`;
    issues.push({ path: use, message: `${message}, or set data.task` });
  } else {
    const classes = target.task === 'classification' ? target.classes.length : 0;
    for (const metric of metrics) {
      if (canScore(trainer, metric, classes)) continue;
      const message = `${metric.name} needs ${wanted(metric, classes)}, and ${trainer.name} gives none; use another metric or another trainer`;
      issues.push({ path: use, message });
    }
  }
  if (dataset.weights !== undefined && !trainer.acceptsWeights) {
    issues.push({ path: use, message: `${trainer.name} takes no row weights; leave data.weights or this model out` });
  }
  if (trainer.acceptsNative !== true && possible('encode', model, space).includes('native')) {
    const message = `native: ${trainer.name} does not take categories as they are; use onehot or ordinal`;
    issues.push({ path: 'preprocess.encode', message: `${message} (models.${model.name})` });
  }
  const encodings = possible('encode', model, space);
  // Where some encodings keep missing values and others do not, only the trials that combine them wrongly fail.
  const takesMissing = isTreeTrainer(trainer) || (trainer.acceptsNative === true && encodings.includes('native'));
  return [...issues, ...missingProblems(model, takesMissing, dataset, space)];
}

/** The same for a model whose code is the user's: what it gives is seen when it runs. */
export function codeProblems(model: ModelSpec, dataset: Dataset, space: PlanSpec['space']): readonly Issue[] {
  if (model.code?.kind === 'command') return [];
  const issues: Issue[] = [];
  if (possible('encode', model, space).includes('native')) {
    const message = `native: a module gets numbers only; use onehot or ordinal (models.${model.name})`;
    issues.push({ path: 'preprocess.encode', message });
  }
  return [...issues, ...missingProblems(model, false, dataset, space)];
}

function canScore(trainer: Trainer, metric: Metric, classes: number): boolean {
  if (metric.needs === 'values' || trainer.gives === 'probabilities') return true;
  return metric.needs === 'ranking' && classes === 2 && trainer.gives === 'decision';
}

function wanted(metric: Metric, classes: number): string {
  return metric.needs === 'ranking' && classes === 2 ? 'probabilities or decision values' : 'probabilities';
}

function missingProblems(
  model: ModelSpec,
  takesMissing: boolean,
  dataset: Dataset,
  space: PlanSpec['space'],
): readonly Issue[] {
  const imputing = possible('impute', model, space);
  if (!imputing.includes('none') || takesMissing) return [];
  const column = incompleteColumn(dataset);
  if (column === undefined) return [];
  const message = `none: column '${column}' has missing values, and models.${model.name} takes none; use mean, median or most_frequent`;
  return [{ path: 'preprocess.impute', message }];
}

/** The values that a key of the preprocessing can have. */
function possible(
  key: keyof ModelSpec['preprocessing'],
  model: ModelSpec,
  space: PlanSpec['space'],
): readonly ParameterValue[] {
  const searched = model.searchedPreprocessing[key];
  if (searched === undefined) return [model.preprocessing[key]];
  const domain = space.parameters.find((parameter) => parameter.name === searched)?.domain;
  if (domain?.kind === 'categorical') return domain.values;
  return domain?.kind === 'constant' ? [domain.value] : [];
}
