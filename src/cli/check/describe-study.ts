import { processReason } from '../../executors/create-executor.js';
import { chooseWorkerCount } from '../../executors/worker-count.js';
import { isPreprocessing } from '../../parameter-name.js';
import type { PreparedStudy } from '../../runs/prepare-study.js';
import { describeDomain } from '../../space/domain-values.js';
import { formatExpression } from '../../space/expression.js';
import { formatLiteral } from '../../space/expression-format.js';
import type { Parameter } from '../../space/parameter.js';
import type { Space } from '../../space/space.js';
import type { ModelSpec } from '../../validation/plan-spec.js';
import { counted } from '../counted.js';
import { shownPath } from '../shown-path.js';
import { describeData } from './describe-data.js';
import { infeasibleShare } from './measure-space.js';
import type { ModelDescription, ParameterLine, StudyDescription } from './study-description.js';
import { type TimedFold, timeModels } from './time-models.js';

/** Infeasible draws cost no trial; so many of them mean that the ranges and the constraints do not fit. */
const HIGH_INFEASIBLE_SHARE = 0.9;

/**
 * Explains a study: what will be searched, how much of it there is, and how long it may take.
 * @throws InterruptedError when the signal is aborted.
 */
export async function describeStudy(
  study: PreparedStudy,
  options: { readonly workers?: number; readonly warnings: readonly string[]; readonly signal: AbortSignal },
): Promise<StudyDescription> {
  const { spec, settings } = study;
  const { space } = spec;
  const timed = await timeModels(study, options.signal);
  const infeasible = infeasibleShare(space, spec.seed);
  const fits = countFits(study);
  const needs = { work: study.work, memoryLimitBytes: spec.budget.memoryBytes };
  const isolation = processReason(needs) === undefined ? 'thread' : 'process';
  const workers = options.workers ?? chooseWorkerCount(study.work, fits.total ?? Number.POSITIVE_INFINITY, isolation);
  const families = spec.models.map((model) => `${model.name}.`);
  return {
    version: 1,
    study: settings.name,
    data: spec.data === undefined ? null : describeData(spec.data.file, study.work.evaluation!.dataset),
    objective: { metric: settings.metrics[0]!, goal: settings.goal, also: settings.metrics.slice(1) },
    evaluation: describeEvaluation(study),
    search: { method: spec.search.method, seed: spec.seed, trials: settings.planned ?? null },
    models: spec.models.map((model, index) => describeModel(model, space, spec.data !== undefined, timed[index]!)),
    shared_parameters: space.parameters
      .filter(({ name }) => name !== 'model' && !families.some((prefix) => name.startsWith(prefix)))
      .map(describeParameter),
    space: {
      size: Number.isFinite(space.size) ? space.size : null,
      dimensions: space.dimensions.length,
      feasible: space.configurations === undefined ? null : Number(space.configurations.count),
      constraints: constraintsOf(space, undefined),
      infeasible_share: infeasible,
    },
    fits,
    estimate: {
      workers,
      seconds: estimateSeconds(timed, fits.total, workers),
      at_least: timed.some((fold) => fold.state === 'over'),
    },
    warnings: [...options.warnings, ...study.notes, ...ownWarnings(study, timed, infeasible)],
  };
}

function describeEvaluation({ spec, settings, work }: PreparedStudy): StudyDescription['evaluation'] {
  const { evaluation } = spec;
  const repeats = 'repeats' in evaluation ? evaluation.repeats : 'repeats' in evaluation.cv ? evaluation.cv.repeats : 1;
  return {
    kind: work.evaluation?.cvKind ?? 'repeats',
    folds: settings.foldCount / repeats,
    repeats,
    holdout_rows: settings.holdoutRows,
  };
}

function useOf({ use, code }: ModelSpec): string {
  if (code === undefined) return use;
  return code.kind === 'module' ? shownPath(code.file) : code.argv.join(' ');
}

