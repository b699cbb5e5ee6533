import type { SearchRange } from '../trainers/trainer.js';
import type { ParameterValue } from '../trial.js';

/** Words that some YAML reader takes for something other than text. */
const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i;
const PLAIN = /^[A-Za-z_][A-Za-z0-9_-]*$/;
const PLAIN_PATH = /^[A-Za-z0-9_./-]*[A-Za-z_/][A-Za-z0-9_./-]*$/;

/** A value on one line of YAML, valid inside `[ ]` and `{ }` too. Text is quoted wherever a reader could doubt. */
export function yamlText(value: ParameterValue | Readonly<Record<string, ParameterValue>>): string {
  if (typeof value === 'string') return quoteText(value);
  if (Array.isArray(value)) return `[${value.map(yamlText).join(', ')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).map(([key, entry]) => `${quoteText(key)}: ${yamlText(entry)}`);
    return `{${entries.join(', ')}}`;
  }
  return numberText(value as number | boolean | null);
}

/** A search range of a trainer's description, as the value of a parameter. A short form has no place for a condition. */
export function yamlRange(search: SearchRange, when?: string): string {
  if (typeof search === 'string') return search;
  return yamlText(when === undefined ? search : { ...search, when });
}

/** A path, plain where that is safe. */
export function yamlPath(path: string): string {
  return PLAIN_PATH.test(path) && !RESERVED.test(path) && !path.startsWith('-') ? path : quoteText(path);
}

function quoteText(text: string): string {
  return PLAIN.test(text) && !RESERVED.test(text) ? text : JSON.stringify(text);
}

function numberText(value: number | boolean | null): string {
  if (typeof value !== 'number') return String(value);
  const magnitude = Math.abs(value);
  if (value === 0 || (magnitude >= 1e-2 && magnitude < 1e4)) return String(value);
  const short = value.toExponential().replace('e+', 'e');
  return short.length < String(value).length ? short : String(value);
}
