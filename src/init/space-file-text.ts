import type { Dataset } from '../data/dataset.js';
import { SAMPLERS } from '../samplers/index.js';
import { impossibleComparisons, parseExpression } from '../space/expression.js';
import type { Domain } from '../space/parameter.js';
import type { ParameterDescription, Trainer } from '../trainers/trainer.js';
import { visibleText } from '../visible-text.js';
import type { ColumnChoices } from './find-excluded.js';
import { yamlPath, yamlRange, yamlText } from './yaml-text.js';

export interface SpaceFileContent {
  /** Relative to the space file. */
  readonly dataFile: string;
  /** Path of the JSON schema, relative to the space file; undefined where there is none that lasts. */
  readonly schema: string | undefined;
  readonly dataset: Dataset;
  /** Why this column was taken for the target; undefined when the user said so. */
  readonly targetReason: string | undefined;
  readonly columns: ColumnChoices;
  readonly metric: string;
  readonly also: readonly string[];
  readonly folds: number;
  /** Whether every class has a row for each of two folds at least. */
  readonly stratified: boolean;
  readonly holdout: number;
  readonly trials: number;
  readonly trainers: readonly Trainer[];
  /** A module of the user's own in place of the trainers, relative to the space file; undefined: none. */
  readonly module: string | undefined;
}

/** The commented space file for a table. */
export function spaceFileText(content: SpaceFileContent): string {
  return [
    content.schema === undefined
      ? '# Editors complete this file when told its schema: search-spaces/schema.json of the package concurrent-ml.'
      : `# yaml-language-server: $schema=${content.schema}`,
    '# What to learn, how it is scored, and what is searched. Check it with `cml check`, run it with `cml tune`.',
    'version: 1',
    'seed: 0                     # another seed: other folds, other trials',
    '',
    ...dataLines(content),
    '',
    ...objectiveLines(content),
    '',
    'preprocess:                 # inside each fold, learned from its training rows only',
    '  impute: median            # missing numbers: none, mean, median or most_frequent',
    '  encode: onehot            # categories: onehot or ordinal',
    '  scale: standard           # none, standard, minmax or robust; {values: [none, standard]} searches it',
    '',
    ...evaluationLines(content),
    '',
    'search:',
    `  method: sobol             # ${SAMPLERS.map((sampler) => sampler.name).join(', ')}`,
    `  trials: ${content.trials}`,
    '',
    'models:                     # one of them in each trial; `cml models <name>` explains the parameters',
    ...(content.module === undefined ? content.trainers.flatMap(modelLines) : ownModelLines(content.module)),
    '',
    '# budget:',
    '#   wall: 30m               # the whole sweep',
    '#   trial: 2m               # the summed run time of one trial',
    '#   patience: 20            # trials without improvement',
    '',
  ].join('\n');
}

function dataLines({ dataFile, dataset, targetReason, columns }: SpaceFileContent): readonly string[] {
  const { target } = dataset;
  const guessed = targetReason === undefined ? '' : `guessed: ${targetReason}`;
  const lines = ['data:', `  file: ${yamlPath(dataFile)}`, commented(`  target: ${yamlText(target.name)}`, guessed)];
  if (target.task === 'classification') {
    lines.push(`  task: classification      # ${visibleText(classSummary(target))}`);
    if (target.classes.length === 2) {
      lines.push(commented(`  positive: ${yamlText(target.classes[target.positive]!)}`, 'the class of interest'));
    }
  } else {
    lines.push('  task: regression');
  }
  if (columns.excluded.length > 0) {
    lines.push('  exclude:                  # no features: remove a line to use the column');
    for (const { name, reason } of columns.excluded)
      lines.push(commented(`    - ${yamlText(name)}`, visibleText(reason)));
  }
  if (columns.dates.length > 0) {
    lines.push('  types:');
    for (const name of columns.dates) lines.push(commented(`    ${yamlText(name)}: numeric`, 'dates'));
  }
  return lines;
}

function classSummary(target: Extract<Dataset['target'], { task: 'classification' }>): string {
  const shown = target.classes.slice(0, 6).join(', ');
  return `${target.classes.length} classes: ${shown}${target.classes.length > 6 ? ', …' : ''}`.slice(0, 80);
}

function objectiveLines({ metric, also }: SpaceFileContent): readonly string[] {
  return ['objective:', commented(`  metric: ${metric}`, 'ranks the trials'), `  also: ${yamlText(also)}`];
}

function evaluationLines({ folds, stratified, holdout, dataset }: SpaceFileContent): readonly string[] {
  const classification = dataset.target.task === 'classification';
  const kind = classification && stratified ? 'stratified' : 'kfold';
  const lines = ['evaluation:', `  cv: {kind: ${kind}, folds: ${folds}}`];
  if (classification && !stratified) lines.push('  # not stratified: a class has a single row');
  lines.push(
    holdout > 0
      ? commented(`  holdout: ${holdout}`, 'rows the search never sees; the winner is scored on them')
      : '  # holdout: 0.2            # rows the search never sees; the winner is scored on them',
  );
  return lines;
}

/** The parameters are those of the template. */
function ownModelLines(module: string): readonly string[] {
  return [
    '  mine:',
    commented(`    module: ${yamlPath(module)}`, 'your own code: exports fit'),
    '    parameters:             # what your code gets as `params`',
    '      neighbors: logint(1, 50)',
    '      power: choice(1, 2)',
  ];
}

function modelLines(trainer: Trainer): readonly string[] {
  const lines = [`  ${trainer.name}:`, commented(`    use: ${trainer.name}`, visibleText(trainer.summary))];
  const searched = searchedParameters(trainer);
  if (searched.length > 0) lines.push('    parameters:');
  for (const parameter of searched)
    lines.push(`      ${parameter.name}: ${yamlRange(parameter.search!, parameter.when)}`);
  return lines;
}

/** What is worth searching, without what matters only for values that are not searched: the degree of a kernel that is not tried. */
export function searchedParameters(trainer: Trainer): readonly ParameterDescription[] {
  const searched = trainer.parameters.filter((parameter) => parameter.search !== undefined);
  const domainOf = (name: string): Domain | undefined => {
    const search = searched.find((parameter) => parameter.name === name)?.search;
    if (typeof search !== 'object' || !Array.isArray(search.values)) return undefined;
    return { kind: 'categorical', values: search.values, ordered: false };
  };
  return searched.filter(
    ({ when }) => when === undefined || impossibleComparisons(parseExpression(when), domainOf).length === 0,
  );
}

/** Comments start in the same column where the text leaves room. */
function commented(line: string, comment: string): string {
  return comment === '' ? line : `${line.padEnd(28)}${line.length < 28 ? '' : '  '}# ${comment}`;
}
