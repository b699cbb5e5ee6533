import { dataFileTargets } from './data-file-target.js';
import type { AnyTarget } from './fuzz-target.js';
import { journalTargets } from './journal-target.js';
import { spaceFileTargets } from './space-file-targets.js';

/** @param root the project's folder. */
export function fuzzTargets(root: string): readonly AnyTarget[] {
  return [...spaceFileTargets(root), ...dataFileTargets(root), ...journalTargets()];
}
