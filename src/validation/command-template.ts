import type { ParameterValue } from '../trial.js';

/** Placeholders that are no parameters, and what stands for them. */
export const FILE_PLACEHOLDERS = ['train_file', 'test_file', 'result_file', 'params_file'] as const;
export const PLACEHOLDERS = [...FILE_PLACEHOLDERS, 'seed', 'trial', 'fold'] as const;

/** A name in braces; anything else in braces, such as JSON, is left as it is. */
const PLACEHOLDER = /\{([A-Za-z][A-Za-z0-9_-]*)\}/g;

/** The names in braces in the elements of a command. */
export function placeholdersOf(argv: readonly string[]): ReadonlySet<string> {
  return new Set(argv.flatMap((element) => Array.from(element.matchAll(PLACEHOLDER), (match) => match[1]!)));
}

/** The command with every name that has a value replaced. An inactive parameter leaves nothing. */
export function fillTemplate(argv: readonly string[], values: ReadonlyMap<string, ParameterValue>): readonly string[] {
  return argv.map((element) => element.replaceAll(PLACEHOLDER, (_, name: string) => asText(values.get(name))));
}

/** As a command line has it: lists as JSON. */
function asText(value: ParameterValue | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
