import { existsSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { suggestion } from '../nearest-name.js';
import { shortName } from '../parameter-name.js';
import { FILE_PLACEHOLDERS, PLACEHOLDERS, placeholdersOf } from '../validation/command-template.js';
import type { IssueList } from './issue-list.js';
import type { Family, ParameterEntry } from './parameter-entry.js';
import type { SpaceFile } from './space-file-shape.js';

const MODULE_EXTENSIONS = ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts'];

/** Whether models fit a study with or without data, their modules exist, and commands name what there is. */
export function checkCode(
  families: readonly Family[],
  file: SpaceFile,
  entries: readonly ParameterEntry[],
  directory: string,
  issues: IssueList,
): void {
  const hasData = file.data !== undefined;
  for (const family of families) {
    const { name, entry } = family;
    const path = ['models', name];
    if (!hasData && entry.use !== undefined) {
      issues.add(
        [...path, 'use'],
        'a built-in trainer needs data; add `data: {file, target}`, or use module or command',
      );
    }
    if (entry.module !== undefined) checkModule(entry.module, [...path, 'module'], directory, issues);
    if (entry.command !== undefined) {
      const parameters = entries.filter((parameter) => isOf(family, parameter)).map(({ name }) => shortName(name));
      checkCommand(entry.command, [...path, 'command'], parameters, hasData, issues);
      if (entry.preprocess !== undefined) {
        issues.add([...path, 'preprocess'], 'a command gets the rows as they are in the data; leave it out', 'key');
      }
    }
  }
}

function isOf({ name }: Family, parameter: ParameterEntry): boolean {
  return parameter.name !== 'model' && (parameter.families === undefined || parameter.families.includes(name));
}

function checkModule(module: string, path: readonly string[], directory: string, issues: IssueList): void {
  const file = resolve(directory, module);
  if (!MODULE_EXTENSIONS.includes(extname(file))) {
    issues.add(path, `must end in one of ${MODULE_EXTENSIONS.join(', ')}, got '${module}'`);
  } else if (!existsSync(file)) {
    issues.add(path, `no such file (${file}); \`cml init --module\` writes one`);
  }
}

function checkCommand(
  command: readonly (string | undefined)[],
  path: readonly string[],
  parameters: readonly string[],
  hasData: boolean,
  issues: IssueList,
): void {
  const known = new Set<string>([...parameters, ...PLACEHOLDERS]);
  const named = placeholdersOf(command.filter((element) => element !== undefined));
  for (const name of named) {
    if (!known.has(name)) issues.add(path, `{${name}} is no parameter of the model${suggestion(name, known)}`);
  }
  for (const name of PLACEHOLDERS) {
    if (parameters.includes(name))
      issues.add(path, `{${name}} has its own meaning here; rename the parameter '${name}'`);
  }
  const files = FILE_PLACEHOLDERS.filter((name) => name.startsWith('t') && named.has(name));
  if (hasData && !named.has('train_file')) {
    issues.add(path, 'with data, a command must take {train_file}; without it the data would not be used');
  }
  for (const name of hasData ? [] : files) issues.add(path, `{${name}} needs data; add \`data: {file, target}\``);
}
