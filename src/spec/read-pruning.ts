import type { PruningSpec } from '../pruners/index.js';
import type { IssueList } from './issue-list.js';
import type { SpaceFile } from './space-file-shape.js';

type PruningEntry = NonNullable<SpaceFile['search']>['pruning'];

const KEYS = { median: ['warmup', 'startup'], halving: ['min_steps', 'factor'] } as const;

/** `search.pruning` with the keys of its method; any other key is an issue. */
export function readPruning(given: PruningEntry, issues: IssueList): PruningSpec | undefined {
  if (given === undefined || given === false || given.method === undefined) return undefined;
  const { method, warmup = 0, startup = 5, min_steps = 1, factor = 3 } = given;
  for (const [other, keys] of Object.entries(KEYS)) {
    if (other === method) continue;
    for (const key of keys) {
      if (key in given) issues.add(['search', 'pruning', key], `belongs to method ${other}, got ${method}`, 'key');
    }
  }
  return method === 'median' ? { method, warmup, startup } : { method, minSteps: min_steps, factor };
}
