import { compactValue } from '../../leaderboard/compact-values.js';
import type { ParameterValue } from '../../trial.js';
import { visibleText } from '../../visible-text.js';
import { wrapBeside } from '../../wrap-text.js';
import { counted } from '../counted.js';
import { readableDuration } from '../readable-duration.js';
import { shownPath } from '../shown-path.js';
import type { ModelDescription, ParameterLine, StudyDescription } from './study-description.js';

const CLASSES_SHOWN = 8;

/** The description for people. @param width characters a line may have. */
export function formatDescription(study: StudyDescription, width: number): string {
  const { data, objective, evaluation, search, space } = study;
  const also = objective.also.length === 0 ? '' : `; also ${objective.also.join(', ')}`;
  const repeats = evaluation.repeats === 1 ? '' : ` x ${evaluation.repeats} repeats`;
  const holdout = evaluation.holdout_rows === 0 ? '' : `; ${counted(evaluation.holdout_rows, 'row')} held out`;
  const trials = search.trials === null ? 'until the space is exhausted' : counted(search.trials, 'trial');
  const lines: string[] = [];
  const add = (label: string, text: string) => lines.push(...wrapBeside(label.padEnd(12), text, width));
  add('study', visibleText(study.study));
  if (data !== null) {
    add('data', dataText(data));
    add('target', `${visibleText(data.target)}: ${targetText(data)}`);
  }
  add('objective', `${objective.goal} ${objective.metric}${also}`);
  const folds = `${evaluation.kind}, ${counted(evaluation.folds, 'fold')}${repeats}${holdout}`;
  add('evaluation', data === null ? `${counted(evaluation.repeats, 'call')} a trial` : folds);
  add('search', `${search.method}, ${trials}, seed ${search.seed}`);
  add('space', sizeText(space));
  if (space.infeasible_share !== null) {
    add('', `${percent(space.infeasible_share)} of random configurations break a constraint (they cost no trial)`);
  }
  add('fits', fitsText(study));
  add('time', timeText(study));
  const addList = (title: string, texts: readonly string[]) => {
    if (texts.length > 0) lines.push('', title, ...texts.flatMap((text) => wrapBeside('  ', visibleText(text), width)));
  };
  lines.push('', 'Models', ...study.models.flatMap((model) => modelLines(model, width)));
  const shared = study.shared_parameters.flatMap((parameter) => parameterLines(parameter, '', width));
  if (shared.length > 0) lines.push('', 'Shared by all models', ...shared);
  addList('Constraints', space.constraints);
  addList('Warnings', study.warnings);
  return lines.join('\n');
}

type DataDescription = NonNullable<StudyDescription['data']>;

function dataText(data: DataDescription): string {
  const { numeric, categorical, boolean } = data.features;
  const features = `${numeric} numeric, ${categorical} categorical, ${boolean} boolean features`;
  return `${visibleText(shownPath(data.file))}: ${counted(data.rows, 'row')}; ${features}; ${missingText(data)}`;
}

function missingText({ missing_cells, missing_share }: DataDescription): string {
  if (missing_cells === 0) return 'no cell is missing';
  const share = missing_share < 0.001 ? 'less than 0.1 %' : percent(missing_share);
  return `${counted(missing_cells, 'missing cell')} (${share})`;
}

function targetText({ task, classes, positive }: DataDescription): string {
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
  return `${about} ${readableDuration(estimate.seconds * 1000)} on ${workers}, from a few timed folds of each model`;
}

function modelLines(model: ModelDescription, width: number): readonly string[] {
  const use = model.use === model.name ? '' : ` (${visibleText(model.use)})`;
  return [
    `  ${visibleText(model.name)}${use}: ${timingText(model)}`,
    ...model.parameters.flatMap((parameter) => parameterLines(parameter, `${model.name}.`, width)),
    ...(model.preprocessing === null
      ? []
      : detailLines('preprocessing', preprocessingText(model.preprocessing), width)),
    ...model.constraints.flatMap((text) => detailLines('constraint', text, width)),
  ];
}

function preprocessingText(preprocessing: NonNullable<ModelDescription['preprocessing']>): string {
  const steps = Object.entries(preprocessing).map(([key, value]) =>
    Array.isArray(value) ? `${key} one of ${value.join(', ')}` : `${key} ${value}`,
  );
  return steps.join('; ');
}

function detailLines(name: string, text: string, width: number): readonly string[] {
  return wrapBeside(`    ${name.padEnd(20)} `, visibleText(text), width);
}

function timingText({ fold_seconds, fold_over_seconds }: ModelDescription): string {
  if (fold_seconds !== null) return `${formatSeconds(fold_seconds)} a fold`;
  return fold_over_seconds === null ? 'failed' : `over ${fold_over_seconds} s a fold`;
}

function parameterLines(parameter: ParameterLine, prefix: string, width: number): readonly string[] {
  const name = visibleText(parameter.name.slice(parameter.name.startsWith(prefix) ? prefix.length : 0));
  const when = parameter.when === null ? '' : `, when ${parameter.when}`;
  const first = parameter.default === null ? '' : `, default ${compactValue(parameter.default as ParameterValue)}`;
  return detailLines(name, `${parameter.range}${first}${when}`, width);
}

function formatSeconds(seconds: number): string {
  return seconds < 1 ? `${(seconds * 1000).toFixed(seconds < 0.01 ? 1 : 0)} ms` : `${seconds.toFixed(1)} s`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
