import { isDeepStrictEqual } from 'node:util';
import { StorageError } from '../errors.js';
import { bareSpecFromObject } from '../spec/bare-spec.js';
import { compareSpecs } from '../spec/compare-specs.js';
import { specFromObject } from '../spec/load-spec.js';
import type { Spec } from '../spec/spec.js';
import { formatDuration } from '../study/trial-limits.js';
import { isInCode } from './open-run.js';
import type { StoredRun } from './read-run.js';

/** What of a spec decides whether a run of another one can go on as this one. */
export type ContinuedSpec = Pick<Spec, 'source' | 'search' | 'budget'>;

/** Whether nothing is left to do of a run, whose spec may since have been given more to do. */
export function isFinished({ state, identity }: StoredRun, spec: Pick<Spec, 'source'>): boolean {
  return state.status === 'finished' && isDeepStrictEqual(identity.source, spec.source);
}

/** @throws StorageError when a run cannot go on with this spec. */
export function requireContinuable(stored: StoredRun, spec: ContinuedSpec): void {
  const problems = continuationProblems(specOf(stored), spec);
  if (problems.length === 0) return;
  throw new StorageError(`the folder holds a run that cannot go on with this space file (${stored.folder})`, {
    issues: problems.map((message) => ({ path: '', message })),
    hint: 'Start anew with --force (the old folder is kept), or choose another with --out.',
  });
}

/**
 * Why a run cannot go on with a changed space file, one line a difference; empty when it can. More trials, a longer
 * budget and more patience lead to where a run would be that had them from the beginning, but for what a limit of time
 * or memory has ended already. A grid spreads over all its trials, so that their number decides each of them.
 */
export function continuationProblems(before: ContinuedSpec, after: ContinuedSpec): readonly string[] {
  const lines = [...compareSpecs(withoutLimits(before.source), withoutLimits(after.source))];
  const limits = [
    ['search.trials', before.search.trials, after.search.trials, String],
    ['budget.wall', before.budget.wallMs, after.budget.wallMs, formatDuration],
    ['budget.trial', before.budget.trialMs, after.budget.trialMs, formatDuration],
    ['budget.fold', before.budget.foldMs, after.budget.foldMs, formatDuration],
    ['budget.patience', before.budget.patience, after.budget.patience, String],
  ] as const;
  for (const [name, old, now, format] of limits) {
    if (old === now) continue;
    const grid = name === 'search.trials' && after.search.method === 'grid';
    if (!grid && (now ?? Number.POSITIVE_INFINITY) > (old ?? Number.POSITIVE_INFINITY)) continue;
    const shown = (value: number | undefined) => (value === undefined ? '(absent)' : format(value));
    lines.push(`${name}: ${shown(old)} -> ${shown(now)} (${grid ? 'a grid depends on it' : 'it may only grow'})`);
  }
  return lines;
}

/** The spec that a run is of so far. */
function specOf({ identity, state }: StoredRun): ContinuedSpec {
  const { source, directory } = identity;
  if (isInCode(identity)) return bareSpecFromObject(source);
  return specFromObject(source, { directory, name: state.settings.name }).spec;
}

function withoutLimits({ search, budget: _, ...rest }: ContinuedSpec['source']): ContinuedSpec['source'] {
  if (typeof search !== 'object' || search === null) return rest;
  const { trials: __, ...kept } = search as Readonly<Record<string, unknown>>;
  return Object.keys(kept).length === 0 ? rest : { ...rest, search: kept };
}
