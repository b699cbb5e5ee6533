import { basename, dirname } from 'node:path';
import { OBJECTIVE_TEMPLATE } from './module-templates.js';
import { schemaReference } from './schema-reference.js';
import { moduleBeside, writeWithModule } from './write-module.js';
import { yamlPath } from './yaml-text.js';

export interface ModuleInitResult {
  /** The space file written. */
  readonly file: string;
  /** The module written. */
  readonly module: string;
}

/**
 * Writes a module with an objective and a space file that tunes it; never over an existing file.
 * @param options.file absolute path of the space file; the module has its name. @param options.schemaFile absolute.
 * @throws UsageError for a file that exists. @throws StorageError
 */
export async function initModule(options: {
  readonly file: string;
  readonly schemaFile: string;
}): Promise<ModuleInitResult> {
  const { file, schemaFile } = options;
  const module = moduleBeside(file);
  const schema = schemaReference(dirname(file), schemaFile);
  await writeWithModule(file, spaceText(`./${basename(module)}`, schema), module, OBJECTIVE_TEMPLATE);
  return { file, module };
}

function spaceText(module: string, schema: string | undefined): string {
  return [
    schema === undefined
      ? '# Editors complete this file when told its schema: search-spaces/schema.json of the package concurrent-ml.'
      : `# yaml-language-server: $schema=${schema}`,
    '# What is tuned, and what is searched. Check it with `cml check`, run it with `cml tune`.',
    'version: 1',
    'seed: 0                     # another seed: other trials',
    '',
    'objective:',
    '  metric: loss              # what the module returns: this number, or an object that holds it',
    '  goal: minimize',
    '',
    '# evaluation:',
    '#   repeats: 3              # for a noisy objective: each with a seed of its own, the mean counts',
    '',
    'search:',
    '  method: tpe',
    '  trials: 40',
    '',
    'models:',
    '  mine:',
    `    module: ${yamlPath(module)}`,
    '    parameters:             # what the module gets as `params`',
    '      x: uniform(-5, 5)',
    '      rate: loguniform(1e-4, 1)',
    '      shape: choice(round, square)',
    '',
    '# budget:',
    '#   wall: 30m               # the whole sweep',
    '#   trial: 2m               # one trial',
    '',
  ].join('\n');
}
