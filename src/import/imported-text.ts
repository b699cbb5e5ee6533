import { formatIssue, type Issue } from '../errors.js';
import { yamlText } from '../init/yaml-text.js';
import type { ParameterValue } from '../trial.js';
import { visibleText } from '../visible-text.js';
import type { ImportedStudy, Notation } from './imported-study.js';

const GRID_POINTS = 10;
/** What a text that calls something would be read as. */
const LIKE_A_CALL = /^\s*[A-Za-z]\w*\s*\(.*\)\s*$/s;

/** A space file, with what it lacks as comments. @param name of the study. @param source where it comes from. */
export function importedText(
  study: ImportedStudy & { readonly command: readonly string[] },
  { name, source, notes }: { readonly name: string; readonly source: string; readonly notes: readonly Issue[] },
): string {
  const { objective, method, trials, pruning, wall, resources, parameters } = study;
  const grid = method === 'grid';
  return [
    `# From ${visibleText(source)}. Check it with \`cml check\`, run it with \`cml tune\`.`,
    '# The command prints its result as a last line of JSON: ' +
      `${visibleText(JSON.stringify({ [objective.metric]: 0.5 }))}; {name} in it stands for a parameter.`,
    ...(notes.length === 0 ? [] : ['#', '# What could not be carried over as it was:']),
    ...notes.map((note) => `# - ${visibleText(formatIssue(note))}`),
    'version: 1',
    `name: ${yamlText(name)}`,
    ...(study.seed === undefined ? [] : [`seed: ${study.seed}`]),
    '',
    'objective:',
    `  metric: ${yamlText(objective.metric)}`,
    `  goal: ${objective.goal}`,
    ...(objective.target === undefined ? [] : [`  target: ${yamlText(objective.target)}`]),
    '',
    'search:',
    `  method: ${method}`,
    ...(trials === undefined ? (grid ? [] : ['  trials: 50']) : [`  trials: ${trials}`]),
    ...(pruning === undefined ? [] : [`  pruning: ${yamlText({ ...pruning })}`]),
    ...(study.initial === undefined || grid ? [] : ['  initial:', `    - ${yamlText(initialOf(study.initial))}`]),
    '',
    'models:',
    '  main:',
    `    command: ${yamlText(study.command)}`,
    ...(resources === undefined ? [] : [`    resources: ${yamlText(resources as Record<string, ParameterValue>)}`]),
    ...(parameters.length === 0 ? [] : ['    parameters:']),
    ...parameters.map(({ key, notation }) => `      ${yamlText(key)}: ${notationText(notation, grid)}`),
    ...(wall === undefined ? [] : ['', 'budget:', `  wall: ${wall}`]),
    '',
  ].join('\n');
}

function initialOf(params: Readonly<Record<string, ParameterValue>>): Readonly<Record<string, ParameterValue>> {
  const named = Object.entries(params).map(([key, value]): [string, ParameterValue] => [`main.${key}`, value]);
  return { model: 'main', ...Object.fromEntries(named) };
}

function notationText(notation: Notation, grid: boolean): string {
  switch (notation.form) {
    case 'fixed': {
      const { value } = notation;
      const listed = Array.isArray(value) || (typeof value === 'string' && LIKE_A_CALL.test(value));
      return listed ? yamlText({ values: [value] }) : yamlText(value);
    }
    case 'values': {
      const { values, when } = notation;
      return yamlText({ values, ...(when !== undefined && { when }) });
    }
    case 'range': {
      const { form: _, int, ...range } = notation;
      const points = grid && int !== true && range.step === undefined && range.min < range.max;
      return yamlText({ ...range, ...(int === true && { type: 'int' }), ...(points && { grid: GRID_POINTS }) });
    }
    case 'normal': {
      const { form: _, default: start, when, ...normal } = notation;
      const rest = {
        ...(start !== undefined && { default: start }),
        ...(when !== undefined && { when }),
        ...(grid && { grid: GRID_POINTS }),
      };
      const inner = Object.entries(rest).map(([key, value]) => `, ${key}: ${yamlText(value)}`);
      return `{normal: ${yamlText(normal)}${inner.join('')}}`;
    }
  }
}
