import { isMap, type PlainMap } from '../spec/collection-shapes.js';
import type { ParameterValue } from '../trial.js';

/** What stands under the keys, one below the other; undefined where there is nothing. */
export function at(value: unknown, ...keys: readonly string[]): unknown {
  let current = value;
  for (const key of keys) current = isMap(current) && Object.hasOwn(current, key) ? current[key] : undefined;
  return current;
}

export function mapAt(value: unknown, ...keys: readonly string[]): PlainMap {
  const found = at(value, ...keys);
  return isMap(found) ? found : {};
}

export function listAt(value: unknown, ...keys: readonly string[]): readonly unknown[] {
  const found = at(value, ...keys);
  return Array.isArray(found) ? found : [];
}

/** A text that is not empty. */
export function textAt(value: unknown, ...keys: readonly string[]): string | undefined {
  const found = at(value, ...keys);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** A finite number, also one written as text: some writers of YAML quote `1e-5`. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

export function numberAt(value: unknown, ...keys: readonly string[]): number | undefined {
  return numberOf(at(value, ...keys));
}

/** A value that a parameter can have; anything else as JSON text. */
export function parameterValue(value: unknown): ParameterValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) return value.map(parameterValue);
  return JSON.stringify(value) ?? null;
}
