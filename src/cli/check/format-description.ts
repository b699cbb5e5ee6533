import { compactValue } from '../../leaderboard/compact-values.js';
import type { ParameterValue } from '../../trial.js';
import { visibleText } from '../../visible-text.js';
import { counted } from '../counted.js';
import { shownPath } from '../format-outcome.js';
import { readableDuration } from '../readable-duration.js';
import type { ModelDescription, ParameterLine, StudyDescription } from './study-description.js';

const CLASSES_SHOWN = 8;

/** The description for people. */
export function formatDescription(study: StudyDescription): string {
  const { data, objective, evaluation, search, space } = study;
  const { numeric, categorical, boolean } = data.features;
  const also = objective.also.length === 0 ? '' : `; also ${objective.also.join(', ')}`;
  const repeats = evaluation.repeats === 1 ? '' : ` x ${evaluation.repeats} repeats`;
  const holdout = evaluation.holdout_rows === 0 ? '' : `; ${counted(evaluation.holdout_rows, 'row')} held out`;
  const lines = [
    `study       ${visibleText(study.study)}`,
    `data        ${visibleText(shownPath(data.file))}: ${counted(data.rows, 'row')}; ${numeric} numeric, ${categorical} categorical, ${boolean} boolean features; ${percent(data.missing_share)} missing`,
    `target      ${visibleText(data.target)}: ${targetText(data)}`,
    `objective   ${objective.goal} ${objective.metric}${also}`,
    `evaluation  ${evaluation.kind}, ${counted(evaluation.folds, 'fold')}${repeats}${holdout}`,
    `search      ${search.method}, ${search.trials === null ? 'until the space is exhausted' : counted(search.trials, 'trial')}, seed ${search.seed}`,
    `space       ${sizeText(space)}`,
  ];
  if (space.infeasible_share !== null) {
    lines.push(
      `            ${percent(space.infeasible_share)} of random configurations break a constraint (they cost no trial)`,
    );
  }
  lines.push(`fits        ${fitsText(study)}`, `time        ${timeText(study)}`, '', 'Models');
  for (const model of study.models) lines.push(...modelLines(model));
  if (study.shared_parameters.length > 0) {
    lines.push('', 'Shared by all models', ...study.shared_parameters.map((parameter) => parameterLine(parameter, '')));
  }
  if (space.constraints.length > 0)
    lines.push('', 'Constraints', ...space.constraints.map((text) => `  ${visibleText(text)}`));
  if (study.warnings.length > 0) lines.push('', 'Warnings', ...study.warnings.map((text) => `  ${visibleText(text)}`));
  return lines.join('\n');
}

function targetText({ task, classes, positive }: StudyDescription['data']): string {
  if (classes === null) return task;
  const entries = Object.entries(classes);
  const shown = entries.slice(0, CLASSES_SHOWN).map(([name, rows]) => `${visibleText(name)} ${rows}`);
  const more = entries.length > CLASSES_SHOWN ? ', …' : '';
  const interest = positive === null ? '' : `; positive: ${visibleText(positive)}`;
  return `${task}, ${entries.length} classes (${shown.join(', ')}${more})${interest}`;
}

function sizeText({ size, feasible, dimensions }: StudyDescription['space']): string {
  const searched = counted(dimensions, 'searched dimension');
  if (size === null) return `continuous, ${searched}`;
  const kept = feasible === null || feasible === size ? '' : `, ${feasible} within the constraints`;
  return `${counted(size, 'configuration')}${kept}, ${searched}`;
}

function fitsText({ fits, search }: StudyDescription): string {
  const parts = [
    `${search.trials === null ? '? trials' : counted(search.trials, 'trial')} x ${counted(fits.folds_per_trial, 'fold')}`,
    ...(fits.baseline === 0 ? [] : [`${fits.baseline} of the baseline`]),
    ...(fits.holdout === 0 ? [] : [`${fits.holdout} on the holdout`]),
  ];
  return `${fits.total ?? 'unknown'}: ${parts.join(' + ')}`;
}

function timeText({ estimate }: StudyDescription): string {
  const workers = counted(estimate.workers, 'worker');
  if (estimate.seconds === null) return `unknown, on ${workers}`;
  const about = estimate.at_least ? 'more than' : 'about';
  return `${about} ${readableDuration(estimate.seconds * 1000)} on ${workers}, by one timed fold a model`;
}

function modelLines(model: ModelDescription): readonly string[] {
  const use = model.use === model.name ? '' : ` (${visibleText(model.use)})`;
  return [
    `  ${visibleText(model.name)}${use}: ${timingText(model)}`,
    ...model.parameters.map((parameter) => parameterLine(parameter, `${model.name}.`)),
    ...model.constraints.map((text) => `    constraint           ${visibleText(text)}`),
  ];
}

function timingText({ fold_seconds, fold_over_seconds }: ModelDescription): string {
  if (fold_seconds !== null) return `${formatSeconds(fold_seconds)} a fold`;
  return fold_over_seconds === null ? 'failed' : `over ${fold_over_seconds} s a fold`;
}

function parameterLine(parameter: ParameterLine, prefix: string): string {
  const name = visibleText(parameter.name.slice(parameter.name.startsWith(prefix) ? prefix.length : 0));
  const when = parameter.when === null ? '' : `, when ${visibleText(parameter.when)}`;
  const first = parameter.default === null ? '' : `, default ${compactValue(parameter.default as ParameterValue)}`;
  return `    ${name.padEnd(20)} ${visibleText(parameter.range)}${first}${when}`;
}

function formatSeconds(seconds: number): string {
  return seconds < 1 ? `${(seconds * 1000).toFixed(seconds < 0.01 ? 1 : 0)} ms` : `${seconds.toFixed(1)} s`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