function describeModel(model: ModelSpec, space: Space, hasData: boolean, timed: TimedFold): ModelDescription {
  return {
    name: model.name,
    use: useOf(model),
    parameters: space.parameters
      .filter(({ name }) => name.startsWith(`${model.name}.`) && !isPreprocessing(name))
      .map((parameter) => withoutFamily(describeParameter(parameter), model.name)),
    preprocessing: hasData && model.code?.kind !== 'command' ? describePreprocessing(model, space) : null,
    constraints: constraintsOf(space, model.name),
    fold_seconds: timed.state === 'completed' ? timed.seconds : null,
    fold_over_seconds: timed.state === 'over' ? timed.seconds : null,
    error: timed.state === 'failed' ? timed.error : null,
  };
}

function describePreprocessing(model: ModelSpec, space: Space): ModelDescription['preprocessing'] {
  const searched = Object.entries(model.searchedPreprocessing).map(([key, name]) => {
    const domain = space.parameters.find((parameter) => parameter.name === name)!.domain;
    return [key, domain.kind === 'categorical' ? domain.values : describeDomain(domain)];
  });
  return { ...model.preprocessing, ...Object.fromEntries(searched) };
}

function constraintsOf(space: Space, family: string | undefined): readonly string[] {
  return space.constraints.filter((constraint) => constraint.family === family).map(({ text }) => text);
}

/** That a family's parameters are active for that family only goes without saying. */
function withoutFamily(parameter: ParameterLine, family: string): ParameterLine {
  const known = `model == ${formatLiteral(family)}`;
  if (parameter.when === known) return { ...parameter, when: null };
  const prefix = `${known} and `;
  return parameter.when?.startsWith(prefix) ? { ...parameter, when: parameter.when.slice(prefix.length) } : parameter;
}

function describeParameter(parameter: Parameter): ParameterLine {
  const { domain } = parameter;
  const logarithmic = domain.kind !== 'constant' && domain.kind !== 'categorical' && domain.log ? ', logarithmic' : '';
  return {
    name: parameter.name,
    range: describeDomain(domain) + logarithmic,
    when: parameter.when === undefined ? null : formatExpression(parameter.when),
    default: parameter.default ?? null,
  };
}

function countFits({ spec, settings }: PreparedStudy): StudyDescription['fits'] {
  const { foldCount, planned } = settings;
  const baseline = spec.baseline ? foldCount : 0;
  const holdout = settings.holdoutRows > 0 ? 1 : 0;
  const total = planned === undefined ? null : planned * foldCount + baseline + holdout;
  return { total, folds_per_trial: foldCount, baseline, holdout };
}

/** Every model is taken to get the same share of the trials, and one that was given up to take that long. */
function estimateSeconds(timed: readonly TimedFold[], fits: number | null, workers: number): number | null {
  const seconds = timed.flatMap((fold) => (fold.state === 'failed' ? [] : [fold.seconds]));
  if (fits === null || seconds.length === 0) return null;
  return (fits * (seconds.reduce((sum, value) => sum + value, 0) / seconds.length)) / workers;
}

function ownWarnings(study: PreparedStudy, timed: readonly TimedFold[], infeasible: number | null): readonly string[] {
  const { foldMs = Number.POSITIVE_INFINITY, trialMs = Number.POSITIVE_INFINITY } = study.spec.budget;
  const warnings = timed.flatMap((fold) => {
    if (fold.state === 'failed') return [`models.${fold.model}: the fold tried failed: ${fold.error}`];
    if (fold.state === 'completed' || 1000 * fold.seconds < Math.min(foldMs, trialMs)) return [];
    const limit = foldMs <= trialMs ? 'budget.fold' : 'budget.trial';
    return [`models.${fold.model}: the fold tried was over ${limit}: trials like it will time out`];
  });
  if (infeasible !== null && infeasible >= HIGH_INFEASIBLE_SHARE) {
    warnings.push(
      `constraints: ${(100 * infeasible).toFixed(1)} % of random configurations break them; narrow the ranges`,
    );
  }
  const { trials, method } = study.spec.search;
  const { planned } = study.settings;
  if (trials !== undefined && planned !== undefined && planned < trials) {
    const what = method === 'grid' ? 'grid' : 'space';
    const size = counted(planned, 'configuration');
    warnings.push(`search.trials: ${trials} trials, and the ${what} has ${size}: it will be exhausted`);
  }
  return warnings;
}
