import type { Path } from '../spec/place.js';
import type { ImportNotes } from './import-notes.js';

/** The method for what another tool calls so, said where the two differ; random where there is none. */
export function nearestMethod(name: string, method: string | undefined, path: Path, notes: ImportNotes): string {
  if (method === undefined) notes.add(path, `there is no method ${name}: random`);
  else if (method !== name) notes.add(path, `${name}: ${method} is the nearest`);
  return method ?? 'random';
}
