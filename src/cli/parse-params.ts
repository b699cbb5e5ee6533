import { UsageError } from '../errors.js';
import { parseYaml } from '../spec/parse-yaml.js';

const EXAMPLE = 'for example --param model=svm --param svm.C=10';

/** `--param name=value`, values as YAML has them. @throws UsageError */
export function parseParams(given: readonly string[]): Readonly<Record<string, unknown>> {
  const params = new Map<string, unknown>();
  for (const text of given) {
    const split = text.indexOf('=');
    const name = text.slice(0, split).trim();
    if (split < 1 || name === '') {
      throw new UsageError(`--param: must be name=value, got ${JSON.stringify(text)}`, { hint: EXAMPLE });
    }
    if (name === '__proto__') throw new UsageError('--param: __proto__ is no parameter');
    if (params.has(name)) throw new UsageError(`--param: ${name} is given twice`);
    params.set(name, readValue(name, text.slice(split + 1)));
  }
  return Object.fromEntries(params);
}

function readValue(name: string, text: string): unknown {
  if (text.trim() === '') return '';
  try {
    return parseYaml(text, `--param ${name}`).data;
  } catch (error) {
    throw new UsageError(`--param ${name}: ${(error as Error).message}`, { hint: 'the value is YAML', cause: error });
  }
}
